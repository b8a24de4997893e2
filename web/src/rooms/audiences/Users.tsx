import { Button } from "@mantine/core";
import { useState } from "react";
import type { Shape } from "@/api/schema";
import { A } from "@/lib/links";
import css from "./audiences.module.css";
import { useT } from "./useT";

export type User = Shape<"AudienceUser">;

const FEW = 8;

/** What needs an audience: other audiences, and touchpoints with their campaigns; the first few, then all. */
export function Users({ users }: { users: User[] }) {
  const t = useT();
  const [all, setAll] = useState(false);
  return (
    <>
      <ul className={css.users}>
        {(all ? users : users.slice(0, FEW)).map(({ kind, id, name, campaign_id, campaign, waiting }) => (
          <li key={id}>
            <A to={kind === "audience" ? `/audiences/${id}` : `/touchpoints/${id}`}>{name}</A>
            {campaign_id && (
              <small>
                <A to={`/campaigns/${campaign_id}`} title={campaign}>
                  {campaign}
                </A>
                {!waiting && ` · ${t("one.used.launched")}`}
              </small>
            )}
          </li>
        ))}
      </ul>
      {!all && users.length > FEW && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
          {t("one.used.all", { count: users.length })}
        </Button>
      )}
    </>
  );
}

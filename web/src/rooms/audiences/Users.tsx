import type { Shape } from "@/api/schema";
import { A } from "@/lib/links";
import css from "./audiences.module.css";
import { useT } from "./useT";

export type User = Shape<"AudienceUser">;

/** What needs an audience: other audiences, and touchpoints with their campaigns. */
export function Users({ users }: { users: User[] }) {
  const t = useT();
  return (
    <ul className={css.plain}>
      {users.map(({ kind, id, name, campaign_id, campaign, waiting }) => (
        <li key={id}>
          <A to={kind === "audience" ? `/audiences/${id}` : `/touchpoints/${id}`}>{name}</A>
          {campaign_id && (
            <span className={css.muted}>
              {" "}
              {t.rich("one.used.in", {
                campaign: (
                  <A key="campaign" to={`/campaigns/${campaign_id}`}>
                    {campaign}
                  </A>
                ),
              })}
              {!waiting && ` · ${t("one.used.launched")}`}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

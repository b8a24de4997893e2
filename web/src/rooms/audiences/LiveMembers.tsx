import { Button, Switch } from "@mantine/core";
import { IconArrowLeft, IconArrowRight } from "@tabler/icons-react";
import { useGet, useKeyset, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { A } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { personName } from "@/rooms/people/values";
import { Section } from "@/ui/Page";
import { Await, ErrorState, FormError } from "@/ui/states";
import { When } from "@/ui/values";
import css from "./LiveMembers.module.css";
import { useT } from "./useT";

interface Props {
  audience: { id: string; archived_at: string | null };
}

/** The switch that keeps an audience's members, and who entered and left since. */
export function LiveMembers({ audience }: Props) {
  const t = useT();
  const may = useMay("audiences.write") && !audience.archived_at;
  const mayPeople = useMay("people.read");
  const path = { audience_id: audience.id };
  const live = useGet("/audiences/{audience_id}/live", { path });
  const set = useSend("put", "/audiences/{audience_id}/live");
  return (
    <Section title={t("kept")} note={t("kept.note")}>
      <Await query={live} lines={2}>
        {(found) => (
          <>
            <div className={css.head}>
              <Switch
                label={t("kept.switch")}
                checked={found.live}
                disabled={!may || set.isPending}
                onChange={({ currentTarget }) => set.mutate({ path, body: { live: currentTarget.checked } })}
              />
              {found.live && (
                <p className={css.muted} role="status">
                  {found.refreshed_at
                    ? t.rich("kept.fresh", { when: <When at={found.refreshed_at} absolute /> })
                    : t("kept.filling")}
                </p>
              )}
            </div>
            <FormError error={set.error} />
            {mayPeople && (found.live || found.flows.length > 0) && <Changes audience={audience.id} />}
          </>
        )}
      </Await>
    </Section>
  );
}

function Changes({ audience }: { audience: string }) {
  const t = useT();
  const list = useKeyset<Shape<"MembershipChange">>(
    "/audiences/{audience_id}/changes",
    { path: { audience_id: audience } },
    { limit: 8 },
  );
  if (list.state === "failed") return <ErrorState inline error={list.error} onRetry={list.retry} />;
  if (list.state !== "loading" && list.rows.length === 0) return <p className={css.muted}>{t("kept.none")}</p>;
  return (
    <>
      <ol className={css.changes}>
        {list.rows.map((one) => (
          <li key={one.id}>
            {one.entered ? <IconArrowRight size={16} aria-hidden /> : <IconArrowLeft size={16} aria-hidden />}
            <span>
              {t.rich(one.entered ? "kept.entered" : "kept.left", {
                name: <A to={`/people/${one.person_id}`}>{personName({ ...one, id: one.person_id })}</A>,
              })}
              <span className={css.muted}> · {t(`kept.${one.cause}`)}</span>
            </span>
            <When at={one.at} />
          </li>
        ))}
      </ol>
      {list.more && (
        <Button variant="default" size="xs" loading={list.loadingMore} onClick={list.loadMore}>
          {t("kept.more")}
        </Button>
      )}
    </>
  );
}

import { useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { A } from "@/lib/links";
import type { ReviewProps } from "@/lib/rooms";
import { useWorkspaceSettings } from "@/lib/workspace";
import { todayIn } from "@/rooms/teamwork/dates";
import { ReviewTable } from "@/rooms/teamwork/review/ReviewTable";
import { StateBadge } from "@/ui/StateBadge";
import { Await } from "@/ui/states";
import { Day } from "@/ui/values";
import css from "./reviews.module.css";
import { useT } from "./useT";

type Slip = Shape<"Slip">;

/** Tasks that are or were late against what was promised, the latest first. */
export default function Slips({ from, to }: ReviewProps) {
  const t = useT();
  const slips = useGet("/reviews/slips", { query: { first: from, last: to } });
  return (
    <Await query={slips} lines={4}>
      {({ items, total }) =>
        items.length === 0 ? (
          <p className={css.none}>{t("slips.none")}</p>
        ) : (
          <Table items={items} total={total} to={to} />
        )
      }
    </Await>
  );
}

function Table({ items, total, to }: { items: Slip[]; total: number; to: string }) {
  const t = useT();
  const { timezone } = useWorkspaceSettings();
  const today = todayIn(timezone);
  return (
    <>
      <ReviewTable
        rows={items}
        heads={[
          { label: t("slips.task") },
          { label: t("slips.owner"), className: css.wide },
          { label: t("slips.promised") },
          { label: t("slips.ends"), className: css.wide },
          { label: t("slips.late") },
        ]}
        more={total > items.length && <p className={css.none}>{t("more", { count: total - items.length })}</p>}
      >
        {(one) => (
          <tr key={one.id}>
            <th scope="row" className={css.task}>
              <A to={`/campaigns/${one.campaign_id}?tab=timeline&task=${one.id}`}>{one.name}</A>
              <small>{one.campaign_name}</small>
            </th>
            <td className={css.wide}>{one.owner_name ?? "–"}</td>
            <td title={t(`slips.against.${one.against}`)}>
              <Day on={one.promised_on} />
            </td>
            <td className={css.wide}>
              {!one.done_on && one.ends_on < today ? t("slips.open") : <Day on={one.done_on ?? one.ends_on} />}
            </td>
            <td>
              {one.done_on && one.done_on <= to ? (
                t("slips.days", { count: one.late_days })
              ) : (
                <StateBadge tone="look" plain>
                  {t("slips.days", { count: one.late_days })}
                </StateBadge>
              )}
            </td>
          </tr>
        )}
      </ReviewTable>
      {to < today && <p className={css.none}>{t("slips.asOf")}</p>}
    </>
  );
}

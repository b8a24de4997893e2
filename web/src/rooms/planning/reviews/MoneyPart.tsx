import { useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import type { ReviewProps } from "@/lib/rooms";
import { useWorkspaceSettings } from "@/lib/workspace";
import { todayIn } from "@/rooms/teamwork/dates";
import { ReviewTable } from "@/rooms/teamwork/review/ReviewTable";
import { StateBadge } from "@/ui/StateBadge";
import { Await } from "@/ui/states";
import { Meter } from "../Meter";
import { timeOver } from "./order";
import css from "./reviews.module.css";
import { useT } from "./useT";

type Money = Shape<"ReviewMoneyOut">;

/** What the period cost, how far each plan is used beside how much of its time is over, and what is over its plan. */
export default function MoneyPart({ from, to }: ReviewProps) {
  const t = useT();
  const money = useGet("/reviews/money", { query: { first: from, last: to } });
  return (
    <Await query={money} lines={4}>
      {(found) =>
        found.items.length === 0 ? <p className={css.none}>{t("money.none")}</p> : <Table {...found} to={to} />
      }
    </Await>
  );
}

function Table({ items, sum, to }: Money & { to: string }) {
  const t = useT();
  const format = useFormat();
  const today = todayIn(useWorkspaceSettings().timezone);
  return (
    <>
      <p className={css.sum}>
        {t.rich("money.sum", {
          spent: format.money(sum.period_spent_minor),
          ordered: format.money(sum.period_ordered_minor),
          used: format.money(sum.spent_minor + sum.committed_minor),
          planned: format.money(sum.planned_minor),
          b: (words) => <b key={String(words)}>{words}</b>,
        })}
      </p>
      <ReviewTable
        rows={items}
        heads={[
          { label: t("campaign") },
          { label: t("money.spent") },
          { label: t("money.ordered"), className: css.wide },
          { label: t("money.planned"), className: css.wide },
          { label: t("money.used") },
          { label: t("money.time"), className: css.wide },
        ]}
        more={
          sum.campaigns > items.length && (
            <p className={css.none}>
              <A to="/budget">{t("more", { count: sum.campaigns - items.length })}</A>
            </p>
          )
        }
      >
        {(one) => <Row key={one.campaign_id} one={one} seenFrom={to < today ? to : today} />}
      </ReviewTable>
      {to < today && <p className={css.none}>{t("money.asOf")}</p>}
    </>
  );
}

function Row({ one, seenFrom }: { one: Money["items"][number]; seenFrom: string }) {
  const t = useT();
  const format = useFormat();
  const used = one.spent_minor + one.committed_minor;
  const share = one.planned_minor ? used / one.planned_minor : used ? 2 : 0;
  const over = timeOver(one.starts_on, one.ends_on, seenFrom);
  return (
    <tr>
      <th scope="row">
        <A to={`/campaigns/${one.campaign_id}?tab=budget`}>{one.name}</A>
        {one.over_minor > 0 ? (
          <StateBadge tone="bad" plain>
            {t("money.over", { amount: format.money(one.over_minor) })}
          </StateBadge>
        ) : one.lines_over > 0 ? (
          <StateBadge tone="look" plain>
            {t("money.linesOver", { count: one.lines_over })}
          </StateBadge>
        ) : null}
      </th>
      <td>{format.money(one.period_spent_minor)}</td>
      <td className={css.wide}>{format.money(one.period_ordered_minor)}</td>
      <td className={css.wide}>{format.money(one.planned_minor)}</td>
      <td>
        <Meter share={share}>{one.planned_minor ? format.percent(share, 0) : "–"}</Meter>
      </td>
      <td className={css.wide}>{over === null ? "–" : format.percent(over, 0)}</td>
    </tr>
  );
}

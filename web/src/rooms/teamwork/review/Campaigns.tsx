import { useKeyset } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { A } from "@/lib/links";
import type { ReviewProps } from "@/lib/rooms";
import { useWorkspaceSettings } from "@/lib/workspace";
import { StateBadge } from "@/ui/StateBadge";
import { ErrorState, SkeletonLines } from "@/ui/states";
import { Day, Money } from "@/ui/values";
import { todayIn } from "../dates";
import css from "../teamwork.module.css";
import { useT } from "../useT";

type Campaign = Shape<"CampaignOut">;

/** Campaigns that were under way in the period: which slipped, what each spent of its plan. */
export default function Campaigns({ from, to }: ReviewProps) {
  const t = useT();
  const { timezone } = useWorkspaceSettings();
  const today = todayIn(timezone);
  const list = useKeyset<Campaign>("/campaigns", {}, { limit: 500 });
  if (list.state === "loading") return <SkeletonLines lines={4} />;
  if (list.error && list.state === "failed") return <ErrorState error={list.error} onRetry={list.retry} inline />;
  const shown = list.rows.filter(
    ({ starts_on, ends_on, state }) =>
      (starts_on ?? "9999") <= to && ((ends_on ?? "9999") >= from || state === "running"),
  );
  if (!shown.length) return <p className={css.none}>{t("campaigns.none")}</p>;
  return (
    <div className={css.scroll}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t("happened.campaign")}</th>
            <th scope="col">{t("campaigns.leader")}</th>
            <th scope="col">{t("campaigns.ends")}</th>
            <th scope="col">{t("campaigns.planned")}</th>
            <th scope="col">{t("campaigns.spent")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ id, name, leader, starts_on, ends_on, state, budget }) => (
            <tr key={id}>
              <th scope="row">
                <A to={`/campaigns/${id}`}>{name}</A>
                <Standing state={state} startsOn={starts_on} endsOn={ends_on} today={today} />
              </th>
              <td>{leader?.name ?? "–"}</td>
              <td>
                <Day on={ends_on} why={t("campaigns.noEnd")} />
              </td>
              <td>
                <Money minor={budget.planned_minor} />
              </td>
              <td>
                <Money minor={budget.spent_minor} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Standing(props: { state: string; startsOn: string | null; endsOn: string | null; today: string }) {
  const t = useT();
  const { state, startsOn, endsOn, today } = props;
  if (state === "planned" && startsOn && startsOn < today)
    return (
      <StateBadge tone="look" plain>
        {t("campaigns.notStarted")}
      </StateBadge>
    );
  if (state === "running" && endsOn && endsOn < today)
    return (
      <StateBadge tone="look" plain>
        {t("campaigns.overrun")}
      </StateBadge>
    );
  return null;
}

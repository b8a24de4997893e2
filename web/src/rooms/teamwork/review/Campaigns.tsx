import { useGet, useKeyset } from "@/api/hooks";
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
import { ReviewTable } from "./ReviewTable";

type Campaign = Shape<"CampaignOut">;

/** Campaigns that were under way in the period, by what they did: which slipped, what each spent of its plan. */
export default function Campaigns({ from, to }: ReviewProps) {
  const t = useT();
  const { timezone } = useWorkspaceSettings();
  const today = todayIn(timezone);
  const list = useKeyset<Campaign>("/campaigns", {}, { limit: 500 });
  // What needs a word comes first, then what ends first.
  const did = useGet("/reviews/campaigns", { query: { first: from, last: to } });
  const ids = new Set((did.data ?? []).map(({ campaign_id }) => campaign_id));
  const under = list.rows
    .filter(({ id }) => ids.has(id))
    .sort(
      (a, b) =>
        Number(standingOf(b, today) !== undefined) - Number(standingOf(a, today) !== undefined) ||
        (a.ends_on ?? "9999").localeCompare(b.ends_on ?? "9999"),
    );
  if (did.error) return <ErrorState error={did.error} onRetry={() => void did.refetch()} inline />;
  if (list.state === "loading" || !did.data) return <SkeletonLines lines={4} />;
  if (list.error && list.state === "failed") return <ErrorState error={list.error} onRetry={list.retry} inline />;
  if (!under.length) return <p className={css.none}>{t("campaigns.none")}</p>;
  return (
    <>
      <ReviewTable
        rows={under}
        heads={[
          { label: t("happened.campaign") },
          { label: t("campaigns.leader"), className: css.wide },
          { label: t("campaigns.ends") },
          { label: t("campaigns.planned"), className: css.wide },
          { label: t("campaigns.spent") },
        ]}
      >
        {(campaign) => {
          const { id, name, leader, ends_on, budget } = campaign;
          const standing = standingOf(campaign, today);
          return (
            <tr key={id}>
              <th scope="row">
                <A to={`/campaigns/${id}`}>{name}</A>
                {standing && (
                  <StateBadge tone="look" plain>
                    {t(`campaigns.${standing}`)}
                  </StateBadge>
                )}
              </th>
              <td className={css.wide}>{leader?.name ?? "–"}</td>
              <td>
                <Day on={ends_on} why={t("campaigns.noEnd")} />
              </td>
              <td className={css.wide}>
                <Money minor={budget.planned_minor} />
              </td>
              <td>
                <Money minor={budget.spent_minor} />
              </td>
            </tr>
          );
        }}
      </ReviewTable>
      {to < today && <p className={css.none}>{t("campaigns.asOfToday")}</p>}
    </>
  );
}

/** What is to be said of a campaign's days. */
function standingOf({ state, starts_on, ends_on }: Campaign, today: string): "notStarted" | "overrun" | undefined {
  if (state === "planned" && starts_on && starts_on < today) return "notStarted";
  if (state === "running" && ends_on && ends_on < today) return "overrun";
  return undefined;
}

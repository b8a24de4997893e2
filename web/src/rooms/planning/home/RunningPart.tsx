import { lazy, Suspense, useMemo } from "react";
import { useGet } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { useMay, useWorkspaceSettings } from "@/lib/workspace";
import { useMetrics } from "@/rooms/insights/metrics";
import { figureOf, type KeyNumbers } from "@/rooms/insights/report";
import { todayIn } from "@/rooms/teamwork/dates";
import { Section } from "@/ui/Page";
import { ErrorState, SkeletonLines } from "@/ui/states";
import { Money, Unknown } from "@/ui/values";
import { Meter } from "../Meter";
import { useT } from "../useT";
import type { Campaign } from "../words";
import home from "./home.module.css";

const SHOWN = 6;
// Members do without it, and with it without the words of all of planning.
const MyPart = lazy(() => import("../campaigns/MyPart"));

/** The campaigns under way: how far they are, their goal, and the money. */
export default function RunningPart() {
  const t = useT();
  const format = useFormat();
  const { timezone } = useWorkspaceSettings();
  const mayRead = useMay("reports.read");
  // A guest has few campaigns and sees nothing else: all of theirs are shown, those that lie ahead too.
  const guest = !useMay("settings.read");
  const found = useGet(
    "/campaigns",
    { query: { state: guest ? undefined : "running", limit: SHOWN } },
    { every: 300_000 },
  );
  const campaigns = found.data?.items ?? [];
  const ids = useMemo(() => campaigns.map(({ id }) => id), [campaigns]);
  const reports = useGet("/reports", { query: { campaign: ids } }, { enabled: mayRead && ids.length > 0 });
  if (found.error) return <ErrorState error={found.error} onRetry={() => void found.refetch()} inline />;
  if (!found.data) return <SkeletonLines lines={3} />;
  if (!campaigns.length) return null;
  const today = todayIn(timezone);
  return (
    <Section
      title={
        guest ? <A to="/campaigns">{t("home.mine")}</A> : <A to="/campaigns?f.state=running">{t("home.running")}</A>
      }
    >
      <ul className={home.running}>
        {campaigns.map((campaign) => {
          const numbers = reports.data?.items.find(({ campaign_id }) => campaign_id === campaign.id);
          const revenue = numbers && figureOf(numbers.figures, "revenue").value;
          return (
            <li key={campaign.id}>
              <div className={home.line}>
                <A to={`/campaigns/${campaign.id}`}>{campaign.name}</A>
                {guest && (
                  <Suspense fallback={null}>
                    <MyPart campaign={campaign} />
                  </Suspense>
                )}
                <small>{[campaign.leader?.name, left(t, campaign, today)].filter(Boolean).join(" · ")}</small>
              </div>
              <div>
                <small>{t("home.running.goal")}</small>
                <Goal campaign={campaign} numbers={numbers} coming={reports.isLoading} />
              </div>
              <div>
                <small>{t("home.running.spent")}</small>
                {campaign.budget.lines ? (
                  <Meter
                    share={
                      campaign.budget.planned_minor ? campaign.budget.spent_minor / campaign.budget.planned_minor : null
                    }
                  >
                    {format.money(campaign.budget.spent_minor)}{" "}
                    <span>{t("home.running.of", { target: format.money(campaign.budget.planned_minor) })}</span>
                  </Meter>
                ) : (
                  <Unknown why={t("home.running.noBudget")} />
                )}
              </div>
              {mayRead && (
                <div>
                  <small>{t("home.running.revenue")}</small>
                  {typeof revenue === "number" ? (
                    <A to={`/reports/${campaign.id}`}>
                      <Money minor={revenue} />
                    </A>
                  ) : reports.isLoading ? (
                    "…"
                  ) : (
                    <Unknown why={t("home.running.noRevenue")} />
                  )}
                </div>
              )}
            </li>
          );
        })}
      </ul>
      {found.data.next_cursor && (
        <p className={home.more}>
          <A to="/campaigns?f.state=running">{t("home.running.all")}</A>
        </p>
      )}
    </Section>
  );
}

interface GoalProps {
  campaign: Campaign;
  numbers: KeyNumbers | undefined;
  coming: boolean;
}

function Goal({ campaign: { goal }, numbers, coming }: GoalProps) {
  const t = useT();
  const metrics = useMetrics();
  if (!goal) return <Unknown why={t("home.running.noGoal")} />;
  const target = metrics.say(goal.metric, goal.target);
  const now = numbers?.goal?.now;
  return (
    <Meter share={typeof now === "number" && goal.target ? now / goal.target : null} gold>
      {metrics.name(goal.metric)} {typeof now === "number" ? metrics.say(goal.metric, now) : coming ? "…" : "–"}{" "}
      <span>{t(goal.lower_is_better ? "home.running.atMost" : "home.running.of", { target })}</span>
    </Meter>
  );
}

function left(t: ReturnType<typeof useT>, { ends_on }: Campaign, today: string): string | undefined {
  if (!ends_on) return undefined;
  const days = Math.round((Date.parse(ends_on) - Date.parse(today)) / 86_400_000);
  return days < 0 ? undefined : t("home.running.left", { days });
}

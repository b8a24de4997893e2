import { useFormat } from "@/lib/format";
import { useMay } from "@/lib/workspace";
import { sayValue, useMetrics } from "@/rooms/insights/metrics";
import { figureOf, useReport } from "@/rooms/insights/report";
import { Meter } from "../Meter";
import css from "../planning.module.css";
import { useT } from "../useT";
import type { Campaign } from "../words";

/** The report of a campaign in a list; only rows on screen ask, and a campaign of which nothing was launched has none. */
function useRowReport(campaign: Campaign) {
  const may = useMay("reports.read");
  return useReport(campaign.id, { enabled: may && campaign.touchpoints.launched > 0 }).data;
}

/** A campaign's goal: where it stands, if that is known, and what it is. */
export function GoalCell({ campaign }: { campaign: Campaign }) {
  const t = useT();
  const format = useFormat();
  const metrics = useMetrics();
  const report = useRowReport(campaign);
  const { goal } = campaign;
  if (!goal) return <span className={css.muted}>{t("goal.none")}</span>;
  const target = sayValue(format, goal.unit, goal.target);
  const now = report?.goal?.now;
  if (now === undefined || now === null) {
    return <span className={css.muted}>{t("goal.target", { target, metric: metrics.name(goal.metric) })}</span>;
  }
  return (
    <Meter share={goal.target ? now / goal.target : null} gold title={metrics.name(goal.metric)}>
      {sayValue(format, goal.unit, now)}{" "}
      <span>{goal.lower_is_better ? t("goal.atMost", { target }) : t("goal.of", { target })}</span>
    </Meter>
  );
}

/** How many messages of a campaign were sent. */
export function SentCell({ campaign }: { campaign: Campaign }) {
  const format = useFormat();
  const report = useRowReport(campaign);
  const sent = report && figureOf(report.total, "sent").value;
  return typeof sent === "number" ? format.number(sent) : <span className={css.muted}>–</span>;
}

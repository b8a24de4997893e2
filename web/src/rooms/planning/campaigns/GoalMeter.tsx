import { useFormat } from "@/lib/format";
import { sayValue, useMetrics } from "@/rooms/insights/metrics";
import { Meter } from "../Meter";
import css from "../planning.module.css";
import { useT } from "../useT";
import type { Campaign } from "../words";

/** A campaign's goal in a table cell: where it stands, if that is known, and what it is. */
export function GoalMeter({
  campaign,
  now,
  share,
}: {
  campaign: Campaign;
  now?: number | null;
  share?: number | null;
}) {
  const t = useT();
  const format = useFormat();
  const metrics = useMetrics();
  const { goal } = campaign;
  if (!goal) return <span className={css.muted}>{t("goal.none")}</span>;
  const target = sayValue(format, goal.unit, goal.target);
  return (
    <Meter share={share ?? null} gold>
      {now !== undefined && now !== null ? sayValue(format, goal.unit, now) : null}{" "}
      <span>{t("goal.target", { target, metric: metrics.name(goal.metric) })}</span>
    </Meter>
  );
}

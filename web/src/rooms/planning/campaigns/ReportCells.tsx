import { useFormat } from "@/lib/format";
import { useMetrics } from "@/rooms/insights/metrics";
import { figureOf, type KeyNumbers } from "@/rooms/insights/report";
import { Meter } from "../Meter";
import css from "../planning.module.css";
import { useT } from "../useT";
import type { Campaign } from "../words";

/** A campaign's goal: where it stands, if that is known, and what it is. */
export function GoalCell({ campaign, numbers }: { campaign: Campaign; numbers: KeyNumbers | undefined }) {
  const t = useT();
  const metrics = useMetrics();
  const { goal } = campaign;
  if (!goal) return <span className={css.muted}>{t("goal.none")}</span>;
  const target = metrics.say(goal.metric, goal.target);
  const now = numbers?.goal?.now;
  if (now === undefined || now === null) {
    return <span className={css.muted}>{t("goal.target", { target, metric: metrics.name(goal.metric) })}</span>;
  }
  return (
    <Meter share={goal.target ? now / goal.target : null} gold title={metrics.name(goal.metric)}>
      {metrics.say(goal.metric, now)}{" "}
      <span>
        {goal.lower_is_better
          ? t("goal.atMost", { target })
          : goal.unit === "share"
            ? t("goal.target.at", { value: target })
            : t("goal.of", { target })}
      </span>
    </Meter>
  );
}

/** How many messages of a campaign were sent. */
export function SentCell({ campaign, numbers }: { campaign: Campaign; numbers: KeyNumbers | undefined }) {
  const format = useFormat();
  const sent = numbers && figureOf(numbers.figures, "sent").value;
  if (typeof sent === "number") return format.number(sent);
  return <span className={css.muted}>{campaign.touchpoints.launched > 0 && !numbers ? "…" : "–"}</span>;
}

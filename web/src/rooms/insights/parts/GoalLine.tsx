import { IconTarget } from "@tabler/icons-react";
import { useFormat } from "@/lib/format";
import { StateBadge } from "@/ui/StateBadge";
import { useMetrics } from "../metrics";
import { type CampaignReport, figureOf, useMissing } from "../report";
import { useT } from "../useT";
import css from "./GoalLine.module.css";

/** The goal set beforehand: where it began, where it stands and of what, where it is to get to, and by when. */
export function GoalLine({ report }: { report: CampaignReport }) {
  const t = useT();
  const format = useFormat();
  const metrics = useMetrics();
  const missing = useMissing();
  const { goal } = report;
  if (!goal) return null;
  const say = (value: number) => metrics.say(goal.metric, value);
  const { base } = figureOf(report.total, goal.metric);
  const share = goal.share ?? null;
  return (
    <section className={css.goal} aria-label={t("definitions.goal")}>
      <p className={css.goalWords}>
        <IconTarget size={18} stroke={1.6} aria-hidden="true" />
        <span>
          {t(goal.baseline === null ? "goal.line" : "goal.fromTo", {
            metric: metrics.name(goal.metric),
            baseline: goal.baseline === null ? "" : say(goal.baseline),
            target: say(goal.target),
            day: format.day(goal.deadline),
          })}
        </span>
      </p>
      <p className={css.goalNow}>
        <strong>{goal.now === null ? "–" : say(goal.now)}</strong>
        <span>
          {goal.now === null
            ? missing(goal.missing)
            : goal.unit === "share" &&
              base !== null &&
              (goal.metric === "roi"
                ? t("base.cost", { cost: format.money(base) })
                : t("goal.base", { base: format.number(base) }))}
        </span>
        {goal.reached ? (
          <StateBadge tone="good">{t("goal.reached")}</StateBadge>
        ) : goal.days_left < 0 ? (
          <StateBadge tone="look">{t("goal.over")}</StateBadge>
        ) : (
          <span>{t("goal.left", { count: goal.days_left })}</span>
        )}
        {share !== null && !goal.reached && <span>{t("goal.share", { share: format.percent(share, 0) })}</span>}
      </p>
      {share !== null && (
        <span className={css.goalTrack}>
          <i style={{ width: `${Math.max(0, Math.min(share, 1)) * 100}%` }} />
        </span>
      )}
    </section>
  );
}

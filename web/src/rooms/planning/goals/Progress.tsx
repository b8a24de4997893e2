import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { useWorkspaceSettings } from "@/lib/workspace";
import { useMetrics } from "@/rooms/insights/metrics";
import { todayIn } from "@/rooms/teamwork/dates";
import { StateBadge } from "@/ui/StateBadge";
import shared from "./goals.module.css";
import css from "./Progress.module.css";
import { standOf } from "./standing";
import { useT } from "./useT";
import { barOf, filled, part } from "./way";

interface ProgressProps {
  goal: Pick<Shape<"GoalOut">, "metric" | "unit" | "start" | "target" | "deadline" | "lower_is_better">;
  standing: Shape<"GoalStandingOut"> | undefined;
  /** The standing is still being read. */
  coming: boolean;
  campaigns: number;
}

/** Where a goal stands: the number, a bar with where it should be today, and the state in a word. */
export function Progress({ goal, standing, coming, campaigns }: ProgressProps) {
  const t = useT();
  const format = useFormat();
  const metrics = useMetrics();
  const say = (value: number) => metrics.say(goal.metric, value);
  const now = standing?.now ?? undefined;
  const due = standing?.expected ?? undefined;
  const bar = barOf(
    goal,
    [now, due].filter((value) => value !== undefined),
  );
  const { timezone } = useWorkspaceSettings();
  const stand = standOf(goal, standing, todayIn(timezone));
  const apart = standing && now === undefined && standing.missing === null && campaigns > 0;
  return (
    <div className={shared.progress}>
      <div className={css.figures}>
        <strong>{now !== undefined ? say(now) : coming ? "…" : "–"}</strong>
        <span className={css.target}>
          {t(goal.lower_is_better ? "atMost" : goal.unit === "share" ? "to" : "of", { target: say(goal.target) })} ·{" "}
          {format.day(goal.deadline)}
        </span>
      </div>
      {now !== undefined && (
        <div
          className={css.track}
          role="img"
          aria-label={t("progress", {
            now: say(now),
            target: say(goal.target),
            expected: standing?.expected == null ? "–" : say(standing.expected),
          })}
        >
          <i className={css.fill} style={filled(goal, bar, now).style} />
          {due !== undefined && <i className={css.due} style={{ left: part(bar(due)) }} />}
          <i className={css.goalMark} style={{ left: part(bar(goal.target)) }} />
        </div>
      )}
      <span className={css.state}>
        {now === undefined && stand === "unknown" ? (
          <span className={shared.muted}>{t(coming ? "coming" : apart ? "apart" : "notYet")}</span>
        ) : stand !== "unknown" ? (
          <StateBadge tone={stand === "reached" || stand === "onTrack" ? "good" : "look"} plain>
            {stand === "behind" ? t("behind", { expected: say(due ?? 0) }) : t(stand)}
          </StateBadge>
        ) : null}
      </span>
    </div>
  );
}

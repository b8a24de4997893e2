import { useMemo } from "react";
import { useGet } from "@/api/hooks";
import { A } from "@/lib/links";
import type { ReviewProps } from "@/lib/rooms";
import { dotted } from "@/lib/text";
import { useWorkspaceSettings } from "@/lib/workspace";
import { useMetrics } from "@/rooms/insights/metrics";
import { todayIn } from "@/rooms/teamwork/dates";
import { Await } from "@/ui/states";
import { Progress } from "../goals/Progress";
import { goalsOf } from "./order";
import css from "./reviews.module.css";
import { useT } from "./useT";

const MOST = 12;

/** Where the goals of the period stand against where they should, what is behind first. */
export default function Goals({ from, to }: ReviewProps) {
  const t = useT();
  const metrics = useMetrics();
  const { timezone } = useWorkspaceSettings();
  const today = todayIn(timezone);
  const query = { year: Number(to.slice(0, 4)) };
  const tree = useGet("/goals", { query });
  const measured = useGet("/reports/goals", { query }, { slow: true });
  const did = useGet("/reviews/campaigns", { query: { first: from, last: to } });
  const begun = useMemo(
    () => new Set((did.data ?? []).flatMap(({ campaign_id, begun_at }) => (begun_at ? [campaign_id] : []))),
    [did.data],
  );
  const standings = useMemo(() => new Map((measured.data ?? []).map((one) => [one.goal_id, one])), [measured.data]);
  return (
    <Await query={tree} lines={4}>
      {(found) => {
        const goals = goalsOf(found, standings, { from, to, today, begun });
        if (!goals.length) return <p className={css.none}>{t("goals.none")}</p>;
        return (
          <>
            <ul className={css.goals}>
              {goals.slice(0, MOST).map((goal) => (
                <li key={goal.id}>
                  <div>
                    <A to={"campaign_id" in goal ? `/campaigns/${goal.campaign_id}` : `/goals?year=${query.year}`}>
                      {goal.name || ("campaign_name" in goal ? goal.campaign_name : metrics.name(goal.metric))}
                    </A>
                    <small>
                      {dotted([
                        metrics.name(goal.metric),
                        goal.owner?.name,
                        "campaign_id" in goal && goal.name ? goal.campaign_name : undefined,
                      ])}
                    </small>
                  </div>
                  <Progress
                    goal={goal}
                    standing={standings.get(goal.id)}
                    coming={measured.isLoading}
                    campaigns={"campaign_id" in goal ? 0 : (standings.get(goal.id)?.parts.length ?? 0)}
                  />
                </li>
              ))}
            </ul>
            {goals.length > MOST && (
              <p className={css.none}>
                <A to={`/goals?year=${query.year}`}>{t("more", { count: goals.length - MOST })}</A>
              </p>
            )}
            {to < today && <p className={css.none}>{t("asOfToday")}</p>}
          </>
        );
      }}
    </Await>
  );
}

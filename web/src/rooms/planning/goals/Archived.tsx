import { Button } from "@mantine/core";
import { useGet, useSend } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { useMetrics } from "@/rooms/insights/metrics";
import { Await, EmptyState } from "@/ui/states";
import { say, sayRefused } from "@/ui/tray";
import type { GoalAbove } from "./GoalForm";
import css from "./GoalsPage.module.css";
import shared from "./goals.module.css";
import { useT } from "./useT";

/** The goals above campaigns that were archived, of all years, with the way back. */
export function Archived({ words, mayEdit }: { words: string; mayEdit: boolean }) {
  const t = useT();
  const format = useFormat();
  const metrics = useMetrics();
  const away = useGet("/goals/archived", {});
  const restore = useRestore();
  const fits = ({ name }: GoalAbove) => name.toLowerCase().includes(words.trim().toLowerCase());
  return (
    <Await query={away} lines={4}>
      {(found) =>
        found.some(fits) ? (
          <ul className={shared.goals}>
            {found.filter(fits).map((goal) => (
              <li key={goal.id} className={shared.goal}>
                <div className={shared.goalHead}>
                  <span />
                  <div className={css.goalName}>
                    <span className={css.name}>{goal.name}</span>
                    <small>
                      {metrics.name(goal.metric)} · {t("of", { target: metrics.say(goal.metric, goal.target) })} ·{" "}
                      {format.day(goal.deadline)}
                    </small>
                  </div>
                  {mayEdit && (
                    <Button variant="default" size="xs" onClick={() => restore(goal)}>
                      {t("restore")}
                    </Button>
                  )}
                </div>
              </li>
            ))}
          </ul>
        ) : (
          <EmptyState picture="search">{t("archived.none")}</EmptyState>
        )
      }
    </Await>
  );
}

/** Brings an archived goal back, with the campaigns that served it. */
export function useRestore() {
  const t = useT();
  const restore = useSend("post", "/goals/{goal_id}/restore");
  return ({ id, name }: { id: string; name: string }) =>
    restore.mutateAsync({ path: { goal_id: id } }).then(() => say(t("restored", { name })), sayRefused);
}

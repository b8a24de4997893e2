import { memo } from "react";
import css from "./Links.module.css";
import { ROW, type TaskRow, toDay } from "./model";
import type { Plan } from "./useTimeline";

/** Lines from what is waited for to what waits, for the rows that are drawn. */
export const Links = memo(function Links({
  plan,
  items,
  first,
  width,
}: {
  plan: Plan;
  items: number[];
  first: number;
  width: number;
}) {
  const tasks = plan.data?.tasks ?? [];
  const [low, high] = [items[0] ?? 0, items.at(-1) ?? 0];
  const lines: { key: string; path: string; critical: boolean }[] = [];
  for (const at of items) {
    const task = tasks[at];
    if (!task) continue;
    for (const link of [...(plan.arriving.get(task.id) ?? []), ...(plan.leaving.get(task.id) ?? [])]) {
      const key = `${link.predecessor_id}${link.successor_id}`;
      const [a, b] = [plan.tasks.get(link.predecessor_id), plan.tasks.get(link.successor_id)];
      if (!a || !b || lines.some((line) => line.key === key)) continue;
      const [ya, yb] = [(plan.numbers.get(a.id) ?? 1) - 1, (plan.numbers.get(b.id) ?? 1) - 1];
      const fromEnd = link.kind[0] === "f";
      const toEnd = link.kind[1] === "f";
      const middle = (task: TaskRow, end: boolean) =>
        task.kind === "milestone" && !task.group
          ? (toDay(task.starts_on) - first + 0.5) * width
          : (toDay(end ? task.ends_on : task.starts_on) - first + (end ? 1 : 0)) * width;
      const x1 = middle(a, fromEnd);
      const x2 = middle(b, toEnd);
      // What lies far outside is cut, so that no line is thousands of rows long.
      const y = (row: number) => (Math.max(low - 3, Math.min(high + 3, row)) + 0.5) * ROW;
      const [y1, y2] = [y(ya), y(yb)];
      const out = x1 + (fromEnd ? 7 : -7);
      const into = x2 + (toEnd ? 7 : -7);
      const turn = y2 > y1 ? y2 - ROW / 2 : y2 + ROW / 2;
      const direct = fromEnd && !toEnd ? out <= into : false;
      const path = direct ? `M${x1} ${y1}H${out}V${y2}H${x2}` : `M${x1} ${y1}H${out}V${turn}H${into}V${y2}H${x2}`;
      lines.push({ key, path, critical: a.critical && b.critical });
    }
  }
  return (
    <svg className={css.links} aria-hidden="true">
      <defs>
        <marker id="arrow" viewBox="0 0 6 6" refX="6" refY="3" markerWidth="6" markerHeight="6" orient="auto">
          <path d="M0 0L6 3L0 6z" />
        </marker>
      </defs>
      {lines.map(({ key, path, critical }) => (
        <path key={key} d={path} data-critical={critical || undefined} markerEnd="url(#arrow)" />
      ))}
    </svg>
  );
});

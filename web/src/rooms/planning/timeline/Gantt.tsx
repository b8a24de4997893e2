import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useFormat } from "@/lib/format";
import css from "./Gantt.module.css";
import { Row, type Shift } from "./GanttRow";
import { Links } from "./Links";
import { beginning, ended, fromDay, pixels, ROW, type TaskRow, ticks, toDay, type Zoom } from "./model";
import shared from "./timeline.module.css";
import { useLinking } from "./useLinking";
import { useT } from "./useT";
import type { Plan } from "./useTimeline";
import { useDays } from "./words";

const HEAD = 46;
const STEP = 320;

/** The change that a drag or the arrow keys ask for. */
function asChange(task: TaskRow, { part, days }: Shift) {
  if (part === "end") {
    const last = Math.max(toDay(task.ends_on) + days, toDay(task.starts_on));
    return { op: "set" as const, task_id: task.id, ends_on: fromDay(last) };
  }
  const first = fromDay(toDay(task.starts_on) + days);
  return { op: "set" as const, task_id: task.id, ...(task.fixed_on ? { fixed_on: first } : { not_before: first }) };
}

/** Bars on a scale of days: rows and scale are drawn only where one looks, so 5,000 tasks scroll as 50 do. */
export function Gantt({
  plan,
  may,
  zoom,
  onOpen,
}: {
  plan: Plan;
  may: boolean;
  zoom: Zoom;
  onOpen: (id: string) => void;
}) {
  const t = useT();
  const format = useFormat();
  const { span } = useDays();
  const scroller = useRef<HTMLElement>(null);
  const [shift, setShift] = useState<Shift>();
  const [held, setHeld] = useState<Shift>();
  const [view, setView] = useState({ left: 0, width: 1600 });
  const data = plan.data;
  const tasks = useMemo(() => data?.tasks ?? [], [data]);
  const width = pixels[zoom];
  const today = toDay(data?.today ?? "2000-01-01");
  const [first, last] = useMemo(() => {
    let [low, high] = [today, today];
    for (const task of tasks) {
      low = Math.min(low, toDay(task.starts_on), toDay(task.baseline_starts_on ?? task.starts_on));
      high = Math.max(high, toDay(task.ends_on), toDay(task.baseline_ends_on ?? task.ends_on));
    }
    return [low - 7, high + Math.max(30, Math.ceil(900 / width))];
  }, [tasks, today, width]);

  const rows = useVirtualizer({
    count: tasks.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 10,
  });
  const items = rows.getVirtualItems();

  // The day at the left edge; it stays there when the scale changes, or what comes before it.
  const place = useRef<number>(undefined);
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    if (place.current === undefined) {
      const { day, row } = beginning(tasks, today);
      place.current = day - 3;
      box.scrollTop = row * ROW;
    }
    box.scrollLeft = (place.current - first) * width;
    setView({ left: Math.floor(box.scrollLeft / STEP) * STEP, width: box.clientWidth });
  }, [first, width, tasks, today]);
  const onScroll = () => {
    const box = scroller.current;
    if (!box) return;
    place.current = first + box.scrollLeft / width;
    const left = Math.floor(box.scrollLeft / STEP) * STEP;
    if (left !== view.left || box.clientWidth !== view.width) setView({ left, width: box.clientWidth });
  };

  const from = Math.max(first, first + Math.floor((view.left - STEP) / width));
  const to = Math.min(last, first + Math.ceil((view.left + view.width + 2 * STEP) / width));
  const scale = useMemo(() => ticks(zoom, from, to, format.locale), [zoom, from, to, format.locale]);
  const free = useMemo(() => {
    if (zoom === "month" || !data) return [];
    const off = new Set(data.days_off.map(toDay));
    const found: number[] = [];
    for (let day = from; day <= to; day++)
      if (off.has(day) || !data.weekdays.includes((((day + 3) % 7) + 7) % 7)) found.push(day);
    return found;
  }, [zoom, data, from, to]);

  const moved = useMemo(() => new Map(plan.asked?.preview.moves.map((move) => [move.id, move])), [plan.asked]);

  const { drawing, hands } = useLinking(plan);

  // Keys gather for a moment, then the sum of them is looked at.
  const waiting = useRef<number>(undefined);
  const latest = useRef({ plan, shift });
  latest.current = { plan, shift };
  const ask = useCallback((wanted: Shift | undefined) => {
    setShift(undefined);
    const task = wanted && latest.current.plan.tasks.get(wanted.id);
    if (!task || !wanted.days) return;
    // It stays where it was put until it is known what that moves.
    setHeld(wanted);
    void latest.current.plan
      .propose([asChange(task, wanted)])
      .finally(() => setHeld((now) => (now === wanted ? undefined : now)));
  }, []);
  const nudge = useCallback(
    (id: string, part: Shift["part"], days: number) => {
      clearTimeout(waiting.current);
      const now = latest.current.shift;
      const next = { id, part, days: (now?.id === id && now.part === part ? now.days : 0) + days };
      setShift(next);
      waiting.current = window.setTimeout(() => ask(next), 700);
    },
    [ask],
  );
  const focusRow = useCallback(
    (at: number) => {
      if (at < 0 || at >= tasks.length) return;
      rows.scrollToIndex(at);
      const bar = () => scroller.current?.querySelector<HTMLElement>(`[data-bar="${at}"]`);
      // At once where it is drawn, so that no key of a quick hand is lost.
      if (bar()) bar()?.focus();
      else requestAnimationFrame(() => bar()?.focus());
    },
    [rows, tasks.length],
  );

  const describe = (task: TaskRow) =>
    [
      task.name,
      span(task.starts_on, task.ends_on),
      task.owner_id ? plan.people.get(task.owner_id) : undefined,
      t(`state.${task.state}`),
      task.critical ? t("critical") : undefined,
      task.late_days ? t("late", { count: task.late_days }) : undefined,
    ]
      .filter(Boolean)
      .join(", ");

  return (
    <>
      <p className={shared.hint} role={drawing ? "status" : undefined}>
        {drawing
          ? t("gantt.linking", { name: plan.tasks.get(drawing.from)?.name })
          : may
            ? t("gantt.hint")
            : t("gantt.read")}
      </p>
      <section
        className={css.gantt}
        ref={scroller}
        onScroll={onScroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
        tabIndex={0}
        aria-label={t("view.gantt")}
      >
        <div
          className={css.canvas}
          data-canvas
          style={{ width: `calc(var(--names) + ${(last - first) * width}px)`, height: HEAD + rows.getTotalSize() }}
        >
          <div className={css.scale} aria-hidden="true">
            <div className={css.corner}>{t("task")}</div>
            <div className={css.ticks}>
              {scale.upper.map(({ day, days, label }) => (
                <span key={day} style={{ left: (day - first) * width, width: days * width }}>
                  <b>{label}</b>
                </span>
              ))}
              {scale.lower.map(({ day, days, label }) => (
                <span key={`l${day}`} data-low style={{ left: (day - first) * width, width: days * width }}>
                  {label}
                </span>
              ))}
            </div>
          </div>
          <div className={css.ground} aria-hidden="true">
            {free.map((day) => (
              <i key={day} style={{ left: (day - first) * width, width }} />
            ))}
            <i data-today style={{ left: (today - first) * width }} />
          </div>
          <Links plan={plan} items={items.map(({ index }) => index)} first={first} width={width} />
          <div className={css.names} aria-hidden="true">
            <i />
          </div>
          {items.map(({ index, start }) => {
            const task = tasks[index];
            if (!task) return null;
            const change = moved.get(task.id);
            const put = shift?.id === task.id ? shift : held?.id === task.id ? held : undefined;
            return (
              <Row
                key={task.id}
                task={task}
                at={index}
                top={HEAD + start}
                left={(toDay(task.starts_on) - first) * width}
                size={(toDay(task.ends_on) - toDay(task.starts_on) + 1) * width}
                baseLeft={task.baseline_starts_on ? (toDay(task.baseline_starts_on) - first) * width : undefined}
                baseSize={
                  task.baseline_starts_on && task.baseline_ends_on
                    ? (toDay(task.baseline_ends_on) - toDay(task.baseline_starts_on) + 1) * width
                    : 0
                }
                ghostLeft={change && (toDay(change.starts_on) - first) * width}
                ghostSize={change ? (toDay(change.ends_on) - toDay(change.starts_on) + 1) * width : 0}
                shiftPart={put?.part}
                shiftBy={put ? put.days * width : 0}
                width={width}
                label={describe(task)}
                owner={task.owner_id ? plan.people.get(task.owner_id) : undefined}
                overdue={!ended(task.state) && task.ends_on < (data?.today ?? "")}
                may={may && !task.group && !ended(task.state)}
                linking={may ? hands : undefined}
                drawn={drawing?.from === task.id ? "from" : drawing?.over === task.id ? "over" : undefined}
                onOpen={onOpen}
                onShift={setShift}
                onAsk={ask}
                onNudge={nudge}
                onRow={focusRow}
              />
            );
          })}
          {drawing?.at && (
            <svg className={css.drawing} aria-hidden="true">
              <line {...drawing.at} />
            </svg>
          )}
        </div>
      </section>
    </>
  );
}

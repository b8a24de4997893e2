import { type KeyboardEvent, memo, type PointerEvent, useRef } from "react";
import css from "./GanttRow.module.css";
import type { TaskRow } from "./model";
import type { LinkHands } from "./useLinking";
import { KindIcon } from "./words";

export interface Shift {
  id: string;
  /** What is moved: both days, or the last one. */
  part: "both" | "end";
  days: number;
}

interface RowProps {
  task: TaskRow;
  at: number;
  top: number;
  left: number;
  size: number;
  baseLeft: number | undefined;
  baseSize: number;
  ghostLeft: number | undefined;
  ghostSize: number;
  shiftPart: Shift["part"] | undefined;
  shiftBy: number;
  width: number;
  label: string;
  owner: string | undefined;
  overdue: boolean;
  may: boolean;
  /** How arrows are drawn, where the reader may. */
  linking: LinkHands | undefined;
  /** This line's part in the arrow that is being drawn. */
  drawn: "from" | "over" | undefined;
  onOpen: (id: string) => void;
  onShift: (shift: Shift | undefined) => void;
  onAsk: (shift: Shift | undefined) => void;
  onNudge: (id: string, part: Shift["part"], days: number) => void;
  onRow: (at: number) => void;
}

/** A line of the Gantt chart: its name, its bar, and the dot from which an arrow is drawn. */
export const Row = memo(function Row(props: RowProps) {
  const { task, left, size, width, shiftPart, shiftBy, may, linking } = props;
  const drag = useRef<{ x: number; part: Shift["part"]; days: number }>(undefined);
  const dragged = useRef(false);
  const milestone = task.kind === "milestone" && !task.group;
  const begin = (event: PointerEvent<HTMLElement>, part: Shift["part"]) => {
    if (!may || event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, part, days: 0 };
    dragged.current = false;
  };
  const during = (event: PointerEvent) => {
    if (!drag.current) return;
    const days = Math.round((event.clientX - drag.current.x) / width);
    if (days === drag.current.days) return;
    drag.current.days = days;
    dragged.current = true; // the click that follows is the drag's end
    props.onShift({ id: task.id, part: drag.current.part, days });
  };
  const end = () => {
    const now = drag.current;
    if (!now) return;
    drag.current = undefined;
    if (now.days) props.onAsk({ id: task.id, part: now.part, days: now.days });
    else props.onShift(undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    dragged.current = false;
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (event.key === "ArrowDown") props.onRow(props.at + 1);
    else if (event.key === "ArrowUp") props.onRow(props.at - 1);
    else if (event.key === "Escape") {
      linking?.stop();
      props.onShift(undefined);
    } else if (event.key.toLowerCase() === "l" && !event.metaKey && !event.ctrlKey) linking?.begin(task.id);
    else if (event.key === "Enter" && linking?.end(task.id)) return event.preventDefault();
    else if (step && may && !event.metaKey && !event.ctrlKey)
      props.onNudge(task.id, event.altKey && !milestone ? "end" : "both", step * (event.shiftKey ? 7 : 1));
    else return;
    event.preventDefault();
  };
  const dx = shiftPart === "both" ? shiftBy : 0;
  const grown = shiftPart === "end" ? Math.max(size + shiftBy, width) : size;
  return (
    <div
      className={css.row}
      style={{ transform: `translateY(${props.top}px)` }}
      data-row={task.id}
      data-group={task.group || undefined}
      data-drawn={props.drawn}
    >
      <div className={css.name}>
        <button
          type="button"
          style={{ paddingInlineStart: 8 + Math.min(task.depth, 6) * 14 }}
          onClick={() => props.onOpen(task.id)}
          tabIndex={-1}
          title={task.name}
        >
          <KindIcon kind={task.kind} />
          <span>{task.name}</span>
        </button>
      </div>
      {props.baseLeft !== undefined && (
        <i
          className={css.base}
          style={{ insetInlineStart: `calc(var(--names) + ${props.baseLeft}px)`, width: props.baseSize }}
        />
      )}
      {props.ghostLeft !== undefined && (
        <i
          className={css.ghost}
          style={{ insetInlineStart: `calc(var(--names) + ${props.ghostLeft}px)`, width: props.ghostSize }}
        />
      )}
      <button
        type="button"
        className={css.bar2}
        data-bar={props.at}
        data-kind={task.group ? "group" : task.kind}
        data-state={task.state}
        data-critical={task.critical || undefined}
        data-late={task.late_days > 0 || props.overdue || undefined}
        data-may={may || undefined}
        aria-label={props.label}
        style={{
          insetInlineStart: `calc(var(--names) + ${left + dx + (milestone ? width / 2 - 8 : 0)}px)`,
          width: milestone ? 16 : Math.max(grown, 4),
        }}
        onClick={() => !dragged.current && props.onOpen(task.id)}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => begin(event, "both")}
        onPointerMove={during}
        onPointerUp={end}
        onPointerCancel={() => {
          drag.current = undefined;
          props.onShift(undefined);
        }}
      >
        {may && !milestone && (
          <i
            className={css.grip}
            onPointerDown={(event) => begin(event, "end")}
            onPointerMove={during}
            onPointerUp={(event) => {
              event.stopPropagation();
              end();
            }}
          />
        )}
      </button>
      {linking && (
        <i
          className={css.dot}
          data-dot
          style={{ insetInlineStart: `calc(var(--names) + ${left + (milestone ? width / 2 + 11 : size + 3)}px)` }}
          onPointerDown={(event) => linking.hold(task.id, event)}
          onPointerMove={linking.drag}
          onPointerUp={linking.drop}
          onPointerCancel={linking.stop}
        />
      )}
      {!task.group && (
        <span
          className={css.after}
          style={{ insetInlineStart: `calc(var(--names) + ${left + (milestone ? width / 2 + 26 : size + 20)}px)` }}
          aria-hidden="true"
        >
          {milestone ? task.name : props.owner}
        </span>
      )}
    </div>
  );
});

import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { useFormat } from "@/lib/format";
import css from "./Board.module.css";
import { states, type TaskRow, type TaskState } from "./model";
import shared from "./timeline.module.css";
import { useT } from "./useT";
import type { Plan } from "./useTimeline";
import { KindIcon, stateIcons, useDays, Warning } from "./words";
import words from "./words.module.css";

interface Props {
  plan: Plan;
  may: boolean;
  onOpen: (id: string) => void;
}

/** Columns by state. A card is moved by dragging it, or by the left and right arrow while it has the focus. */
export function Board({ plan, may, onOpen }: Props) {
  const t = useT();
  const format = useFormat();
  const [over, setOver] = useState<TaskState>();
  const dragged = useRef<TaskRow>(undefined);
  const columns = useMemo(() => {
    const found = Object.fromEntries(states.map((state) => [state, [] as TaskRow[]])) as Record<TaskState, TaskRow[]>;
    for (const task of plan.data?.tasks ?? []) if (!task.group) found[task.state].push(task);
    for (const state of states) found[state].sort((a, b) => a.ends_on.localeCompare(b.ends_on));
    return found;
  }, [plan.data]);
  const [moved, setMoved] = useState<{ id: string; to: TaskState }>();
  const move = (task: TaskRow, state: TaskState) => {
    if (state === task.state) return;
    setMoved({ id: task.id, to: state });
    // Its dates may put it elsewhere in the column once it is read again and drawn; refused, it is where it was.
    void plan.move(task, state).then((done) =>
      setTimeout(() => {
        const now = document.activeElement;
        if (now === document.body || now?.id === `card-${task.id}`)
          setMoved({ id: task.id, to: done ? state : task.state });
      }),
    );
  };
  const shown = states.filter((state) => state !== "cancelled" || columns.cancelled.length > 0);
  return (
    <>
      {may && <p className={shared.hint}>{t("board.hint")}</p>}
      <div className={css.board}>
        {shown.map((state) => {
          const Icon = stateIcons[state];
          return (
            <section
              key={state}
              aria-label={t(`state.${state}`)}
              data-over={over === state || undefined}
              onDragOver={(event) => {
                event.preventDefault();
                if (over !== state) setOver(state);
              }}
              onDragLeave={() => setOver(undefined)}
              onDrop={() => {
                setOver(undefined);
                if (dragged.current) move(dragged.current, state);
              }}
            >
              <h2>
                <Icon size={15} /> {t(`state.${state}`)} <span>{format.number(columns[state].length)}</span>
              </h2>
              <Column
                tasks={columns[state]}
                moved={moved?.to === state ? moved.id : undefined}
                onSeen={() => setMoved(undefined)}
                plan={plan}
                may={may}
                onOpen={onOpen}
                onDrag={(task) => {
                  dragged.current = task;
                }}
                onMove={(task, step) => {
                  const next = shown[shown.indexOf(task.state) + step];
                  if (next) move(task, next);
                }}
              />
            </section>
          );
        })}
      </div>
    </>
  );
}

interface ColumnProps extends Props {
  tasks: TaskRow[];
  /** The card that was just moved: the column that has it now brings it into view and gives it the focus back. */
  moved: string | undefined;
  onSeen: () => void;
  onDrag: (task: TaskRow) => void;
  onMove: (task: TaskRow, step: 1 | -1) => void;
}

/** Focuses a card as soon as it is drawn; it is within a few frames of being scrolled to. */
function focusCard(id: string, frames = 10) {
  const now = document.activeElement;
  if (now !== document.body && !now?.id.startsWith("card-")) return;
  const card = document.getElementById(`card-${id}`);
  if (card) card.focus({ preventScroll: true });
  else if (frames > 0) requestAnimationFrame(() => focusCard(id, frames - 1));
}

function Column({ tasks, moved, onSeen, plan, may, onOpen, onDrag, onMove }: ColumnProps) {
  const { span } = useDays();
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: tasks.length,
    getScrollElement: () => box.current,
    estimateSize: () => 78,
    overscan: 6,
  });
  useEffect(() => {
    const at = moved ? tasks.findIndex(({ id }) => id === moved) : -1;
    if (!moved || at < 0) return;
    list.scrollToIndex(at);
    focusCard(moved);
    onSeen();
  }, [moved, tasks, list, onSeen]);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, task: TaskRow, at: number) => {
    const card = (n: number) => document.getElementById(`card-${tasks[n]?.id}`)?.focus();
    if (event.key === "ArrowRight" && may) onMove(task, 1);
    else if (event.key === "ArrowLeft" && may) onMove(task, -1);
    else if (event.key === "ArrowDown") card(at + 1);
    else if (event.key === "ArrowUp") card(at - 1);
    else return;
    event.preventDefault();
  };
  return (
    <div className={css.column} ref={box} tabIndex={tasks.length ? 0 : -1}>
      {tasks.length === 0 && <p className={css.none}>{t("board.none")}</p>}
      <div style={{ height: list.getTotalSize(), position: "relative" }}>
        {list.getVirtualItems().map(({ index, start }) => {
          const task = tasks[index];
          if (!task) return null;
          const owner = task.owner_id && plan.people.get(task.owner_id);
          return (
            <button
              key={task.id}
              id={`card-${task.id}`}
              type="button"
              className={words.card}
              style={{ transform: `translateY(${start}px)` }}
              draggable={may}
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = "move";
                onDrag(task);
              }}
              onClick={() => onOpen(task.id)}
              onKeyDown={(event) => onKeyDown(event, task, index)}
            >
              <b>
                <KindIcon kind={task.kind} /> {task.name}
              </b>
              <span>
                {span(task.starts_on, task.ends_on)}
                {owner && <> · {owner}</>}
              </span>
              <Warning task={task} today={plan.data?.today ?? ""} />
            </button>
          );
        })}
      </div>
    </div>
  );
}

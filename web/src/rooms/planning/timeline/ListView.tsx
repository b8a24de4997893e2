import { useVirtualizer } from "@tanstack/react-virtual";
import { type ClipboardEvent, type KeyboardEvent, memo, useEffect, useRef } from "react";
import { Choice } from "@/ui/Choice";
import { say } from "@/ui/tray";
import { Day, Text } from "./cells";
import cells from "./cells.module.css";
import css from "./ListView.module.css";
import { ended, linkChanges, readLinks, states, type TaskRow, type TaskState, writeLinks } from "./model";
import shared from "./timeline.module.css";
import { useT } from "./useT";
import type { Plan } from "./useTimeline";
import { KindIcon, useDays, Warning } from "./words";

const FRAME = `${css.list} ${cells.cells}`;

const ROW = 38;

interface Props {
  /** The task that was just made: it comes into sight, its name ready to be written. */
  fresh: string | undefined;
  setFresh: (id: string | undefined) => void;
  plan: Plan;
  may: boolean;
  onOpen: (id: string) => void;
  onPaste: (text: string) => void;
}

/** Every task as a line of a table that is edited where it stands. */
export function ListView({ plan, fresh, setFresh, may, onOpen, onPaste }: Props) {
  const t = useT();
  const box = useRef<HTMLElement>(null);
  const tasks = plan.data?.tasks ?? [];
  const rows = useVirtualizer({
    count: tasks.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 6,
  });
  const items = rows.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = rows.getTotalSize() - (items.at(-1)?.end ?? 0);
  // Rows get the plan by a reference of its own, so that scrolling draws only the rows that come into sight.
  const latest = useRef(plan);
  latest.current = plan;
  const focus = (id: string | undefined, whole = false) => {
    if (!id) return;
    const at = tasks.findIndex((task) => task.id === id);
    if (at >= 0) rows.scrollToIndex(at);
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const name = document.getElementById(`name-${id}`) as HTMLInputElement | null;
        name?.scrollIntoView({ block: "nearest" });
        name?.focus();
        if (whole) name?.select();
      }),
    );
  };
  const siblings = (task: TaskRow) => tasks.filter(({ parent_id }) => parent_id === task.parent_id);
  const keys = useRef<(event: KeyboardEvent<HTMLInputElement>, task: TaskRow, name: string) => void>(() => {});
  keys.current = (event, task, name) => {
    const now = latest.current;
    const at = tasks.findIndex(({ id }) => id === task.id);
    const mine = siblings(task);
    const place = mine.findIndex(({ id }) => id === task.id);
    const mod = event.metaKey || event.ctrlKey;
    const done = async (act: Promise<unknown>) => {
      await act;
      focus(task.id);
    };
    const save = async () => {
      if (name.trim() && name.trim() !== task.name) await now.rename(task, name.trim());
    };
    if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      void (async () => {
        await save();
        const made = await now.add({ name: t("new.task"), parent_id: task.parent_id, after_id: task.id });
        setFresh(made?.id);
      })();
    } else if (event.key === "Tab" && !mod && (event.shiftKey ? task.parent_id : mine[place - 1])) {
      const up = task.parent_id ? now.tasks.get(task.parent_id) : undefined;
      const into = mine[place - 1];
      if (event.shiftKey && up) void done(save().then(() => now.place(task, up.parent_id, up.id)));
      else if (!event.shiftKey && into) {
        const last = tasks.findLast(({ parent_id }) => parent_id === into.id);
        void done(save().then(() => now.place(task, into.id, last?.id ?? null)));
      }
    } else if (mod && event.key === "ArrowUp" && place > 0) {
      void done(now.place(task, task.parent_id, mine[place - 2]?.id ?? null));
    } else if (mod && event.key === "ArrowDown" && mine[place + 1]) {
      void done(now.place(task, task.parent_id, mine[place + 1]?.id ?? null));
    } else if (event.key === "ArrowUp") focus(tasks[at - 1]?.id);
    else if (event.key === "ArrowDown") focus(tasks[at + 1]?.id);
    else if (event.key === "Escape") document.getElementById(`open-${task.id}`)?.focus();
    else return;
    event.preventDefault();
  };
  useEffect(() => {
    if (!fresh || !tasks.some(({ id }) => id === fresh)) return;
    focus(fresh, true);
    setFresh(undefined);
  }, [fresh, setFresh, tasks]);
  const onClipboard = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text");
    if (!may || !/[\n\t]/.test(text.trim())) return;
    event.preventDefault();
    onPaste(text);
  };
  return (
    <>
      {may && <p className={shared.hint}>{t("list.hint")}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <section className={FRAME} ref={box} onPaste={onClipboard} tabIndex={0} aria-label={t("view.list")}>
        <table aria-label={t("view.list")} aria-rowcount={tasks.length + 1}>
          <thead>
            <tr>
              <th scope="col" data-number>
                #
              </th>
              <th scope="col">{t("task")}</th>
              <th scope="col" data-col="state">
                {t("state")}
              </th>
              <th scope="col" data-col="owner">
                {t("owner")}
              </th>
              <th scope="col" data-col="days" title={t("days")}>
                {t("daysShort")}
              </th>
              <th scope="col" data-col="day">
                {t("start")}
              </th>
              <th scope="col" data-col="day">
                {t("end")}
              </th>
              <th scope="col" data-col="links">
                {t("waits")}
              </th>
              <th scope="col" data-col="note">
                {t("note")}
              </th>
            </tr>
          </thead>
          <tbody>
            {before > 0 && <tr data-space style={{ height: before }} />}
            {items.map(({ index }) => {
              const task = tasks[index];
              if (!task) return null;
              const arriving = plan.arriving.get(task.id);
              return (
                <Line
                  key={task.id}
                  task={task}
                  at={index}
                  plan={latest}
                  people={plan.data?.people}
                  links={arriving ? writeLinks(arriving, plan.numbers) : ""}
                  today={plan.data?.today ?? ""}
                  may={may}
                  keys={keys}
                  onOpen={onOpen}
                />
              );
            })}
            {after > 0 && <tr data-space style={{ height: after }} />}
          </tbody>
        </table>
      </section>
    </>
  );
}

interface LineProps {
  task: TaskRow;
  at: number;
  plan: { current: Plan };
  people: { id: string; name: string }[] | undefined;
  links: string;
  today: string;
  may: boolean;
  keys: { current: (event: KeyboardEvent<HTMLInputElement>, task: TaskRow, name: string) => void };
  onOpen: (id: string) => void;
}

const Line = memo(function Line({ task, at, plan, people, links, today, may, keys, onOpen }: LineProps) {
  const t = useT();
  const { day } = useDays();
  const set = (values: Record<string, unknown>) =>
    void plan.current.propose([{ op: "set", task_id: task.id, ...values } as never]);
  const leaf = may && !task.group;
  const saveLinks = (words: string) => {
    const wanted = readLinks(words, [...plan.current.numbers.keys()]);
    if (!wanted) {
      say(t("links.unreadable", { words }), { tone: "bad" });
      return;
    }
    const changes = linkChanges(task.id, plan.current.arriving.get(task.id) ?? [], wanted);
    if (changes.length) void plan.current.propose(changes);
  };
  return (
    <tr aria-rowindex={at + 2} data-group={task.group || undefined} data-ended={ended(task.state) || undefined}>
      <td data-number>
        <button
          type="button"
          id={`open-${task.id}`}
          aria-label={`${at + 1} ${t("open", { name: task.name })}`}
          onClick={() => onOpen(task.id)}
        >
          {at + 1}
        </button>
      </td>
      <td data-col="name" style={{ paddingInlineStart: 6 + Math.min(task.depth, 8) * 16 }}>
        <KindIcon kind={task.kind} />
        {may ? (
          <Text
            id={`name-${task.id}`}
            label={t("name")}
            value={task.name}
            onSave={(name) => name && void plan.current.rename(task, name)}
            onKeyDown={(event, name) => keys.current(event, task, name)}
          />
        ) : (
          <button type="button" className={cells.plain} onClick={() => onOpen(task.id)}>
            {task.name}
          </button>
        )}
        <span className={css.phone}>
          {day(task.ends_on)}
          <Warning task={task} today={today} />
        </span>
      </td>
      <td data-col="state">
        {leaf ? (
          <Choice
            label={t("state")}
            value={task.state}
            shown={t(`state.${task.state}`)}
            options={() => states.map((state) => [state, t(`state.${state}`)])}
            onChoose={(state) => void plan.current.move(task, state as TaskState)}
          />
        ) : (
          t(`state.${task.state}`)
        )}
      </td>
      <td data-col="owner">
        {leaf ? (
          <Choice
            label={t("owner")}
            value={task.owner_id ?? ""}
            shown={people?.find(({ id }) => id === task.owner_id)?.name ?? t("nobody")}
            options={() => [["", t("nobody")], ...(people ?? []).map(({ id, name }): [string, string] => [id, name])]}
            onChoose={(owner_id) => set({ owner_id: owner_id || null })}
          />
        ) : (
          people?.find(({ id }) => id === task.owner_id)?.name
        )}
      </td>
      <td data-col="days">
        {leaf && task.kind !== "milestone" ? (
          <Text
            label={t("days")}
            value={String(task.duration_days)}
            inputMode="numeric"
            onSave={(words) => /^\d{1,4}$/.test(words) && set({ duration_days: Number(words) })}
          />
        ) : (
          task.duration_days
        )}
      </td>
      <td data-col="day">
        <Day
          label={t("start")}
          shown={day(task.starts_on)}
          value={task.fixed_on ?? task.starts_on}
          pinned={Boolean(task.not_before || task.fixed_on)}
          may={leaf && !ended(task.state)}
          onSave={(iso) => set(task.fixed_on ? { fixed_on: iso } : { not_before: iso })}
        />
      </td>
      <td data-col="day">
        <Day
          label={t("end")}
          shown={day(task.ends_on)}
          value={task.ends_on}
          may={leaf && task.kind !== "milestone" && !ended(task.state)}
          onSave={(iso) => iso && set({ ends_on: iso })}
        />
      </td>
      <td data-col="links">{may ? <Text label={t("waits")} value={links} onSave={saveLinks} /> : links}</td>
      <td data-col="note">
        <Warning task={task} today={today} />
        {task.slip_days ? (
          <span className={css.slip}>{t("slip", { count: task.slip_days, sign: task.slip_days > 0 ? "+" : "" })}</span>
        ) : null}
      </td>
    </tr>
  );
});

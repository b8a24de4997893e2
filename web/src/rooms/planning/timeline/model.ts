import type { Shape } from "@/api/schema";

export type Timeline = Shape<"TimelineOut">;
export type Changes = Shape<"TimelineChanges">;
export type TaskRow = Timeline["tasks"][number];
export type Link = Timeline["links"][number];
export type Preview = Shape<"PreviewOut">;
export type TaskState = TaskRow["state"];
export type TaskKind = TaskRow["kind"];
export type LinkKind = Link["kind"];
export type Change = NonNullable<Shape<"ChangesIn">["changes"]>[number];
export type Zoom = "day" | "week" | "month";

export const states = ["todo", "doing", "review", "done", "cancelled"] as const;
export const kinds = ["task", "deliverable", "milestone"] as const;
export const linkKinds = ["fs", "ss", "ff", "sf"] as const;
export const ended = (state: TaskState) => state === "done" || state === "cancelled";

const DAY = 86_400_000;
/** "2030-03-04" → days since 1970, without any zone. */
export const toDay = (iso: string) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
export const fromDay = (day: number) => new Date(day * DAY).toISOString().slice(0, 10);

const PLANNED = ["kind", "owner_id", "duration_days", "effort_hours", "not_before", "deadline", "fixed_on"] as const;

/** The changes that make a plan again what it was before others were made to it. Tasks of only one of them stay. */
export function inverse(before: Timeline, after: Timeline): Change[] {
  const old = new Map(before.tasks.map((task) => [task.id, task]));
  const changes: Change[] = [];
  for (const task of after.tasks) {
    const was = old.get(task.id);
    const differs = was && !was.group && !task.group && PLANNED.some((name) => was[name] !== task[name]);
    if (!differs) continue;
    const { kind, owner_id, duration_days, effort_hours, not_before, deadline, fixed_on } = was;
    changes.push({
      op: "set",
      task_id: task.id,
      ...{ kind, owner_id, duration_days, effort_hours, not_before, deadline, fixed_on },
    });
  }
  const keyOf = (link: Link) => `${link.predecessor_id} ${link.successor_id}`;
  const same = (one: Link, other: Link | undefined) => one.kind === other?.kind && one.lag_days === other?.lag_days;
  const links = new Map(before.links.map((link) => [keyOf(link), link]));
  const now = new Map(after.links.map((link) => [keyOf(link), link]));
  for (const [key, { predecessor_id, successor_id }] of now) {
    if (!links.has(key)) changes.push({ op: "unlink", predecessor_id, successor_id });
  }
  for (const [key, link] of links) {
    const { predecessor_id, successor_id, kind, lag_days } = link;
    if (!same(link, now.get(key))) changes.push({ op: "link", predecessor_id, successor_id, kind, lag_days });
  }
  return changes;
}

/** Height of a line of the Gantt chart. */
export const ROW = 34;
/** Pixels of a day at each zoom. */
export const pixels: Record<Zoom, number> = { day: 34, week: 13, month: 4 };

/** Lines that are seen at once on any screen: nothing above these needs to be scrolled away. */
const SEEN = 8;

/**
 * Where a timeline opens: at the first open task that ends about now or later, else at the first open one, else at the
 * beginning. `day` is the first to be shown, `row` the line.
 */
export function beginning(tasks: TaskRow[], today: number): { day: number; row: number } {
  const open = (task: TaskRow) => !task.group && !ended(task.state);
  const near = tasks.findIndex((task) => open(task) && toDay(task.ends_on) >= today - 10);
  const at = near >= 0 ? near : Math.max(tasks.findIndex(open), 0);
  const row = at < SEEN ? 0 : at - 1;
  const starts = tasks.slice(row, at + SEEN).map((task) => toDay(task.starts_on));
  const start = starts.length ? Math.min(...starts) : today;
  return { day: near >= 0 ? Math.max(start, today - 10) : start, row };
}

export interface Tick {
  day: number;
  days: number;
  label: string;
}

/** The two lines of the scale for the days from `from` to `to`: months over days, months over weeks, years over months. */
export function ticks(zoom: Zoom, from: number, to: number, locale: string): { upper: Tick[]; lower: Tick[] } {
  const write = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options });
    return (day: number) => format.format(new Date(day * DAY));
  };
  const months = (label: (day: number) => string) => {
    const found: Tick[] = [];
    const first = new Date(from * DAY);
    for (let n = 0; ; n++) {
      const day = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + n, 1) / DAY;
      if (day > to) return found;
      const next = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + n + 1, 1) / DAY;
      found.push({ day, days: next - day, label: label(day) });
    }
  };
  if (zoom === "month") {
    const found: Tick[] = [];
    for (let year = new Date(from * DAY).getUTCFullYear(); ; year++) {
      const day = Date.UTC(year, 0, 1) / DAY;
      if (day > to) return { upper: found, lower: months(write({ month: "short" })) };
      found.push({ day, days: Date.UTC(year + 1, 0, 1) / DAY - day, label: write({ year: "numeric" })(day) });
    }
  }
  const upper = months(write({ month: "long", year: "numeric" }));
  const number = (day: number) => String(new Date(day * DAY).getUTCDate());
  const lower: Tick[] = [];
  const step = zoom === "day" ? 1 : 7;
  // 1 January 1970 was a Thursday: weeks begin on Mondays.
  for (let day = zoom === "day" ? from : from - ((((from + 3) % 7) + 7) % 7); day <= to; day += step)
    lower.push({ day, days: step, label: number(day) });
  return { upper, lower };
}

/** "3, 5SS+2" for what a task waits for; numbers are lines of the list. */
export function writeLinks(links: Link[], numbers: Map<string, number>): string {
  return links
    .map(({ predecessor_id, kind, lag_days }) => {
      const lag = lag_days ? (lag_days > 0 ? `+${lag_days}` : `−${-lag_days}`) : "";
      return `${numbers.get(predecessor_id) ?? "?"}${kind === "fs" && !lag ? "" : kind.toUpperCase()}${lag}`;
    })
    .join(", ");
}

/** What the words say, or undefined where a part can't be read. */
export function readLinks(words: string, ids: string[]): Omit<Link, "successor_id">[] | undefined {
  const found: Omit<Link, "successor_id">[] = [];
  for (const part of words.split(/[,;，；]/)) {
    if (!part.trim()) continue;
    const match = /^\s*(\d+)\s*(fs|ss|ff|sf)?\s*(?:([+\-−])\s*(\d+))?\s*$/i.exec(part);
    const id = match && ids[Number(match[1]) - 1];
    if (!match || !id) return undefined;
    found.push({
      predecessor_id: id,
      kind: (match[2]?.toLowerCase() ?? "fs") as LinkKind,
      lag_days: match[4] ? Number(match[4]) * (match[3] === "+" ? 1 : -1) : 0,
    });
  }
  return found;
}

/** The changes that make `wanted` of the links a task has now. */
export function linkChanges(id: string, now: Link[], wanted: Omit<Link, "successor_id">[]): Change[] {
  const gone = now.filter((link) => !wanted.some(({ predecessor_id }) => predecessor_id === link.predecessor_id));
  const set = wanted.filter(
    (link) =>
      !now.some(
        (one) => one.predecessor_id === link.predecessor_id && one.kind === link.kind && one.lag_days === link.lag_days,
      ),
  );
  return [
    ...gone.map(({ predecessor_id }) => ({ op: "unlink" as const, predecessor_id, successor_id: id })),
    ...set.map((link) => ({ op: "link" as const, successor_id: id, ...link })),
  ];
}

/** A task's parent and everything above. */
export function above(tasks: Map<string, TaskRow>, id: string): Set<string> {
  const found = new Set<string>();
  for (let up = tasks.get(id)?.parent_id; up; up = tasks.get(up)?.parent_id) found.add(up);
  return found;
}

/** Whether a preview moves nothing but what was changed itself and makes nobody late or overloaded: no question asked. */
export function harmless(preview: Preview, changed: Set<string>): boolean {
  return (
    preview.late.length === 0 &&
    preview.overloads.length === 0 &&
    preview.held.length === 0 &&
    preview.moves.every(({ id }) => changed.has(id))
  );
}

/** The timeline that the changes make of the one they began with; what they leave alone stays the same object. */
export function merged(known: Timeline, changes: Changes): Timeline {
  const { since: _, order, gone_links, ...now } = changes;
  const rows = new Map([...known.tasks, ...now.tasks].map((row) => [row.id, row]));
  const ids = known.tasks.map(({ id }) => id);
  ids.splice(order.at, order.gone, ...order.ids);
  const ends = ({ predecessor_id, successor_id }: { predecessor_id: string; successor_id: string }) =>
    `${predecessor_id} ${successor_id}`;
  const gone = new Set(gone_links.map(ends));
  return {
    ...now,
    tasks: ids.flatMap((id) => rows.get(id) ?? []),
    links: [...known.links.filter((link) => !gone.has(ends(link))), ...now.links],
  };
}

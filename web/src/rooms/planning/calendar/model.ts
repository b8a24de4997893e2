import type { Shape } from "@/api/schema";
import { instantToWall } from "@/lib/zones";
import { fromDay, toDay } from "../timeline/model";

export { fromDay, toDay };
export type Calendar = Shape<"CalendarOut">;
export type Item = Shape<"CalendarItem">;
export type Campaign = Shape<"CalendarBar">;
export type Moment = Shape<"StoredMoment">;
export type Move = Shape<"CalendarMoveIn">;
export type MovePreview = Shape<"CalendarMoveOut">;
export type Collisions = Shape<"CollisionsOut">;
export type Collision = Collisions["collisions"][number];
export type Fix = Collision["fixes"][number];

export const kinds = ["campaign", "touchpoint", "deliverable", "milestone", "task", "moment", "holiday"] as const;
export type Kind = (typeof kinds)[number];
/** What is shown unless somebody asks for something else: single tasks are on their timelines. */
export const usualKinds: Kind[] = ["campaign", "touchpoint", "deliverable", "milestone", "moment", "holiday"];
export const momentKinds = ["sale", "company", "season", "other"] as const;
export const views = ["month", "week", "quarter", "agenda"] as const;
export type View = (typeof views)[number];
export const groupings = ["none", "channel", "audience", "team"] as const;
export type Grouping = (typeof groupings)[number];
/** Days that each view shows. */
export const spans: Record<View, number> = { month: 42, week: 7, quarter: 91, agenda: 42 };
/** How far the arrows of the toolbar go. */
export const steps: Record<View, number> = { month: 28, week: 7, quarter: 91, agenda: 28 };

/** Something on the calendar, whatever it is; days count from 1970. */
export interface Entry {
  key: string;
  kind: Kind;
  id: string;
  name: string;
  /** Under the name: the campaign, the country. */
  note: string;
  first: number;
  last: number;
  at: string | null;
  state: string;
  movable: boolean;
  campaignId: string | null;
  channel: string | null;
  audienceId: string | null;
  ownerId: string | null;
}

/** The weekday a week begins with (Monday is 0), as the language has it; ISO weeks are numbered whatever it is. */
export function firstWeekday(locale: string): number {
  const info = new Intl.Locale(locale) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number };
    weekInfo?: { firstDay: number };
  };
  return ((info.getWeekInfo?.() ?? info.weekInfo)?.firstDay ?? 1) - 1;
}

/** Monday is 0. The first of January 1970 was a Thursday. */
export const weekday = (day: number) => (((day + 3) % 7) + 7) % 7;
export const startOfWeek = (day: number, first: number) => day - ((weekday(day) - first + 7) % 7);

/** The ISO 8601 number of the week that a day is in: that of its Thursday. */
export function isoWeek(day: number): number {
  const thursday = day - weekday(day) + 3;
  const year = new Date(thursday * 86_400_000).getUTCFullYear();
  return Math.floor((thursday - Date.UTC(year, 0, 1) / 86_400_000) / 7) + 1;
}

/** Everything of an answer as entries, in the order in which it is laid out: long ones first, then by time. */
export function entriesOf(data: Calendar): Entry[] {
  const campaigns = new Map(data.campaigns.map((campaign) => [campaign.id, campaign]));
  const entries: Entry[] = [];
  const bare = {
    at: null,
    state: "",
    movable: false,
    campaignId: null,
    channel: null,
    audienceId: null,
    ownerId: null,
  };
  for (const { day, name, place } of data.holidays) {
    const on = toDay(day);
    entries.push({
      ...bare,
      key: `holiday-${place}-${day}`,
      kind: "holiday",
      id: "",
      name,
      note: place,
      first: on,
      last: on,
    });
  }
  for (const { id, name, starts_on, ends_on } of data.moments) {
    const [first, last] = [toDay(starts_on), toDay(ends_on)];
    entries.push({ ...bare, key: `moment-${id}-${starts_on}`, kind: "moment", id, name, note: "", first, last });
  }
  for (const campaign of data.campaigns) if (campaign.shown) entries.push(entryOfCampaign(campaign));
  for (const item of data.items) entries.push(entryOf(item, campaigns));
  return entries.sort(inOrder);
}

function entryOfCampaign({ id, name, starts_on, ends_on, leader_id, state }: Campaign): Entry {
  return {
    key: `campaign-${id}`,
    kind: "campaign",
    id,
    name,
    note: "",
    first: toDay(starts_on ?? ends_on ?? ""),
    last: toDay(ends_on ?? starts_on ?? ""),
    at: null,
    state,
    movable: state !== "ended",
    campaignId: id,
    channel: null,
    audienceId: null,
    ownerId: leader_id,
  };
}

export function entryOf(item: Item, campaigns: Map<string, Campaign>): Entry {
  return {
    key: `${item.kind}-${item.id}`,
    kind: item.kind as Kind,
    id: item.id,
    name: item.name,
    note: campaigns.get(item.campaign_id)?.name ?? "",
    first: item.starts_on ? toDay(item.starts_on) : Number.NaN,
    last: item.ends_on ? toDay(item.ends_on) : Number.NaN,
    at: item.at,
    state: item.state,
    movable: item.movable,
    campaignId: item.campaign_id,
    channel: item.channel,
    audienceId: item.audience_id,
    ownerId: item.owner_id,
  };
}

const rank: Record<Kind, number> = {
  holiday: 0,
  moment: 1,
  campaign: 2,
  touchpoint: 3,
  milestone: 4,
  deliverable: 5,
  task: 6,
};

function inOrder(one: Entry, other: Entry): number {
  return (
    rank[one.kind] - rank[other.kind] ||
    one.first - other.first ||
    other.last - one.last ||
    (one.at ?? "").localeCompare(other.at ?? "") ||
    one.key.localeCompare(other.key)
  );
}

export interface Placed {
  entry: Entry;
  /** Columns within the row, from 0; `lane` counts from the top. */
  column: number;
  width: number;
  lane: number;
  /** It goes on beyond the row. */
  before: boolean;
  after: boolean;
}

/**
 * Puts entries into the lanes of a row of days, each into the first that is free for all of its days. What does not
 * fit into `lanes` is counted by day in `more`. `least`: days that the narrowest takes, so that it can be hit. `bars`:
 * lanes for campaigns, so that many of them leave room for what happens on single days.
 */
export function pack(entries: Entry[], first: number, days: number, lanes: number, least = 1, bars = lanes) {
  const busy: boolean[][] = [];
  const more = new Array<number>(days).fill(0);
  const placed: Placed[] = [];
  for (const entry of entries) {
    if (Number.isNaN(entry.first) || entry.last < first || entry.first >= first + days) continue;
    const last = Math.min(entry.last - first, days - 1);
    const column = Math.max(Math.min(entry.first - first, days - least), 0);
    const end = Math.min(Math.max(last, column + least - 1), days - 1);
    const room = entry.kind === "campaign" ? bars : lanes;
    let lane = 0;
    while (lane < room && busy[lane]?.slice(column, end + 1).some(Boolean)) lane++;
    if (lane >= room) {
      for (let day = column; day <= last; day++) more[day] = (more[day] ?? 0) + 1;
      continue;
    }
    busy[lane] ??= new Array<boolean>(days).fill(false);
    busy[lane]?.fill(true, column, end + 1);
    const [before, after] = [entry.first < first, entry.last >= first + days];
    placed.push({ entry, column, width: end - column + 1, lane, before, after });
  }
  return { placed, more };
}

/** The page of the thing itself. */
export function pageOf(entry: Entry): string | undefined {
  if (entry.kind === "touchpoint") return `/touchpoints/${entry.id}`;
  if (entry.kind === "campaign") return `/campaigns/${entry.id}`;
  if (entry.campaignId) return `/campaigns/${entry.campaignId}?tab=timeline&task=${entry.id}`;
  return undefined;
}

/** How a move of the entry by so many days is asked for. */
export function moveOf(entry: Entry, day: number, today: number): Move {
  const kind = entry.kind === "campaign" || entry.kind === "touchpoint" ? entry.kind : "task";
  const to = Number.isNaN(entry.first) ? Math.max(day, today) : day;
  return { kind, id: entry.id, day: fromDay(to), edge: "whole", touchpoints: true, tasks: true };
}

/** The move that brings the entry back to where it stands, once `move` is done; none where nothing can. */
export function backFrom(entry: Entry, move: Move, timezone: string): Move | undefined {
  const from = move.edge === "end" ? entry.last : entry.first;
  const undated = Number.isNaN(from);
  if (undated && move.kind !== "touchpoint") return undefined;
  return {
    ...move,
    day: undated ? null : fromDay(from),
    time: entry.at ? instantToWall(entry.at, timezone).slice(11, 16) : undefined,
  };
}

/** A move that breaks nothing, takes nothing with it and makes nothing collide: no question asked. */
export const harmless = (preview: MovePreview) =>
  preview.breaks.length === 0 && preview.made.length === 0 && preview.shifted === 1;

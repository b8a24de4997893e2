import { type Entry, kinds } from "./model";
import { channels } from "./words";

export const colourings = ["campaign", "channel", "none"] as const;
export type Colouring = (typeof colourings)[number];
/** Colours that can be told apart; what comes after them is grey. */
const MOST = 6;

export interface Colours {
  /** Which of the colours an entry has; none is grey. */
  of: (entry: Entry) => number | undefined;
  /** What each colour stands for, in their order; whether something else is grey. */
  legend: { id: string; colour: number }[];
  others: boolean;
}

/** Colours of what is shown, by campaign (the oldest first) or by channel (always the same). */
export function coloursOf(entries: Entry[], by: Colouring): Colours {
  const dated = entries.filter(({ kind }) => kind !== "holiday" && kind !== "moment" && kinds.includes(kind));
  const keyOf = (entry: Entry) =>
    by === "none" ? null : by === "channel" ? entry.channel : entry.kind === "campaign" ? entry.id : entry.campaignId;
  const present = new Set(dated.map(keyOf).filter((key) => key !== null));
  const order = by === "channel" ? channels.filter((channel) => present.has(channel)) : [...present].sort();
  const colour = new Map<string, number>();
  for (const key of order) {
    const at = by === "channel" ? channels.indexOf(key as (typeof channels)[number]) : colour.size;
    if (at < MOST) colour.set(key, at + 1);
    else if (by === "campaign") break;
  }
  return {
    of: (entry) => colour.get(keyOf(entry) ?? ""),
    legend: [...colour].map(([id, of]) => ({ id, colour: of })),
    others: present.size > colour.size,
  };
}

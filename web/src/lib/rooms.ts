import type { ComponentType } from "react";
import { createContext, useContext } from "react";
import type { LooseArgs } from "@/api/client";
import type { Shape } from "@/api/schema";

/** The five stages, in the order of the rail. */
export const stages = ["plan", "audience", "create", "launch", "learn"] as const;
export type Stage = (typeof stages)[number];

export type Icon = ComponentType<{ size?: number; stroke?: number }>;
/** Reads from the API of the current workspace: `ask<Answer>("/people/count")`. */
export type Ask = <T>(path: string, args?: LooseArgs) => Promise<T>;

interface Entry {
  /** Full id of its words: "people.nav". */
  label: string;
  icon: Icon;
  /** A path inside the workspace. */
  to: string;
  /** Left out for people who may not. */
  permission?: string;
}

export interface NavEntry extends Entry {
  stage: Stage;
  /** Place within the stage; steps of ten. */
  order: number;
  /** A key sequence that goes there: "g p". */
  keys?: string;
}

/** What the settings are about, in the order of their list. */
export const settingsGroups = ["workspace", "people", "data", "sending", "planning", "access", "you"] as const;

export interface SettingsEntry extends Entry {
  group: (typeof settingsGroups)[number];
  /** Place within the group; steps of ten. */
  order: number;
}

/** An action in the palette (⌘K), such as "Import people". Pages of the rail are in it by themselves. */
export interface PaletteEntry extends Entry {
  /** What is done often stands first (from 10), what is rare last (from 900); in between without it. */
  order?: number;
}

export interface Hit {
  id: string;
  title: string;
  note?: string;
  to: string;
}

/** Something the palette can search. */
export interface SearchSource {
  id: string;
  label: string;
  icon: Icon;
  permission?: string;
  find: (words: string, ask: Ask) => Promise<Hit[]>;
}

/** One thing to do on the home page of a young workspace; whether it is done comes from real state. */
export interface HomeStep {
  id: string;
  order: number;
  /** Full ids: the step, why it matters, the verb on its button. */
  label: string;
  why: string;
  action: string;
  to: string;
  permission?: string;
  done: (ask: Ask) => Promise<boolean>;
}

/** One part of the home page: what a room has to say each morning. It shows nothing when there is nothing to say. */
export interface HomePart {
  id: string;
  order: number;
  /** Beside each other: what wants somebody, and what comes. Below: how it is going. */
  place: "main" | "side" | "below";
  permission?: string;
  load: () => Promise<{ default: ComponentType }>;
}

/** A page that belongs to the person, above the stages of the rail; with a count of what waits there. */
export interface OwnEntry extends Entry {
  order: number;
  keys?: string;
  /** A path of the API that answers `{ count }`; asked for again and again while the page is visible. */
  counts?: string;
  /** In the bar of phones too, where there is room for one. */
  phone?: boolean;
}

/** Something that waits for this person, on the home page. A day that is over is said so. */
export interface DayHit extends Hit {
  /** Instead of the title: words by their full id, with their values. */
  words?: { id: string; values: Record<string, string> };
  /** The calendar day it is for. */
  day?: string | null;
}

/** What of a room waits for this person today. */
export interface DaySection {
  id: string;
  order: number;
  label: string;
  /** The whole list. */
  to?: string;
  permission?: string;
  /** `today` is the day in the workspace's zone, in which `dayOf` tells the day of an instant; `me` is the person's id. */
  read: (ask: Ask, day: { me: string; today: string; dayOf: (instant: string) => string }) => Promise<DayHit[]>;
}

export type ReviewKind = "week" | "quarter";

/** What a part of a review shows: the days of the period, both included, and whether it is a meeting (large type). */
export interface ReviewProps {
  kind: ReviewKind;
  from: string;
  to: string;
  meeting: boolean;
}

/** One part of the weekly or the quarterly review. */
export interface ReviewSection {
  id: string;
  order: number;
  label: string;
  kinds: ReviewKind[];
  permission?: string;
  load: () => Promise<{ default: ComponentType<ReviewProps> }>;
}

/** What other rooms may have something to show beside. */
export type Place = Shape<"PagePlace">;

/** What a room brings to the shell. One object per room, in `rooms/<room>/room.ts`. */
export interface Room {
  name: string;
  /** Pages by their path inside the workspace ("people/$id"); each is its own chunk with a default export. */
  pages: Record<string, () => Promise<{ default: ComponentType }>>;
  /** Rooms whose words its pages show at once beside its own. Words of others come with what says them. */
  words?: string[];
  nav?: NavEntry[];
  settings?: SettingsEntry[];
  palette?: PaletteEntry[];
  search?: SearchSource[];
  steps?: HomeStep[];
  home?: HomePart[];
  own?: OwnEntry[];
  /** Where the things of each kind live: `task: (id, campaign) => …`. Links in notices and mails lead there. */
  things?: Record<string, (id: string, campaign: string | null) => string>;
  myDay?: DaySection[];
  reviews?: ReviewSection[];
  /** What the room shows beside things of rooms that do not know it: the playbook its pages. */
  beside?: () => Promise<{ default: ComponentType<{ place: Place }> }>;
}

export const RoomsContext = createContext<Room[]>([]);
/** All rooms of this build. */
export const useRooms = () => useContext(RoomsContext);

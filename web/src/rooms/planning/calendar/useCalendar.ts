import { useCallback, useEffect, useMemo, useState } from "react";
import { ApiError } from "@/api/errors";
import { useApi, useGet } from "@/api/hooks";
import { useDayParam, useListState, useParam } from "@/lib/url";
import { useMay, useWorkspaceSettings } from "@/lib/workspace";
import { say } from "@/ui/tray";
import {
  backFrom,
  type Entry,
  entriesOf,
  entryOf,
  firstWeekday,
  fromDay,
  type Grouping,
  harmless,
  type Kind,
  type Move,
  type MovePreview,
  moveOf,
  spans,
  startOfWeek,
  steps,
  toDay,
  usualKinds,
  type View,
  views,
  weekday,
} from "./model";
import { useT } from "./useT";

/** A move that is being thought about: where the entry would be, and what that would break. */
export interface Moving {
  entry: Entry;
  move: Move;
  preview?: MovePreview;
  /** The plan had changed since the preview was made, so this is a new one. */
  again?: boolean;
  /** It was let go (dropped, Enter): ask before anything is written. */
  asked?: boolean;
  error?: unknown;
}

export type CalendarState = ReturnType<typeof useCalendar>;
const SETTLE = 180;

/** Everything the calendar's page shows and does. */
export function useCalendar(locale: string, todayIso: string) {
  const t = useT();
  const api = useApi();
  const { timezone } = useWorkspaceSettings();
  const may = useMay("campaigns.write");
  const phone = matchMedia("(width <= 640px)").matches;
  const [chosen, setView] = useParam("view", phone ? "agenda" : "month");
  const view: View = views.find((each) => each === chosen) ?? "month";
  const [grouping, setGrouping] = useParam("by", "none");
  const [from, setFrom] = useDayParam("from", todayIso);
  const [filters, setFilters] = useListState();
  const wanted = (filters.filters.kinds?.length ? filters.filters.kinds : usualKinds) as Kind[];
  const today = toDay(todayIso);
  const anchor = toDay(from);
  const first = view === "agenda" ? anchor : startOfWeek(anchor, firstWeekday(locale));
  const days = spans[view];

  const query = useGet(
    "/calendar",
    {
      query: {
        from: fromDay(first),
        to: fromDay(first + days - 1),
        kinds: wanted,
        campaign: filters.filters.campaign,
        channel: filters.filters.channel,
        audience: filters.filters.audience,
        owner: filters.filters.owner,
      },
    },
    { every: 60_000 },
  );
  const { data } = query;
  const off = useMemo(() => new Set(data?.days_off.map(toDay)), [data]);
  const collisions = useGet("/calendar/collisions", {}, { fresh: 5_000 });
  const computing = collisions.data?.computing ?? false;
  const { refetch } = collisions;
  useEffect(() => {
    if (!computing) return;
    const timer = setInterval(() => void refetch(), 1000);
    return () => clearInterval(timer);
  }, [computing, refetch]);

  const entries = useMemo(() => (data ? entriesOf(data) : []), [data]);
  const undated = useMemo(() => {
    const campaigns = new Map(data?.campaigns.map((campaign) => [campaign.id, campaign]));
    return (data?.undated ?? []).map((item) => entryOf(item, campaigns));
  }, [data]);
  const hits = useMemo(() => {
    const people = new Map<string, number>();
    for (const pair of collisions.data?.collisions ?? [])
      for (const { id } of [pair.one, pair.other]) people.set(id, Math.max(people.get(id) ?? 0, pair.people));
    return people;
  }, [collisions.data]);

  const [moving, setMoving] = useState<Moving>();
  const [busy, setBusy] = useState(false);
  const wish = moving && !moving.preview && !moving.error ? moving : undefined;
  useEffect(() => {
    if (!wish) return;
    const stop = new AbortController();
    // One looks where one is for a moment, not at every day on the way there.
    const timer = setTimeout(async () => {
      const done = (part: Partial<Moving>) =>
        !stop.signal.aborted && setMoving((now) => (now?.move === wish.move ? { ...now, ...part } : now));
      try {
        const preview = await api.ask("post", "/calendar/moves/preview", { body: wish.move, signal: stop.signal });
        done({ preview });
      } catch (error) {
        done({ error });
      }
    }, SETTLE);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [api, wish]);

  /** Moves an entry back to where it stood, with all that went with it. */
  const takeBack = useCallback(
    async (entry: Entry, back: Move) => {
      try {
        const { fingerprint } = await api.ask("post", "/calendar/moves/preview", { body: back });
        await api.call("post", "/calendar/moves", { body: { ...back, fingerprint } });
      } catch (error) {
        setMoving({ entry, move: back, asked: true, error });
      }
    },
    [api],
  );

  const apply = useCallback(
    async ({ entry, move, preview }: Moving) => {
      if (!preview) return;
      setBusy(true);
      try {
        await api.call("post", "/calendar/moves", { body: { ...move, fingerprint: preview.fingerprint } });
        // Drawn where it goes until it is read from there, so that it does not jump back in between.
        await api.settled();
        setMoving(undefined);
        const back = backFrom(entry, move, timezone);
        const undo = back && { label: t("undo"), undo: true, act: () => void takeBack(entry, back) };
        say(t("moved", { name: entry.name }), undo && { action: undo });
      } catch (error) {
        const stale = error instanceof ApiError && error.code === "preview_stale";
        setMoving(stale ? { entry, move, asked: true, again: true } : { entry, move, preview, asked: true, error });
      } finally {
        setBusy(false);
      }
    },
    [api, t, takeBack, timezone],
  );

  // Let go, looked at, and nothing breaks: done.
  useEffect(() => {
    if (moving?.asked && moving.preview && !moving.again && !moving.error && !busy && harmless(moving.preview))
      void apply(moving);
  }, [moving, busy, apply]);

  const turn = (by: number) => setFrom(fromDay(first + by * steps[view]));
  return {
    may,
    view,
    setView,
    grouping: grouping as Grouping,
    setGrouping,
    filters,
    setFilters,
    /** Whether the workspace doesn't work on the day. */
    isFree: (day: number) => off.has(day) || !(data?.weekdays ?? [0, 1, 2, 3, 4]).includes(weekday(day)),
    /** The day that was asked for; what is shown begins at or before it. */
    anchor,
    first,
    days,
    today,
    turn,
    goTo: (day: number | null) => setFrom(day === null ? todayIso : fromDay(day)),
    query,
    data,
    entries,
    undated,
    collisions,
    hits,
    moving,
    busy,
    /** Thinks about having the entry begin on another day; looking ahead writes nothing. */
    think: (entry: Entry, day: number) =>
      setMoving((now) => {
        // What is drawn on another day already is still the one that came from its own.
        const from = now?.entry.key === entry.key ? now.entry : entry;
        return { entry: from, move: moveOf(from, day, today) };
      }),
    /** The same with something else about the move changed. */
    change: (part: Partial<Move>) =>
      setMoving((now) => now && { entry: now.entry, move: { ...now.move, ...part }, asked: now.asked }),
    /** Asks for a move of any kind, to be confirmed. */
    ask: (entry: Entry, move: Move) => setMoving({ entry, move, asked: true }),
    letGo: () => setMoving((now) => now && { ...now, asked: true }),
    discard: () => setMoving(undefined),
    apply: () => moving && void apply(moving),
  };
}

import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useState } from "react";

export interface Sort {
  by: string;
  down: boolean;
}
/** What a list page shows: words searched for, filters by their id, the order. All of it lives in the address. */
export interface ListState {
  q: string;
  filters: Record<string, string[]>;
  sort: Sort | undefined;
}

const FILTER = "f.";

/** Reads a list's state from the query part of the address: `?q=anna&f.status=new,won&sort=-created`. */
export function readListState(search: Record<string, unknown>): ListState {
  const filters: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(search)) {
    if (name.startsWith(FILTER) && value !== "")
      filters[name.slice(FILTER.length)] = String(value).split(",").map(decodeURIComponent);
  }
  const sort = typeof search.sort === "string" && search.sort ? search.sort : undefined;
  return {
    q: search.q === undefined ? "" : String(search.q),
    filters,
    sort: sort ? { by: sort.replace(/^-/, ""), down: sort.startsWith("-") } : undefined,
  };
}

/** The query part for a list's state; other parameters stay as they are. */
export function writeListState(search: Record<string, unknown>, state: ListState): Record<string, unknown> {
  const kept = Object.entries(search).filter(([name]) => !name.startsWith(FILTER) && name !== "q" && name !== "sort");
  const next: Record<string, unknown> = Object.fromEntries(kept);
  if (state.q) next.q = state.q;
  for (const [name, values] of Object.entries(state.filters)) {
    if (values.length) next[FILTER + name] = values.map(encodeURIComponent).join(",");
  }
  if (state.sort) next.sort = (state.sort.down ? "-" : "") + state.sort.by;
  return next;
}

/** The state of a list page, kept in the address so that reload, back and sharing a link all work. */
export function useListState(): [ListState, (change: Partial<ListState>) => void] {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const state = useMemo(() => readListState(search), [search]);
  const change = useCallback(
    (part: Partial<ListState>) => {
      void navigate({
        to: ".",
        search: ((now: Record<string, unknown>) => writeListState(now, { ...readListState(now), ...part })) as never,
        replace: true,
      });
    },
    [navigate],
  );
  return [state, change];
}

/** One parameter of the address. With `step` each value is a page of its own for Back, such as the open tab. */
export function useParam(name: string, fallback = "", step = false): [string, (value: string) => void] {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const value = search[name] === undefined ? fallback : String(search[name]);
  const set = useCallback(
    (next: string) => {
      void navigate({
        to: ".",
        search: ((now: Record<string, unknown>) => ({ ...now, [name]: next === fallback ? undefined : next })) as never,
        replace: !step,
      });
    },
    [navigate, name, fallback, step],
  );
  return [value, set];
}

/** A day in the address, such as `2026-12-01`; the fallback when there is none, or none that is in the calendar. */
export function useDayParam(name: string, fallback = ""): [string, (value: string) => void] {
  const [value, set] = useParam(name, fallback);
  const known = /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
  return [known ? value : fallback, set];
}

/** A dialog that a link may open (`?new=1`). The address forgets it at once: Back from elsewhere does not open it again. */
export function useOpening(name: string): [string, (value: string) => void] {
  const [asked, setAsked] = useParam(name);
  const [value, setValue] = useState(asked);
  useEffect(() => {
    if (!asked) return;
    setValue(asked);
    setAsked("");
  }, [asked, setAsked]);
  return [value, setValue];
}

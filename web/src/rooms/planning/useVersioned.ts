import { useCallback, useEffect, useRef, useState } from "react";
import { whenConnected } from "@/api/connection";
import { ApiError } from "@/api/errors";
import { keepWords, keptWords } from "@/lib/kept";

export interface Conflict<Draft> {
  /** What is stored now, and who stored it. */
  theirs: Draft;
  by: string;
  /** The fields in which theirs and mine differ. */
  fields: (keyof Draft)[];
}

export interface Versioned<Draft> {
  draft: Draft;
  /** Changes the draft; it is stored after a pause in typing, or at once. */
  change: (part: Partial<Draft>, now?: boolean) => void;
  /** Stores what is not stored yet. */
  flush: () => void;
  state: "saved" | "unsaved" | "saving" | "failed";
  error: unknown;
  conflict: Conflict<Draft> | undefined;
  takeTheirs: () => void;
  /** Stores what was changed here on top of theirs. */
  saveMine: () => void;
}

interface Options<Draft, Server> {
  server: Server;
  draftOf: (server: Server) => Draft;
  save: (draft: Draft, version: number) => Promise<Server>;
  load: () => Promise<Server>;
}

const PAUSE = 700;
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** What was not stored when the thing was last left. */
interface Kept<Draft> {
  draft: Draft;
  base: Draft;
  version: number;
}

/** Words that the server will not take, however often they are sent. */
const refused = (error: unknown) => error instanceof ApiError && [403, 404, 410].includes(error.status);

/** The fields of a draft that are not as they were. */
const changed = <Draft extends object>(draft: Draft, base: Draft) =>
  Object.fromEntries(Object.entries(draft).filter(([name, value]) => !same(value, base[name as keyof Draft])));

/**
 * Keeps a thing stored while it is edited. Each save names the version it is based on; when somebody else was faster
 * nothing is overwritten: other fields than theirs are stored on top, and of the same ones the conflict is shown and the
 * person decides.
 */
export function useVersioned<Draft extends object, Server extends { id: string; version: number; updated_by?: string }>(
  options: Options<Draft, Server>,
): Versioned<Draft> {
  const { server } = options;
  const latest = useRef(options);
  latest.current = options;
  const { id } = server;
  const [left] = useState(() => keptWords<Kept<Draft>>(id));
  const [view, setView] = useState(() => ({
    draft: { ...options.draftOf(server), ...left?.draft },
    state: (left ? "unsaved" : "saved") as Versioned<Draft>["state"],
    error: undefined as unknown,
    conflict: undefined as Conflict<Draft> | undefined,
  }));
  const work = useRef({
    draft: view.draft,
    base: left?.base ?? view.draft,
    version: left?.version ?? server.version,
    busy: false,
    timer: 0,
    held: false,
  });

  const show = useCallback(
    (part: Partial<typeof view>) => {
      const { draft, base, version } = work.current;
      keepWords(id, same(draft, base) || refused(part.error) ? undefined : { draft, base, version });
      setView((now) => ({ ...now, draft, ...part }));
    },
    [id],
  );

  const store = useCallback(async () => {
    const { current } = work;
    clearTimeout(current.timer);
    if (current.busy || current.held || same(current.draft, current.base)) {
      if (!current.busy && !current.held) show({ state: "saved", error: undefined });
      return;
    }
    current.busy = true;
    const sent = current.draft;
    show({ state: "saving" });
    try {
      const stored = await latest.current.save(sent, current.version);
      current.version = stored.version;
      current.base = latest.current.draftOf(stored);
      // What was typed while the request was on its way stays.
      current.draft = same(current.draft, sent) ? current.base : current.draft;
      current.busy = false;
      if (same(current.draft, current.base)) show({ state: "saved", error: undefined });
      else void store();
    } catch (error) {
      current.busy = false;
      if (!(error instanceof ApiError && error.code === "changed_meanwhile")) {
        show({ state: "failed", error });
        return;
      }
      try {
        const now = await latest.current.load();
        const theirs = latest.current.draftOf(now);
        current.version = now.version;
        const mine = changed(current.draft, current.base);
        const free = (name: string) =>
          [current.base, current.draft].some((one) => same(theirs[name as keyof Draft], one[name as keyof Draft]));
        if (Object.keys(mine).every(free)) {
          current.base = theirs;
          current.draft = { ...theirs, ...mine };
          void store();
          return;
        }
        const fields = (Object.keys(theirs) as (keyof Draft)[]).filter(
          (name) => !same(theirs[name], current.draft[name]),
        );
        current.held = true;
        show({ state: "failed", error: undefined, conflict: { theirs, by: now.updated_by ?? "", fields } });
      } catch (problem) {
        show({ state: "failed", error: problem });
      }
    }
  }, [show]);

  const change = useCallback(
    (part: Partial<Draft>, now = false) => {
      const { current } = work;
      current.draft = { ...current.draft, ...part };
      clearTimeout(current.timer);
      show({ state: "unsaved" });
      if (now) void store();
      else current.timer = window.setTimeout(() => void store(), PAUSE);
    },
    [show, store],
  );

  // Read again from the server while nothing waits here: show what is new.
  useEffect(() => {
    const { current } = work;
    if (current.busy || current.held || server.version <= current.version || !same(current.draft, current.base)) return;
    current.version = server.version;
    current.base = latest.current.draftOf(server);
    current.draft = current.base;
    show({});
  }, [server, show]);

  // Leaving the page stores what is still waiting; what could not be stored is tried again.
  useEffect(() => {
    if (left) void store();
    const end = whenConnected(() => void store());
    return () => {
      end();
      void store();
    };
  }, [store, left]);

  const settle = (draft: Draft, base: Draft) => {
    const { current } = work;
    current.held = false;
    current.draft = draft;
    current.base = base;
    show({ conflict: undefined, error: undefined, state: same(draft, base) ? "saved" : "unsaved" });
    void store();
  };
  return {
    ...view,
    change,
    flush: () => void store(),
    takeTheirs: () => view.conflict && settle(view.conflict.theirs, view.conflict.theirs),
    saveMine: () => {
      if (!view.conflict) return;
      const { draft, base } = work.current;
      settle({ ...view.conflict.theirs, ...changed(draft, base) }, view.conflict.theirs);
    },
  };
}

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { whenConnected } from "@/api/connection";
import type { Shape } from "@/api/schema";
import { keepWords, keptWords } from "@/lib/kept";

export type Passage = Shape<"PassageOut">;

/** Words that several people write, wherever they are kept. */
export interface Words {
  id: string;
  text: string;
  version: number;
}
export type Save = (body: Shape<"PassageSave">) => Promise<Shape<"PassageSaved">>;

const PAUSE = 700;

interface State {
  text: string;
  state: "saved" | "unsaved" | "saving" | "failed";
  error: unknown;
  /** Somebody else changed the same words: both stand in the text until it is changed again. */
  both: boolean;
}

/** What was not stored when the passage was last left. */
type Kept = Pick<Words, "text" | "version"> & { base: string };

/**
 * Keeps one passage stored while it is written. The server puts together what several people write at once; what
 * comes back is shown without moving the caret, and what was typed meanwhile is merged in turn.
 */
export function usePassage(passage: Words, field: RefObject<HTMLTextAreaElement | null>, save: Save) {
  const latest = useRef(save);
  latest.current = save;
  const name = useRef(`${location.pathname} ${passage.id}`).current;
  const [left] = useState(() => keptWords<Kept>(name));
  const [view, setView] = useState<State>({
    text: left?.text ?? passage.text,
    state: left ? "unsaved" : "saved",
    error: undefined,
    both: false,
  });
  // `base` is the text that what is on screen was changed from; `version` the newest one known.
  const work = useRef({
    text: view.text,
    base: left?.base ?? passage.text,
    version: left?.version ?? passage.version,
    busy: false,
    timer: 0,
  });
  const caret = useRef<number>(undefined);

  const show = useCallback(
    (part: Partial<State>) => {
      const { text, base, version } = work.current;
      keepWords(name, text === base ? undefined : { text, base, version });
      setView((now) => ({ ...now, text, ...part }));
    },
    [name],
  );

  /** Replaces what is on screen, keeping the caret beside the words it stood at. */
  const replace = useCallback(
    (text: string) => {
      const { current } = work;
      const at = field.current === document.activeElement ? field.current?.selectionStart : undefined;
      if (at !== undefined) caret.current = follow(current.text, text, at);
      current.text = text;
    },
    [field],
  );
  useLayoutEffect(() => {
    if (caret.current === undefined) return;
    field.current?.setSelectionRange(caret.current, caret.current);
    caret.current = undefined;
  });

  const store = useCallback(async () => {
    const { current } = work;
    clearTimeout(current.timer);
    if (current.busy || current.text === current.base) return;
    current.busy = true;
    const sent = current.text;
    show({ state: "saving" });
    try {
      const saved = await latest.current({ version: current.version, base: current.base, text: sent });
      current.version = saved.version;
      current.busy = false;
      if (current.text === sent) {
        replace(saved.text);
        current.base = saved.text;
        show({ state: "saved", error: undefined, both: saved.both });
      } else {
        current.base = sent;
        if (saved.both) show({ both: true });
        void store();
      }
    } catch (error) {
      current.busy = false;
      show({ state: "failed", error });
    }
  }, [replace, show]);

  const write = useCallback(
    (text: string) => {
      const { current } = work;
      current.text = text;
      clearTimeout(current.timer);
      current.timer = window.setTimeout(() => void store(), PAUSE);
      show({ state: "unsaved", both: false });
    },
    [show, store],
  );

  // What others wrote, while nothing of ours waits.
  useEffect(() => {
    const { current } = work;
    if (current.busy || current.text !== current.base || passage.version <= current.version) return;
    current.version = passage.version;
    current.base = passage.text;
    replace(passage.text);
    show({});
  }, [passage.version, passage.text, replace, show]);

  useEffect(() => {
    if (left) void store();
    const end = whenConnected(() => void store());
    return () => {
      end();
      void store();
    };
  }, [store, left]);
  return { ...view, write, flush: () => void store() };
}

/** Where a caret stands after `before` became `after`: beside the same words. */
export function follow(before: string, after: string, at: number): number {
  if (after.startsWith(before.slice(0, at))) return at;
  if (after.endsWith(before.slice(at))) return after.length - (before.length - at);
  return Math.min(at, after.length);
}

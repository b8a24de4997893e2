import { IconAlertTriangle, IconCircleCheck, IconX } from "@tabler/icons-react";
import { useEffect } from "react";
import type { ApiError } from "@/api/errors";
import { makeStore } from "@/api/store";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { sentenceOf } from "@/lib/problems";
import css from "./tray.module.css";
import { useT } from "./useT";

export interface Progress {
  state: "running" | "done" | "failed";
  done?: number;
  /** Without a total a count is shown in place of a percentage. */
  total?: number;
  /** One line: what is being done now, the result at the end, or what went wrong. */
  words?: string;
}

interface Work {
  id: string;
  title: string;
  /** Asks how far it is; called every second while the work runs. */
  look: () => Promise<Progress>;
  /** Where to look at it, inside the workspace. */
  to?: string;
  /** Called once when it has ended. */
  onEnd?: (progress: Progress) => void;
}

const works = makeStore<(Work & { progress: Progress })[]>([]);

/** Puts long work into the tray at the foot: it can be left alone, and its result stays until it is put away. */
export function follow(work: Work) {
  works.set((all) => [...all.filter(({ id }) => id !== work.id), { ...work, progress: { state: "running" } }]);
}

const putAway = (id: string) => works.set((all) => all.filter((work) => work.id !== id));

/** The tray; the shell shows it once. */
export function Tray() {
  const t = useT();
  const format = useFormat();
  const all = works.use();
  const running = all.some(({ progress }) => progress.state === "running");
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => {
      for (const work of works.get().filter(({ progress }) => progress.state === "running")) {
        work
          .look()
          .then((progress) => {
            works.set((now) => now.map((one) => (one.id === work.id ? { ...one, progress } : one)));
            if (progress.state !== "running") work.onEnd?.(progress);
          })
          .catch(() => {
            // One look that fails is not an end; the next one asks again.
          });
      }
    }, 1000);
    return () => clearInterval(timer);
  }, [running]);
  if (!all.length) return null;
  return (
    <section className={css.tray} aria-label={t("tray")}>
      {all.map(({ id, title, to, progress: { state, done, total, words } }) => {
        const share = total && done !== undefined ? Math.min(done / total, 1) : undefined;
        const far = share !== undefined ? format.percent(share, 0) : done !== undefined ? format.number(done) : "";
        return (
          <div key={id} className={css.work} data-state={state}>
            {state === "done" && <IconCircleCheck size={16} />}
            {state === "failed" && <IconAlertTriangle size={16} />}
            <div className={css.words} role="status">
              <span className={css.title}>{to ? <A to={to}>{title}</A> : title}</span>
              <span className={css.line}>
                {state === "running" && <span className="g-num">{far} </span>}
                {words ?? (state === "running" ? "" : t(`tray.${state}`))}
              </span>
            </div>
            {state === "running" ? (
              <progress value={share} max={1} aria-label={title} />
            ) : (
              <button type="button" aria-label={t("tray.away", { title })} onClick={() => putAway(id)}>
                <IconX size={14} />
              </button>
            )}
          </div>
        );
      })}
    </section>
  );
}

interface Toast {
  id: number;
  words: string;
  tone?: "bad";
  /** undo: it takes back what was done, so that Ctrl+Z does it too. */
  action?: { label: string; act: () => void; undo?: boolean };
}

const toasts = makeStore<Toast[]>([]);
let count = 0;

const drop = (id: number) => toasts.set((all) => all.filter((toast) => toast.id !== id));

/**
 * A short word on what has just happened, with at most one action ("Undo"); it goes by itself. With an action it stays
 * half a minute, and as long as somebody is at it or looks at another window.
 */
export function say(words: string, options: Omit<Toast, "id" | "words"> = {}) {
  const id = ++count;
  toasts.set((all) => [...all.slice(-2), { id, words, ...options }]);
  let left = options.action ? 30 : 5;
  const timer = setInterval(() => {
    if (held || document.hidden) return;
    left -= 1;
    if (left > 0) return;
    clearInterval(timer);
    drop(id);
  }, 1000);
}

/** Says what the API refused, in the reader's language. */
export const sayRefused = (error: ApiError): void => {
  void sentenceOf(error).then((words) => say(words, { tone: "bad" }));
};

/** Whether the pointer or the focus is in the toasts. */
let held = false;

/** Takes back what was done last, if that can still be taken back. */
function undoLast(event: KeyboardEvent) {
  if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
  const at = event.target as HTMLElement | null;
  if (event.defaultPrevented || at?.closest("input, textarea, [contenteditable=true]")) return;
  const last = toasts.get().findLast(({ action }) => action?.undo);
  if (!last) return;
  event.preventDefault();
  drop(last.id);
  last.action?.act();
}

/** Where toasts appear; the shell shows it once. */
export function Toasts() {
  const t = useT();
  useEffect(() => {
    window.addEventListener("keydown", undoLast);
    return () => window.removeEventListener("keydown", undoLast);
  }, []);
  const hold = (is: boolean) => () => {
    held = is;
  };
  return (
    <div
      className={css.toasts}
      role="status"
      aria-live="polite"
      onMouseEnter={hold(true)}
      onMouseLeave={hold(false)}
      onFocus={hold(true)}
      onBlur={hold(false)}
    >
      {toasts.use().map(({ id, words, tone, action }) => (
        <div key={id} className={css.toast} data-tone={tone}>
          {words}
          {action && (
            <button
              type="button"
              onClick={() => {
                held = false;
                drop(id);
                action.act();
              }}
            >
              {action.label}
            </button>
          )}
          {action && (
            <button
              type="button"
              data-close
              aria-label={t("tray.away", { title: words })}
              onClick={() => {
                held = false;
                drop(id);
              }}
            >
              <IconX size={14} />
            </button>
          )}
        </div>
      ))}
    </div>
  );
}

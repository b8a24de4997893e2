import { IconAlertTriangle, IconCircleCheck, IconX } from "@tabler/icons-react";
import { useEffect } from "react";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { makeStore } from "@/lib/store";
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
  action?: { label: string; act: () => void };
}

const toasts = makeStore<Toast[]>([]);
let count = 0;

/** A short word on what has just happened, with at most one action ("Undo"); it goes by itself. */
export function say(words: string, options: Omit<Toast, "id" | "words"> = {}) {
  const id = ++count;
  toasts.set((all) => [...all.slice(-2), { id, words, ...options }]);
  setTimeout(() => toasts.set((all) => all.filter((toast) => toast.id !== id)), options.action ? 9000 : 5000);
}

/** Where toasts appear; the shell shows it once. */
export function Toasts() {
  return (
    <div className={css.toasts} role="status" aria-live="polite">
      {toasts.use().map(({ id, words, tone, action }) => (
        <div key={id} className={css.toast} data-tone={tone}>
          {words}
          {action && (
            <button
              type="button"
              onClick={() => {
                toasts.set((all) => all.filter((toast) => toast.id !== id));
                action.act();
              }}
            >
              {action.label}
            </button>
          )}
        </div>
      ))}
    </div>
  );
}

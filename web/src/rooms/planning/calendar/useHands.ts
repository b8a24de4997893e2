import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from "react";
import type { Entry } from "./model";
import type { CalendarState } from "./useCalendar";

const FAR = 5;

/**
 * Dragging entries to other days, and the same by keys: arrows go from entry to entry, M takes one up, arrows then move it
 * by a day or a week, Enter lets go, Escape puts it back. Days are the elements with `data-day`, entries `data-entry`.
 */
export function useHands(
  calendar: CalendarState,
  onOpen: (entry: Entry) => void,
  colourOf: (entry: Entry) => number | undefined,
) {
  const drag = useRef<{ entry: Entry; x: number; y: number; grip: number; going: boolean }>(undefined);
  const { moving, may, today } = calendar;
  const moves = (entry: Entry) => may && entry.movable;
  const held = moving && !moving.asked ? moving.entry.key : undefined;
  const startOf = (entry: Entry) => {
    const day = moving?.entry.key === entry.key && moving.move.day;
    return day
      ? Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000)
      : Number.isNaN(entry.first)
        ? today
        : entry.first;
  };

  // On another week an entry is another element: what was in hand stays in hand, and is there again when all is settled.
  const last = useRef<string>(undefined);
  useEffect(() => {
    if (moving) last.current = moving.entry.key;
    if (last.current && document.activeElement === document.body)
      document.querySelector<HTMLElement>(`[data-entry="${last.current}"]`)?.focus({ preventScroll: true });
    if (!moving) last.current = undefined;
  }, [moving]);

  const onPointerDown = (entry: Entry) => (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0 || !moves(entry) || event.pointerType === "touch") return;
    const under = dayAt(event.clientX, event.clientY);
    const grip = under === undefined || Number.isNaN(entry.first) ? 0 : under - entry.first;
    drag.current = { entry, x: event.clientX, y: event.clientY, grip, going: false };
  };
  const onPointerMove = (event: globalThis.PointerEvent) => {
    const now = drag.current;
    if (!now) return;
    if (event.buttons === 0) return putDown();
    if (!now.going && Math.hypot(event.clientX - now.x, event.clientY - now.y) < FAR) return;
    now.going = true;
    const day = dayAt(event.clientX, event.clientY);
    if (day !== undefined && (day - now.grip !== startOf(now.entry) || !moving))
      calendar.think(now.entry, day - now.grip);
  };
  const putDown = () => {
    if (drag.current?.going) calendar.discard();
    drag.current = undefined;
  };
  const onPointerUp = () => {
    const now = drag.current;
    drag.current = undefined;
    if (!now?.going) return;
    // The click that follows a drag is none.
    const ignore = (click: Event) => click.stopPropagation();
    window.addEventListener("click", ignore, { capture: true });
    setTimeout(() => window.removeEventListener("click", ignore, { capture: true }));
    if (moving && startOf(now.entry) !== now.entry.first) calendar.letGo();
    else calendar.discard();
  };

  // The whole window listens: the element that was taken up may be drawn anew on another week meanwhile.
  const dragging = useRef({ onPointerMove, onPointerUp, putDown });
  dragging.current = { onPointerMove, onPointerUp, putDown };
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    window.addEventListener("pointermove", (event) => dragging.current.onPointerMove(event), { signal });
    window.addEventListener("pointerup", () => dragging.current.onPointerUp(), { signal });
    window.addEventListener("pointercancel", () => dragging.current.putDown(), { signal });
    return () => stop.abort();
  }, []);

  const onKeyDown = (entry: Entry) => (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    if (held === entry.key) {
      if (step) calendar.think(entry, startOf(entry) + step);
      else if (event.key === "Enter") calendar.letGo();
      else if (event.key === "Escape" || event.key.toLowerCase() === "m") calendar.discard();
      else return;
    } else if (event.key.toLowerCase() === "m" && !event.metaKey && !event.ctrlKey && moves(entry)) {
      calendar.think(entry, Number.isNaN(entry.first) ? today + 1 : entry.first);
    } else if (event.key === "Enter") onOpen(entry);
    else if (step) focusNear(event.currentTarget, event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return {
    held,
    /** What a button that stands for an entry needs. */
    of: (entry: Entry) => ({
      "data-entry": entry.key,
      "data-colour": colourOf(entry),
      "data-held": held === entry.key || undefined,
      "data-moves": moves(entry) || undefined,
      onPointerDown: onPointerDown(entry),
      onKeyDown: onKeyDown(entry),
      onClick: () => onOpen(entry),
    }),
  };
}

export type Hands = ReturnType<typeof useHands>;

function dayAt(x: number, y: number): number | undefined {
  for (const element of document.elementsFromPoint(x, y)) {
    const day = (element as HTMLElement).dataset?.day;
    if (day !== undefined) return Number(day);
  }
  return undefined;
}

/** The nearest entry in the direction of an arrow, by where they are on screen. */
function focusNear(from: HTMLElement, key: string) {
  const here = from.getBoundingClientRect();
  const across = key === "ArrowLeft" || key === "ArrowRight";
  const sign = key === "ArrowRight" || key === "ArrowDown" ? 1 : -1;
  let best: HTMLElement | undefined;
  let least = Number.POSITIVE_INFINITY;
  const root = from.closest("[data-calendar]") ?? document;
  for (const element of root.querySelectorAll<HTMLElement>("[data-entry]")) {
    if (element === from) continue;
    const box = element.getBoundingClientRect();
    const along = across ? (box.left - here.left) * sign : (box.top - here.top) * sign;
    if (along <= 1) continue;
    const aside = across ? Math.abs(box.top - here.top) : Math.abs(box.left - here.left);
    const far = along + aside * 3;
    if (far < least) {
      least = far;
      best = element;
    }
  }
  best?.focus();
}

/** Shows entries where they stand, once they are drawn: brings them into sight and lets them light up. */
export function lightUp(keys: string[], tries = 40) {
  const found = keys.flatMap((key) => [...document.querySelectorAll<HTMLElement>(`[data-entry="${CSS.escape(key)}"]`)]);
  if (!found.length) {
    if (tries > 0) requestAnimationFrame(() => setTimeout(() => lightUp(keys, tries - 1), 50));
    return;
  }
  found[0]?.scrollIntoView({ block: "center", behavior: "smooth" });
  found[0]?.focus({ preventScroll: true });
  const glow = "0 0 0 3px var(--g-amber)";
  for (const one of found) one.animate([{ boxShadow: glow }, { boxShadow: glow }, { boxShadow: "none" }], 2400);
}

import { type PointerEvent, useCallback, useMemo, useRef, useState } from "react";
import type { Plan } from "./useTimeline";

interface Drawing {
  from: string;
  /** Where the arrow begins and where the hand is, in the chart; nothing while it is drawn by keys. */
  at?: { x1: number; y1: number; x2: number; y2: number };
  /** The task under the hand. */
  over?: string;
}

export type LinkHands = ReturnType<typeof useLinking>["hands"];

/**
 * Drawing an arrow from a task to one that waits for its end: from the dot behind its bar with a pointer, or L on the bar,
 * arrow keys to the other one and Enter.
 */
export function useLinking(plan: Plan) {
  const [drawing, setDrawing] = useState<Drawing>();
  const latest = useRef({ plan, drawing });
  latest.current = { plan, drawing };

  const begin = useCallback((from: string) => setDrawing({ from }), []);
  const stop = useCallback(() => setDrawing(undefined), []);
  /** Ends at a task; false when no arrow was being drawn. */
  const end = useCallback((successor_id: string | undefined): boolean => {
    const { plan, drawing } = latest.current;
    if (!drawing) return false;
    setDrawing(undefined);
    const predecessor_id = drawing.from;
    if (successor_id && successor_id !== predecessor_id)
      void plan.propose([{ op: "link", predecessor_id, successor_id, kind: "fs", lag_days: 0 }]);
    return true;
  }, []);
  const hold = useCallback((from: string, event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    const { x, y } = within(event);
    setDrawing({ from, at: { x1: x, y1: y, x2: x, y2: y } });
  }, []);
  const drag = useCallback((event: PointerEvent<HTMLElement>) => {
    const now = latest.current.drawing;
    if (!now?.at) return;
    const { x, y } = within(event);
    const over = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>("[data-row]");
    setDrawing({ ...now, at: { ...now.at, x2: x, y2: y }, over: over?.dataset.row });
  }, []);
  const drop = useCallback(() => void end(latest.current.drawing?.over), [end]);
  const hands = useMemo(() => ({ begin, stop, end, hold, drag, drop }), [begin, stop, end, hold, drag, drop]);
  return { drawing, hands };
}

/** Where a pointer is, counted from the corner of the chart's canvas. */
function within(event: PointerEvent<HTMLElement>) {
  const box = event.currentTarget.closest("[data-canvas]")?.getBoundingClientRect();
  return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
}

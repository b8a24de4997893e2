/** A goal as its bar needs it: from where the way is counted (null: not known) to where it should get. */
export interface Way {
  start: number | null;
  target: number;
}

/**
 * Where values stand on a goal's bar, in parts of its width. The bar goes from the goal's start to its target, the same
 * way as the share in reports, and beyond as far as one of `values` lies; without a known start it begins at nought.
 */
export function barOf({ start, target }: Way, values: number[]): (value: number) => number {
  const from = start ?? 0;
  const whole = target - from || 1;
  const way = (value: number) => (value - from) / whole;
  const places = [0, 1, ...values.map(way)];
  const low = Math.min(...places);
  const wide = (Math.max(...places) - low) * 1.04;
  return (value) => (way(value) - low) / wide;
}

/** The piece of the bar between the start and the present value, as a style; `back`: it leads away from the target. */
export function filled(way: Way, bar: (value: number) => number, now: number) {
  const ends = [bar(way.start ?? 0), bar(now)].sort((a, b) => a - b) as [number, number];
  return {
    back: way.start === null ? now > way.target : bar(now) < bar(way.start),
    style: { left: part(ends[0]), width: part(ends[1] - ends[0]) },
  };
}

/** A part of one as CSS has it. */
export const part = (share: number) => `${Math.round(share * 10000) / 100}%`;

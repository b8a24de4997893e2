const DAY = 86_400_000;

/** Whole days until the deadline's own day: 0 on that day, negative after it. */
export function daysLeft(deadline: string, today: Date): number {
  return Math.ceil((Date.parse(`${deadline}T00:00:00Z`) + DAY - today.getTime()) / DAY) - 1;
}

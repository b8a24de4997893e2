import type { Campaign } from "../words";

type Goal = NonNullable<Campaign["goal"]>;
const DAY = 86_400_000;
const midnight = (iso: string) => Date.parse(`${iso}T00:00:00Z`);

/** Whole days until the deadline's own day: 0 on that day, negative after it. */
export function daysLeft(deadline: string, today: Date): number {
  return Math.ceil((midnight(deadline) + DAY - today.getTime()) / DAY) - 1;
}

/**
 * Where a sum should be today if it grows evenly from the campaign's first day to the deadline. Rates don't grow with
 * time, and without a first day or before it nothing can be expected.
 */
export function expectedBy(
  campaign: Pick<Campaign, "starts_on">,
  goal: Pick<Goal, "metric" | "target" | "deadline" | "unit">,
  today: Date,
): number | undefined {
  const sums = ["conversions", "revenue", "clickers", "delivered"];
  if (!campaign.starts_on || !sums.includes(goal.metric)) return undefined;
  const from = midnight(campaign.starts_on);
  const until = midnight(goal.deadline) + DAY;
  const part = (today.getTime() - from) / (until - from);
  if (part <= 0 || part >= 1 || until <= from) return undefined;
  // Nobody expects cents.
  const step = goal.unit === "money" ? 100 : 1;
  return Math.round((goal.target * part) / step) * step;
}

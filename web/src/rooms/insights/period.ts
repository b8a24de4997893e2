export const periods = ["30", "90", "year", "365"] as const;
export type Period = (typeof periods)[number];

/** The days of a period that ends today, "2026-11-29" by the workspace's clock. */
export function daysOf(period: Period, today: string): { first: string; last: string } {
  if (period === "year") return { first: `${today.slice(0, 4)}-01-01`, last: today };
  const first = new Date(`${today}T00:00:00Z`);
  first.setUTCDate(first.getUTCDate() - Number(period) + 1);
  return { first: first.toISOString().slice(0, 10), last: today };
}

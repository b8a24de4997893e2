import { instantToWall } from "@/lib/zones";

const DAY = 86_400_000;
const at = (day: string) => Date.parse(`${day}T00:00:00Z`);
const dayOf = (instant: number) => new Date(instant).toISOString().slice(0, 10);

/** The calendar day it is now in a zone. */
export const todayIn = (zone: string, now = new Date()) => instantToWall(now.toISOString(), zone).slice(0, 10);

export const plusDays = (day: string, days: number) => dayOf(at(day) + days * DAY);

/** Monday to Sunday, or the first to the last day of the quarter that a day lies in. */
export function periodOf(kind: "week" | "quarter", day: string): { from: string; to: string } {
  if (kind === "week") {
    const from = plusDays(day, -((new Date(at(day)).getUTCDay() + 6) % 7));
    return { from, to: plusDays(from, 6) };
  }
  const [year, month] = day.split("-").map(Number) as [number, number];
  const first = Math.floor((month - 1) / 3) * 3;
  return { from: dayOf(Date.UTC(year, first, 1)), to: dayOf(Date.UTC(year, first + 3, 0)) };
}

/** A day in the period before or after. */
export function stepped(kind: "week" | "quarter", day: string, step: 1 | -1): string {
  const { from, to } = periodOf(kind, day);
  return step === 1 ? plusDays(to, 1) : plusDays(from, -1);
}

/** The week's number by ISO 8601. */
export function weekOf(day: string): number {
  const thursday = at(plusDays(periodOf("week", day).from, 3));
  const year = new Date(thursday).getUTCFullYear();
  return 1 + Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * DAY));
}

export const quarterOf = (day: string) => Math.floor((Number(day.slice(5, 7)) - 1) / 3) + 1;

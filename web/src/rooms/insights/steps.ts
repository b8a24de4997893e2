export type StepName = "minute" | "hour" | "day";
const milliseconds: Record<StepName, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * What happened, with zeros where nothing did: steps without anything are left out by the API, and a line needs them.
 * `x` is the step's beginning; of a day it is the date in the zone ("2026-11-24"), since a day may have 23 to 25 hours.
 */
export function everyStep<T extends object>(
  moments: (T & { at: string })[],
  step: StepName,
  zone: string,
  zero: T,
): (T & { x: string })[] {
  const days = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  const nameOf = (at: string | number) => (step === "day" ? days.format(new Date(at)) : new Date(at).toISOString());
  const known = new Map(moments.map(({ at, ...counts }) => [nameOf(at), counts as T]));
  const names = [...known.keys()].sort();
  const first = names[0];
  const last = names.at(-1);
  const filled: (T & { x: string })[] = [];
  if (!first || !last) return filled;
  // A date alone is read as midnight of UTC, where every day has the same length.
  for (let at = Date.parse(first); at <= Date.parse(last) && filled.length < 2000; at += milliseconds[step]) {
    const iso = new Date(at).toISOString();
    const x = step === "day" ? iso.slice(0, 10) : iso;
    filled.push({ ...zero, ...known.get(x), x });
  }
  return filled;
}

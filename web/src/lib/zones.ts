import { keep } from "./keep";

/** What reads a zone's wall clock; made once, since making one takes longer than a hundred readings. */
function clockOf(timezone: string): Intl.DateTimeFormat {
  return keep(
    `clock ${timezone}`,
    () =>
      new Intl.DateTimeFormat("en-US", {
        timeZone: timezone,
        hourCycle: "h23",
        year: "numeric",
        month: "numeric",
        day: "numeric",
        hour: "numeric",
        minute: "numeric",
        second: "numeric",
      }),
  );
}

/** Milliseconds that a zone is ahead of UTC at an instant. */
function offset(instant: number, timezone: string): number {
  const parts = clockOf(timezone).formatToParts(instant);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const wall = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return wall - Math.floor(instant / 1000) * 1000;
}

/** "2026-11-24 09:30" on the wall of a zone → the instant, as ISO 8601 with Z. A time skipped in spring moves forward. */
export function wallToInstant(wall: string, timezone: string): string {
  const asUtc = Date.parse(`${wall.trim().replace(" ", "T")}${wall.length === 10 ? "T00:00" : ""}Z`);
  const guess = asUtc - offset(asUtc, timezone);
  return new Date(asUtc - offset(guess, timezone)).toISOString();
}

/** The instant → "2026-11-24 09:30:00" on the wall of a zone. */
export function instantToWall(instant: string, timezone: string): string {
  const at = Date.parse(instant);
  return new Date(at + offset(at, timezone)).toISOString().slice(0, 19).replace("T", " ");
}

/** All zones the browser knows, the person's own first. */
export function allZones(): string[] {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = Intl.supportedValuesOf("timeZone");
  return [...new Set([own, "UTC", ...zones])];
}

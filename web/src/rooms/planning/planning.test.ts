import { describe, expect, it } from "vitest";
import { daysLeft } from "./goals/days";

describe("the days that are left", () => {
  it.each([
    ["2026-11-29T12:00:00Z", 1],
    ["2026-11-30T00:00:01Z", 0],
    ["2026-11-30T23:00:00Z", 0],
    ["2026-12-01T08:00:00Z", -1],
  ])("at %s are %i", (now, days) => {
    expect(daysLeft("2026-11-30", new Date(now))).toBe(days);
  });
});

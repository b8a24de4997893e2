import { describe, expect, it } from "vitest";
import { daysLeft, expectedBy } from "./campaigns/expected";

const goal = { metric: "revenue", unit: "money", target: 1_000_000, deadline: "2026-11-30" } as const;
const campaign = { starts_on: "2026-11-01" };

describe("where a goal should be today", () => {
  it("grows evenly from the first day to the end of the deadline", () => {
    expect(expectedBy(campaign, goal, new Date("2026-11-16T00:00:00Z"))).toBe(500_000);
    expect(
      expectedBy(
        campaign,
        { ...goal, metric: "conversions", unit: "count", target: 300 },
        new Date("2026-11-11T00:00:00Z"),
      ),
    ).toBe(100);
  });
  it("is unknown for rates, before the start, after the deadline and without a first day", () => {
    expect(
      expectedBy(campaign, { ...goal, metric: "click_rate", unit: "share", target: 0.05 }, new Date("2026-11-16")),
    ).toBeUndefined();
    expect(expectedBy(campaign, goal, new Date("2026-10-31"))).toBeUndefined();
    expect(expectedBy(campaign, goal, new Date("2026-12-02"))).toBeUndefined();
    expect(expectedBy({ starts_on: null }, goal, new Date("2026-11-16"))).toBeUndefined();
  });
});

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

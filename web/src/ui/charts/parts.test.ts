import { describe, expect, it } from "vitest";
import { alone, apart, sameYear } from "./parts";

const series = ["opened", "clicked", "band"].map((key) => ({ key, label: key, band: key === "band" }));

describe("names at the end of lines", () => {
  it("lifts the second of two that end at the same height, and leaves those that are far apart", () => {
    expect(apart([{ opened: 4 }, { opened: 0, clicked: 0, band: [0, 9] }], series, 260)).toEqual({
      opened: 7.5,
      clicked: 22.5,
    });
    expect(apart([{ opened: 4, clicked: 2 }], series, 260)).toEqual({ clicked: 0, opened: 0 });
  });
  it("keeps every name above the line below the chart", () => {
    expect(apart([{ opened: 4, clicked: 0 }], series, 260)).toEqual({ clicked: 7.5, opened: 0 });
  });
  it("sinks those that would rise out of the chart, and parts only those that end at the same point", () => {
    expect(apart([{ opened: 4, clicked: 4 }], series, 260)).toEqual({ opened: -15, clicked: 0 });
    expect(apart([{ opened: 4, clicked: 4 }, { opened: 4 }], series, 260)).toEqual({ opened: 0, clicked: 0 });
  });
});

describe("points and days", () => {
  const points = [{ x: "2026-12-30", spent: 80 }, { x: "2026-12-31" }, { x: "2027-01-01", spent: 0 }];
  it("knows points that no line would show, zero among them", () => {
    expect(points.map((_, at) => alone(points, "spent", at))).toEqual([true, false, true]);
    expect(alone([{ spent: 1 }, { spent: 2 }], "spent", 0)).toBe(false);
  });
  it("leaves the year out where it is the same", () => {
    expect([sameYear(points), sameYear(points.slice(0, 2)), sameYear([])]).toEqual([false, true, true]);
  });
});

import { describe, expect, it } from "vitest";
import { barOf, filled } from "./way";

const rate = { start: 0.05, target: 0.08 };

describe("a goal's bar", () => {
  it("counts from the start, as the share in the report does", () => {
    const bar = barOf(rate, [0.06]);
    const share = (0.06 - 0.05) / (0.08 - 0.05);
    expect(bar(0.05)).toBe(0);
    expect(bar(0.06) / bar(0.08)).toBeCloseTo(share);
    expect(filled(rate, bar, 0.06)).toMatchObject({ back: false, style: { left: "0%" } });
  });
  it("goes down where less is better", () => {
    const way = { start: 1200, target: 800 };
    const bar = barOf(way, [1000]);
    expect(bar(1000) / bar(800)).toBeCloseTo(0.5);
    expect(filled(way, bar, 1000).back).toBe(false);
  });
  it("shows what is beyond the target, and what went back", () => {
    expect(barOf(rate, [0.11])(0.11)).toBeGreaterThan(barOf(rate, [0.11])(0.08));
    const bar = barOf(rate, [0.04]);
    expect(filled(rate, bar, 0.04)).toMatchObject({ back: true, style: { left: "0%" } });
    expect(bar(0.05)).toBeGreaterThan(0);
  });
  it("begins at nought where nobody knows the start, and is over above what is allowed", () => {
    const way = { start: null, target: 800 };
    const bar = barOf(way, [1000]);
    expect(bar(0)).toBe(0);
    expect(filled(way, bar, 1000).back).toBe(true);
    expect(filled(way, bar, 700).back).toBe(false);
  });
});

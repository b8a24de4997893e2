import { describe, expect, it } from "vitest";
import { beside, enough, neededPeople } from "./feasibility";

const rate = { low: 0.02, usual: 0.05, high: 0.1 };

describe("how many people a target needs", () => {
  it("is the target by what one person brings, in whole people", () => {
    expect(neededPeople(570, rate)).toEqual({ usual: 11_400, least: 5_700, most: 28_500 });
    expect(neededPeople(1, { low: 0.3, usual: 0.3, high: 0.3 }).usual).toBe(4);
    expect(neededPeople(3, { low: 0.1, usual: 0.1, high: 0.1 }).usual).toBe(30);
  });
  it("is unknown at a rate of nothing", () => {
    expect(neededPeople(10, { low: 0, usual: 0, high: 0.5 })).toEqual({ usual: undefined, least: 20, most: undefined });
  });
  it("is compared with those who can be reached", () => {
    const needed = neededPeople(570, rate);
    expect(enough(30_000, needed)).toBe("yes");
    expect(enough(12_000, needed)).toBe("usually");
    expect(enough(6_000, needed)).toBe("hardly");
    expect(enough(3_100, needed)).toBe("no");
  });
});

describe("a rate beside those of the past", () => {
  it("is told by which way is better", () => {
    expect(beside(0.2, rate, false)).toBe("beyond");
    expect(beside(0.07, rate, false)).toBe("ambitious");
    expect(beside(0.05, rate, false)).toBe("usual");
    expect(beside(0.01, rate, true)).toBe("beyond");
    expect(beside(0.07, rate, true)).toBe("usual");
  });
});

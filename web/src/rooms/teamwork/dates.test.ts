import { describe, expect, it } from "vitest";
import { periodOf, quarterOf, stepped, todayIn, weekOf } from "./dates";

describe("the period of a review", () => {
  it("is Monday to Sunday, over months and years", () => {
    expect(periodOf("week", "2026-11-22")).toEqual({ from: "2026-11-16", to: "2026-11-22" });
    expect(periodOf("week", "2026-11-16")).toEqual({ from: "2026-11-16", to: "2026-11-22" });
    expect(periodOf("week", "2027-01-01")).toEqual({ from: "2026-12-28", to: "2027-01-03" });
    expect(stepped("week", "2026-11-18", 1)).toBe("2026-11-23");
    expect(stepped("week", "2026-11-18", -1)).toBe("2026-11-15");
  });

  it("is a quarter from its first to its last day", () => {
    expect(periodOf("quarter", "2028-02-29")).toEqual({ from: "2028-01-01", to: "2028-03-31" });
    expect(periodOf("quarter", "2026-12-31")).toEqual({ from: "2026-10-01", to: "2026-12-31" });
    expect(stepped("quarter", "2026-12-31", 1)).toBe("2027-01-01");
    expect(quarterOf("2026-07-01")).toBe(3);
  });

  it("has the number of ISO 8601", () => {
    expect(weekOf("2026-01-01")).toBe(1);
    expect(weekOf("2027-01-01")).toBe(53);
    expect(weekOf("2026-11-22")).toBe(47);
  });

  it("begins with the day of the workspace's zone", () => {
    const late = new Date("2026-11-22T23:30:00Z");
    expect(todayIn("Europe/Stockholm", late)).toBe("2026-11-23");
    expect(todayIn("America/New_York", late)).toBe("2026-11-22");
  });
});

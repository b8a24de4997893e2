import { describe, expect, it } from "vitest";
import { everyStep } from "./steps";

describe("a time series", () => {
  it("has every day of the zone once, over the end of summer time too", () => {
    const moments = [
      { at: "2026-10-23T22:00:00Z", clicks: 3 },
      { at: "2026-10-25T23:00:00Z", clicks: 4 },
    ];
    expect(everyStep(moments, "day", "Europe/Paris", { clicks: 0 })).toEqual([
      { x: "2026-10-24", clicks: 3 },
      { x: "2026-10-25", clicks: 0 },
      { x: "2026-10-26", clicks: 4 },
    ]);
  });
  it("has every hour of a zone whose hours begin at half past", () => {
    const moments = [
      { at: "2026-10-24T18:30:00Z", clicks: 1 },
      { at: "2026-10-24T20:30:00Z", clicks: 2 },
    ];
    const shown = everyStep(moments, "hour", "Asia/Kolkata", { clicks: 0 });
    expect(shown.map(({ clicks }) => clicks)).toEqual([1, 0, 2]);
    expect(shown[0]?.x).toBe("2026-10-24T18:30:00.000Z");
  });
});

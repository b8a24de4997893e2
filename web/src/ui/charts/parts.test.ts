import { describe, expect, it } from "vitest";
import { apart } from "./parts";

const series = ["opened", "clicked", "band"].map((key) => ({ key, label: key, band: key === "band" }));

describe("names at the end of lines", () => {
  it("lifts the second of two that end at the same height, and leaves those that are far apart", () => {
    expect(apart([{ opened: 4 }, { opened: 0, clicked: 0, band: [0, 9] }], series, 260)).toEqual({
      opened: 0,
      clicked: 15,
    });
    expect(apart([{ opened: 4, clicked: 0 }], series, 260)).toEqual({ clicked: 0, opened: 0 });
  });
  it("sinks those that would rise out of the chart, and parts only those that end at the same point", () => {
    expect(apart([{ opened: 4, clicked: 4 }], series, 260)).toEqual({ opened: -15, clicked: 0 });
    expect(apart([{ opened: 4, clicked: 4 }, { opened: 4 }], series, 260)).toEqual({ opened: 0, clicked: 0 });
  });
});

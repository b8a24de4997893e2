import { expect, it } from "vitest";
import { daysOf } from "./period";

it("ends today and has as many days as it says", () => {
  expect(daysOf("30", "2026-03-01")).toEqual({ first: "2026-01-31", last: "2026-03-01" });
  expect(daysOf("year", "2026-03-01")).toEqual({ first: "2026-01-01", last: "2026-03-01" });
  expect(daysOf("365", "2024-12-31")).toEqual({ first: "2024-01-02", last: "2024-12-31" });
});

import { describe, expect, it } from "vitest";
import type { CampaignReport } from "@/rooms/insights/report";
import { proposals, type Retrospective } from "./proposals";

const facts: Retrospective["facts"] = {
  currency: "EUR",
  planned_minor: 1000,
  spent_minor: 1050,
  tasks: 3,
  tasks_done: 3,
  baselined: 3,
  late: 0,
  slip_days: 0,
  ends_on: null,
  latest: [],
};
const touchpoint = (name: string, click: number, base = 500) => ({
  id: name,
  name,
  figures: { click_rate: { value: click, base, missing: null } },
});
const report = (values: object) => ({ goal: null, touchpoints: [], ...values }) as unknown as CampaignReport;
const ids = (...values: Parameters<typeof proposals>) => proposals(...values).map(({ id }) => id);

describe("what the numbers suggest", () => {
  it("says nothing of what went about as planned", () => {
    expect(ids("c", facts, undefined)).toEqual([]);
    expect(ids("c", facts, report({ touchpoints: [touchpoint("one", 0.1)] }))).toEqual([]);
  });

  it("says how far from its target the goal ended", () => {
    const goal = { metric: "conversions", now: 90, target: 100, reached: false };
    const [missed] = proposals("c", facts, report({ goal }));
    expect([missed?.id, missed?.values.off]).toEqual(["goalMissed", expect.closeTo(0.1)]);
    expect(ids("c", facts, report({ goal: { ...goal, now: 120, reached: true } }))).toEqual(["goalReached"]);
    expect(ids("c", facts, report({ goal: { ...goal, now: null } }))).toEqual([]);
  });

  it("says nothing of what is not over", () => {
    const goal = { metric: "conversions", now: 0, target: 100, reached: false };
    const open = { goal: false, campaign: false };
    expect(ids("c", { ...facts, spent_minor: 100 }, report({ goal }), open)).toEqual([]);
    expect(
      ids("c", { ...facts, spent_minor: 1300 }, report({ goal: { ...goal, now: 120, reached: true } }), open),
    ).toEqual(["goalReached", "budgetOver"]);
  });

  it("names money and days that were off", () => {
    const late = { ...facts, spent_minor: 1300, slip_days: 4, latest: [{ name: "Design", slip_days: 3 }] };
    const found = proposals("c", late, undefined);
    expect(found.map(({ id }) => id)).toEqual(["budgetOver", "slipped"]);
    expect(found[0]?.values.off).toBeCloseTo(0.3);
    expect(ids("c", { ...facts, spent_minor: 200 }, undefined)).toEqual(["budgetUnder"]);
  });

  it("compares touchpoints that enough people got", () => {
    const touchpoints = [touchpoint("a", 0.02), touchpoint("b", 0.04), touchpoint("tiny", 0.9, 10)];
    const found = proposals("c", facts, report({ touchpoints }));
    expect(found.map(({ id, values }) => [id, values.name])).toEqual([
      ["best", "b"],
      ["worst", "a"],
    ]);
    expect(found[0]?.effect?.value).toBeCloseTo(1 / 3, 3);
    expect(found[1]?.evidence).toEqual({ kind: "touchpoint", id: "a", url: "" });
  });
});

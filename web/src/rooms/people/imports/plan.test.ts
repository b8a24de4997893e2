import { describe, expect, it } from "vitest";
import { aim, countTargets, firstPlan, identitiesOf, targetId, undecided, unordered } from "./plan";
import type { DetectedColumn, Import, Plan } from "./types";

const column = (index: number, name: string): DetectedColumn => ({
  index,
  name,
  samples: [],
  type: "text",
  format: "",
  choices: [],
  doubtful: false,
  consent: null,
});
const plan: Plan = {
  match: "email",
  columns: [
    { column: 0, to: "email" },
    { column: 1, to: "external_id" },
    { column: 2, to: "attribute", attribute: "city" },
    { column: 3, to: "new_attribute", label: "Shoe size" },
    { column: 4, to: "skip" },
  ],
};

describe("the plan of an import", () => {
  it("frees an identity that another column takes over, and matches by what is left", () => {
    const moved = aim(plan, column(4, "Mail"), "email", () => "text");
    expect(moved.columns.map(targetId)).toEqual(["skip", "external_id", "attribute city", "new_attribute", "email"]);
    expect(moved.match).toBe("email");
    const without = aim(plan, column(0, "email"), "skip", () => "text");
    expect(identitiesOf(without.columns)).toEqual(["external_id"]);
    expect(without.match).toBe("external_id");
  });

  it("names a new attribute after its column", () => {
    expect(aim(plan, column(4, "Club"), "new_attribute", () => "text").columns[4]).toMatchObject({
      to: "new_attribute",
      label: "Club",
    });
  });

  it("counts what the columns become", () => {
    expect(countTargets(plan)).toEqual({ identities: 2, attributes: 2, fresh: 1, left: 1 });
  });

  it("plans every column, also without a suggestion", () => {
    const detected = {
      reading: { encoding: "utf-8", delimiter: ";", header: true },
      columns: [column(0, "a"), column(1, "b")],
      suggested: null,
    };
    const first = firstPlan({ detected } as unknown as Import);
    expect(first.columns.map(targetId)).toEqual(["skip", "skip"]);
  });

  it("asks about columns that speak of permission until they are taken for it or said to be something else", () => {
    const said: DetectedColumn = {
      ...column(4, "Unsubscribed"),
      consent: {
        channel: "email",
        otherwise: "refused",
        meanings: [{ text: "yes", count: 2, answer: "refused", sure: true }],
      },
    };
    expect(undecided(plan, [said], "email")).toEqual([said]);
    expect(undecided(plan, [said], "sms")).toEqual([]);
    const taken = aim(plan, said, "consent", () => "text");
    expect(taken.columns[4]).toEqual({
      column: 4,
      to: "consent",
      channel: "email",
      answers: { "": "granted", yes: "refused", "*": "refused" },
    });
    expect(undecided(taken, [said], "email")).toEqual([]);
    const other = {
      ...plan,
      columns: [...plan.columns.slice(0, 4), { column: 4, to: "skip" as const, no_consent: true }],
    };
    expect(undecided(other, [said], "email")).toEqual([]);
  });

  it("takes several columns about permission", () => {
    const first = aim(plan, column(3, "Newsletter"), "consent", () => "text");
    const both = aim(first, column(4, "Opt-in"), "consent", () => "text");
    expect(both.columns.map(targetId).slice(3)).toEqual(["consent", "consent"]);
  });

  it("names days whose order nobody knows", () => {
    const days: DetectedColumn = { ...column(3, "Joined"), type: "date", doubtful: true };
    const open = aim(plan, days, "new_attribute", () => "date");
    expect(unordered(open, [days])).toEqual([days]);
    const columns = open.columns.map((one) => (one.column === 3 ? { ...one, format: "dmy" as const } : one));
    expect(unordered({ ...open, columns }, [days])).toEqual([]);
  });
});

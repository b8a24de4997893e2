import { describe, expect, it } from "vitest";
import { aim, countTargets, firstPlan, identitiesOf, keyOf, targetId } from "./plan";
import type { DetectedColumn, Import, Plan } from "./types";

const column = (index: number, name: string): DetectedColumn => ({
  index,
  name,
  samples: [],
  type: "text",
  format: "",
  choices: [],
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
    expect(first.reading).toEqual(detected.reading);
  });

  it("makes keys as the server does", () => {
    expect(keyOf("Bought women’s wear")).toBe("bought_women_s_wear");
    expect(keyOf("Förnamn")).toBe("fornamn");
    expect(keyOf("城市 2")).toBe("attribute_2");
  });
});

import { describe, expect, it } from "vitest";
import type { Attribute } from "./imports/types";
import { ruleOf, wishesOf } from "./list";

const attribute = (key: string, type: Attribute["type"]): Attribute => ({
  key,
  label: key,
  type,
  created_at: "",
  choices: [],
  description: "",
});
const attributes = [
  attribute("area", "choice"),
  attribute("new", "boolean"),
  attribute("spend", "money"),
  attribute("months", "number"),
  attribute("joined", "date"),
];

describe("the filters of the list", () => {
  it("ask the API in its own words", () => {
    const wishes = wishesOf(
      {
        "is.area": ["Urban"],
        "is.new": ["false"],
        "ge.spend": ["12,5"],
        "le.months": ["6"],
        tag: ["vip", "a:b"],
        "consent.email.news": ["granted"],
        email: ["known"],
      },
      attributes,
      "EUR",
    );
    expect(wishes.map(({ filter }) => filter)).toEqual([
      "attribute.area:is:Urban",
      "attribute.new:is:false",
      "attribute.spend:ge:1250",
      "attribute.months:le:6",
      "tag:is:vip",
      "tag:is:a:b",
      "consent.email.news:granted",
      "email:known",
    ]);
  });

  it("become the rule of an audience", () => {
    const rule = ruleOf(
      wishesOf({ "is.new": ["true"], "ge.spend": ["10"], "le.joined": ["2026-03-01"] }, attributes, "JPY"),
    );
    expect(rule).toEqual({
      kind: "all",
      rules: [
        { kind: "attribute", key: "new", op: "is_true", value: null },
        { kind: "attribute", key: "spend", op: "ge", value: 10 },
        { kind: "attribute", key: "joined", op: "between", value: ["1000-01-01", "2026-03-01"] },
      ],
    });
  });

  it("leave out attributes that are gone and what is no number", () => {
    expect(wishesOf({ "is.gone": ["x"], "ge.months": ["six"] }, attributes, "EUR")).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { readLiquid, sayPath } from "./liquid";

const said = (source: string) =>
  readLiquid(source)
    .map((piece) => ("words" in piece ? piece.words : `<${piece.path}${piece.fallback ? `|${piece.fallback}` : ""}>`))
    .join("");

describe("Liquid for readers", () => {
  it("tells words from values, and what stands in for a missing one", () => {
    expect(said("Hello {{ person.first_name | default: 'you' }}, 20 % off")).toBe(
      "Hello <person.first_name|you>, 20 % off",
    );
    expect(said('{{- person.area | upcase | default: "all" -}}!')).toBe("<person.area|all>!");
    expect(said("{{ 'Spring' }} sale")).toBe("Spring sale");
  });
  it("shows the first of alternatives and no tags", () => {
    expect(said("{% if person.vip %}Dear {{ person.name }}{% elsif x %}Hi{% else %}Hello{% endif %}, news")).toBe(
      "Dear <person.name>, news",
    );
    expect(said("{% case person.area %}{% when 'Urban' %}City{% when 'Rural' %}Land{% endcase %} news")).toBe(
      "City news",
    );
    expect(said("{% if a %}{% if b %}1{% else %}2{% endif %}{% else %}{% if c %}3{% endif %}4{% endif %}5")).toBe("15");
    expect(said("{% comment %}draft{% endcomment %}News{% assign x = 1 %}")).toBe("News");
  });
  it("leaves unfinished Liquid as it was written", () => {
    expect(said("50 % {{ person.name")).toBe("50 % {{ person.name");
  });
  it("says a path in words", () => {
    expect(sayPath("person.first_name")).toBe("First name");
  });
});

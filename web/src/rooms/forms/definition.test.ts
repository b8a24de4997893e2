import { describe, expect, it } from "vitest";
import { blankField, type Definition, keyFor, kinds, moveField, renameId, type Step, stepsOf } from "./definition";

const text = (id: string, field?: string) => ({
  kind: "text" as const,
  id,
  label: id,
  ...(field ? { show_if: { field, compare: "is" as const, values: ["x"] } } : {}),
});
const steps: Step[] = [{ fields: [text("a"), text("b")] }, { fields: [text("c")] }];
const ids = (found: Step[]) => found.map(({ fields }) => fields.map(({ id }) => id).join(""));

describe("definition", () => {
  it("makes keys that the server takes, unlike those that are taken", () => {
    expect(keyFor("How old are you?", [])).toBe("how_old_are_you");
    expect(keyFor("Größe", ["grosse"])).toMatch(/^gro/);
    expect(keyFor("多大", [])).toBe("question");
    expect(keyFor("2026 plans", [])).toBe("plans");
    expect(keyFor("x".repeat(80), []).length).toBeLessThan(40);
    expect(keyFor("Name", ["name", "name_2"])).toBe("name_3");
    for (const kind of kinds) expect(blankField(kind, "L", String, []).id).toMatch(/^[a-z][a-z0-9_]{0,39}$/);
  });

  it("moves fields within and through steps, and stops at both ends", () => {
    expect(ids(moveField(steps, 0, 1, -1))).toEqual(["ba", "c"]);
    expect(ids(moveField(steps, 0, 1, 1))).toEqual(["a", "bc"]);
    expect(ids(moveField(steps, 1, 0, -1))).toEqual(["abc", ""]);
    expect(moveField(steps, 0, 0, -1)).toBe(steps);
    expect(moveField(steps, 1, 0, 1)).toBe(steps);
  });

  it("renames a field where conditions look at it too", () => {
    const definition = { steps: [{ fields: [text("a"), text("b", "a")] }] } as unknown as Definition;
    const [step] = stepsOf(renameId(definition, "a", "z"));
    expect(step?.fields.map(({ id, show_if }) => [id, show_if?.field])).toEqual([
      ["z", undefined],
      ["b", "z"],
    ]);
  });
});

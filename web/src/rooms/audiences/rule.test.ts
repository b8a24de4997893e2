import { describe, expect, it } from "vitest";
import { add, duplicate, find, move, remove, unwrap, wrap } from "./edit";
import {
  type Condition,
  conditionsOf,
  fromJson,
  type Group,
  isGroup,
  type Leaf,
  newCondition,
  newGroup,
  nodeAt,
  refit,
  toJson,
} from "./rule";

const tag = (name: string): Leaf => ({ kind: "tag", tag: name, has: true });
const names = (root: Group) => conditionsOf(root).map(({ leaf }) => (leaf.kind === "tag" ? leaf.tag : leaf.kind));
const shape = (group: Group): string =>
  `${group.match}(${group.nodes.map((node) => (isGroup(node) ? shape(node) : names(newGroup("all", [node]))[0])).join(" ")})`;
const nodeOf = (root: Group, name: string): Condition => {
  const found = conditionsOf(root).find(({ leaf }) => leaf.kind === "tag" && leaf.tag === name);
  if (!found) throw new Error(name);
  return found;
};
const sample = () =>
  newGroup("all", [
    newCondition(tag("a")),
    newGroup("any", [newCondition(tag("b")), newCondition(tag("c"))]),
    newCondition(tag("d")),
  ]);

describe("reading and writing the API's tree", () => {
  it("gives back what it read, with negations as groups", () => {
    const json = {
      kind: "all",
      rules: [
        tag("a"),
        { kind: "not", rule: { kind: "any", rules: [tag("b"), tag("c")] } },
        { kind: "not", rule: { kind: "all", rules: [tag("d"), tag("e")] } },
        { kind: "not", rule: tag("f") },
      ],
    };
    const root = fromJson(json);
    expect(shape(root)).toBe("all(a none(b c) notAll(d e) none(f))");
    const { rule } = toJson(root);
    expect(rule).toEqual({
      ...json,
      rules: [...json.rules.slice(0, 3), { kind: "not", rule: { kind: "any", rules: [tag("f")] } }],
    });
  });

  it("keeps a double negation", () => {
    const root = fromJson({ kind: "not", rule: { kind: "not", rule: tag("a") } });
    expect(shape(root)).toBe("none(none(a))");
  });

  it("reads one condition and no rule at all", () => {
    expect(shape(fromJson(tag("a") as never))).toBe("all(a)");
    expect(toJson(fromJson(null)).rule).toEqual({ kind: "all", rules: [] });
  });

  it("leaves out what is not filled in, and says which", () => {
    const empty = newCondition(tag(""));
    const root = newGroup("any", [newGroup("any", [empty]), newCondition(tag("a"))]);
    const { rule, incomplete, places } = toJson(root);
    expect(rule).toEqual({ kind: "any", rules: [tag("a")] });
    expect(incomplete).toEqual([empty.id]);
    expect(places.get("rules[0]")).toBe(nodeOf(root, "a").id);
  });

  it("finds the node an error speaks of", () => {
    const root = newGroup("all", [newGroup("none", [newCondition(tag("a")), newCondition(tag("b"))])]);
    const { places } = toJson(root);
    expect(nodeAt(places, "rules[0].rule.rules[1].value")).toBe(nodeOf(root, "b").id);
    expect(nodeAt(places, "rules[0]")).toBe(root.nodes[0]?.id);
    expect(nodeAt(places, "")).toBe(root.id);
  });

  it("reads `is` as a list of one, so that a second value can join", () => {
    const root = fromJson({ kind: "attribute", key: "area", op: "is", value: "Urban" });
    expect(conditionsOf(root)[0]?.leaf).toMatchObject({ op: "any_of", value: ["Urban"] });
  });
});

describe("editing", () => {
  it("moves through groups in reading order, there and back", () => {
    const root = sample();
    const { id } = nodeOf(root, "a");
    const steps = [
      "all(any(a b c) d)",
      "all(any(b a c) d)",
      "all(any(b c a) d)",
      "all(any(b c) a d)",
      "all(any(b c) d a)",
    ];
    let now = root;
    for (const step of steps) {
      now = move(now, id, 1);
      expect(shape(now)).toBe(step);
    }
    expect(move(now, id, 1)).toBe(now);
    for (const step of [...steps].reverse().slice(1)) {
      now = move(now, id, -1);
      expect(shape(now)).toBe(step);
    }
  });

  it("wraps, joins and dissolves groups", () => {
    const root = sample();
    const wrapped = wrap(root, nodeOf(root, "d").id);
    expect(shape(wrapped)).toBe("all(a any(b c) any(d))");
    const group = wrapped.nodes[2];
    if (!group) throw new Error("no group");
    expect(shape(add(wrapped, group.id, newCondition(tag("e"))))).toBe("all(a any(b c) any(d e))");
    expect(shape(unwrap(wrapped, group.id))).toBe("all(a any(b c) d)");
  });

  it("duplicates with new names and removes", () => {
    const root = sample();
    const group = root.nodes[1];
    if (!group) throw new Error("no group");
    const twice = duplicate(root, group.id);
    expect(shape(twice)).toBe("all(a any(b c) any(b c) d)");
    expect(new Set(conditionsOf(twice).map(({ id }) => id)).size).toBe(6);
    expect(shape(remove(twice, group.id))).toBe("all(a any(b c) d)");
    expect(find(root, group.id)).toBe(group);
  });
});

describe("changing the operator", () => {
  it("keeps a value where it still fits", () => {
    expect(refit(6, "le", "gt")).toBe(6);
    expect(refit(6, "le", "between")).toEqual([6, 6]);
    expect(refit([2, 6], "between", "ge")).toBe(2);
    expect(refit(["Urban"], "any_of", "contains")).toBe("Urban");
    expect(refit("2026-01-01", "before", "in_last_days")).toBe(30);
    expect(refit(30, "in_last_days", "before")).toBeNull();
    expect(refit(6, "le", "known")).toBeNull();
  });
});

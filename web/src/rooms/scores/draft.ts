import type { Shape } from "@/api/schema";
import { conditionsOf, fromJson, type Group, type Property, type RuleJson, toJson } from "@/rooms/audiences/rule";

export type Category = Shape<"ScoreCategory">;

/** What the API answers: every field is there, also those that may be left out of what is sent. */
export type Rule =
  | { kind: "condition"; category: Category; points: number; when: RuleJson }
  | {
      kind: "behaviour";
      category: Category;
      points: number;
      what: Shape<"BehaviourRule">["what"];
      name: string;
      where: Property[];
      each: boolean;
      most: number;
      half_life: number | null;
    };
export interface Stage {
  name: string;
  at_least: number | null;
  raise_event: boolean;
  tell: string | null;
}
export interface Definition {
  rules: Rule[];
  stages: Stage[];
}
export type Score = Omit<Shape<"Score">, "definition"> & { definition: Definition };

interface Common {
  id: string;
  category: Category;
  points: number | null;
}
export interface ConditionDraft extends Common {
  kind: "condition";
  root: Group;
}
export interface BehaviourDraft extends Common {
  kind: "behaviour";
  what: Shape<"BehaviourRule">["what"];
  name: string;
  where: Property[];
  each: boolean;
  most: number | null;
  half_life: number | null;
}
export type RuleDraft = ConditionDraft | BehaviourDraft;
export interface StageDraft extends Stage {
  id: string;
}

/** A score as it is being edited; its parts have ids that stay while they move. */
export interface Draft {
  name: string;
  description: string;
  owner_id: string | null;
  rules: RuleDraft[];
  stages: StageDraft[];
}

let made = 0;
const newId = () => `s${++made}`;

export const newCondition = (): ConditionDraft => ({
  ...{ id: newId(), kind: "condition", category: "fit", points: 10, root: fromJson(null) },
});
export const newBehaviour = (): BehaviourDraft => ({
  ...{ id: newId(), kind: "behaviour", category: "engagement", points: 5, what: "event", name: "", where: [] },
  ...{ each: true, most: 20, half_life: 30 },
});
export const newStage = (at_least: number): StageDraft => ({
  ...{ id: newId(), name: "", at_least, raise_event: false, tell: null },
});

export function fromScore({ name, description, owner_id, definition }: Score): Draft {
  const rules = definition.rules.map(
    (rule): RuleDraft =>
      rule.kind === "condition"
        ? { id: newId(), kind: rule.kind, category: rule.category, points: rule.points, root: fromJson(rule.when) }
        : { ...rule, id: newId() },
  );
  const stages = definition.stages.map((stage) => ({ ...stage, id: newId() }));
  return { name, description, owner_id, rules, stages };
}

/** What keeps a rule from being asked; undefined when it says enough. */
export function lacks(rule: RuleDraft): "points" | "condition" | "event" | "most" | undefined {
  if (!rule.points) return "points";
  if (rule.kind === "condition") {
    const { rule: tree, incomplete } = toJson(rule.root);
    const empty = conditionsOf(rule.root).length === 0;
    return empty || incomplete.length > 0 || !tree ? "condition" : undefined;
  }
  if (rule.what === "event" && !rule.name.trim()) return "event";
  const unfinished = rule.where.some(({ property }) => !property);
  return unfinished ? "condition" : rule.most ? undefined : "most";
}

/** What is wrong with a stage; undefined when nothing is. */
export function stageFault(stages: StageDraft[], index: number): "unnamed" | "twice" | "order" | undefined {
  const stage = stages[index];
  if (!stage?.name.trim()) return "unnamed";
  const called = stages.filter(({ name }) => name.trim().toLowerCase() === stage.name.trim().toLowerCase());
  if (called.length > 1) return "twice";
  if (index === 0) return undefined;
  const before = index === 1 ? Number.NEGATIVE_INFINITY : (stages[index - 1]?.at_least ?? Number.NEGATIVE_INFINITY);
  return stage.at_least === null || stage.at_least <= before ? "order" : undefined;
}

/** The definition as the API takes it: rules that say too little are left out, and counted. */
export function toDefinition({ rules, stages }: Draft): { definition: Definition | undefined; unfinished: number } {
  const whole = rules.filter((rule) => !lacks(rule));
  const wrong = stages.filter((_, index) => stageFault(stages, index)).length;
  const written = whole.map((rule): Rule => {
    const { category } = rule;
    const points = rule.points ?? 0;
    if (rule.kind === "condition") return { kind: "condition", category, points, when: toJson(rule.root).rule };
    const { what, each, half_life } = rule;
    const event = what === "event";
    const where = event ? rule.where : [];
    const name = event ? rule.name.trim() : "";
    return { kind: "behaviour", category, points, what, name, where, each, half_life, most: rule.most ?? 100 };
  });
  const sorted = stages.map(({ name, at_least, raise_event, tell }, index) => ({
    ...{ name: name.trim(), at_least: index === 0 ? null : at_least, raise_event, tell },
  }));
  const definition = wrong ? undefined : { rules: written, stages: sorted };
  return { definition, unfinished: rules.length - whole.length + wrong };
}

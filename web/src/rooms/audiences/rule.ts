import type { Shape } from "@/api/schema";

export type Op = Shape<"Op">;
export type ValueType = Shape<"ValueType">;
export type Scalar = string | number | boolean;
export type Value = Scalar | Scalar[] | null;

export const calendars = [
  "today",
  "yesterday",
  "this_week",
  "last_week",
  "next_week",
  "this_month",
  "last_month",
  "next_month",
  "this_quarter",
  "last_quarter",
  "this_year",
  "last_year",
] as const;
export const families = ["awareness", "consideration", "purchase"] as const;
export const levels = ["new", "member", "returning", "dormant"] as const;
export const stages = ["prospect", "first", "repeat", "lapsing", "lapsed"] as const;
export const scores = ["recency", "frequency", "monetary"] as const;

/** When something happened; nothing set: ever. */
export interface Period {
  calendar?: (typeof calendars)[number] | null;
  within_days?: number | null;
  since?: string | null;
  until?: string | null;
}
/** A condition on a property of an event. */
export interface Property {
  property: string;
  type: "text" | "number" | "boolean";
  op: Op;
  value: Value;
}

/** A number made of a person's events; without a property: of their amounts. */
export interface Measure {
  of: "sum" | "avg" | "min" | "max";
  property: string | null;
  op: Op;
  value: Value;
}
/** An event of a sequence. */
export interface Step {
  name: string;
  where: Property[];
}

/** The conditions of the API's rule language, as its JSON says them. */
export type Leaf =
  | { kind: "attribute"; key: string; op: Op; value: Value }
  | ({ kind: "company" } & Property)
  | { kind: "tag"; tag: string; has: boolean }
  | { kind: "identity"; identity: "email" | "phone" | "external_id"; has: boolean }
  | { kind: "consent"; channel: string; topic: string; state: "granted" | "withdrawn" | "none" }
  | { kind: "audience"; audience: string; member: boolean }
  | ({
      kind: "event";
      name: string;
      did: boolean;
      at_least?: number | null;
      at_most?: number | null;
      total_at_least?: number | null;
      measure?: Measure | null;
      which: "any" | "first" | "last";
      where: Property[];
    } & Period)
  | ({ kind: "sequence"; first: Step; second: Step; followed: boolean; within_hours: number | null } & Period)
  | { kind: "frequency"; name: string; at_least: number; weeks: number; how: "each" | "average"; where: Property[] }
  | ({
      kind: "intent";
      family: (typeof families)[number];
      did: boolean;
      at_least?: number | null;
      at_most?: number | null;
    } & Period)
  | ({ kind: "active"; did: boolean; not_within_days?: number | null } & Period)
  | { kind: "engagement"; level: (typeof levels)[number] }
  | { kind: "lifecycle"; stage: (typeof stages)[number] }
  | { kind: "rfm"; what: (typeof scores)[number]; at_least: number; at_most: number }
  | {
      kind: "score";
      score: string;
      at_least?: number | null;
      at_most?: number | null;
      stage?: string | null;
      has: boolean;
    }
  | { kind: "preference"; channel: string; prefers: boolean }
  | {
      kind: "place";
      latitude_key: string;
      longitude_key: string;
      latitude: number | null;
      longitude: number | null;
      km: number | null;
      inside: boolean;
    }
  | ({
      kind: "message";
      what: "sent" | "opened" | "clicked";
      did: boolean;
      campaign?: string | null;
      touchpoint?: string | null;
      include_machines: boolean;
    } & Period)
  | { kind: "created"; op: Op; value: Value };

/** How the parts of a group belong together; `none` and `notAll` are the negations of `any` and `all`. */
export type Match = "all" | "any" | "none" | "notAll";
export interface Group {
  id: string;
  match: Match;
  nodes: Node[];
}
export interface Condition {
  id: string;
  leaf: Leaf;
}
export type Node = Group | Condition;

export type RuleJson = Record<string, unknown>;

export const isGroup = (node: Node): node is Group => "nodes" in node;

let made = 0;
/** A name for a node that stays while the tree is edited. */
export const newId = () => `n${++made}`;
export const newGroup = (match: Match, nodes: Node[] = []): Group => ({ id: newId(), match, nodes });
export const newCondition = (leaf: Leaf): Condition => ({ id: newId(), leaf });

const NO_VALUE = new Set<Op>(["known", "unknown", "is_true", "is_false"]);
const CALENDAR = new Set<Op>(["during", "anniversary_during"]);
const DAYS = new Set<Op>(["in_last_days", "not_in_last_days", "in_next_days", "anniversary_in_days"]);

/** What has to be filled in for an operator: nothing, one value, several, a lowest and a highest, days, or a period of the calendar. */
export function slotOf(op: Op): "none" | "one" | "many" | "two" | "days" | "calendar" {
  if (CALENDAR.has(op)) return "calendar";
  if (NO_VALUE.has(op)) return "none";
  if (DAYS.has(op)) return "days";
  if (op === "any_of" || op === "none_of") return "many";
  return op === "between" ? "two" : "one";
}

/** The value to begin with after the operator has changed: kept where its shape still fits. */
export function refit(value: Value, from: Op, to: Op): Value {
  const [before, after] = [slotOf(from), slotOf(to)];
  if (before === after) return value;
  const first = Array.isArray(value) ? value[0] : value;
  if (after === "none") return null;
  if (after === "days") return 30;
  if (after === "calendar") return "this_month";
  if (before === "days" || before === "calendar") return null;
  if (after === "many") return first === undefined || first === null ? [] : [first];
  if (after === "two") return first === undefined || first === null ? null : [first, first];
  return first ?? null;
}

function filled(op: Op, value: Value): boolean {
  switch (slotOf(op)) {
    case "none":
      return true;
    case "many":
      return Array.isArray(value) && value.length > 0;
    case "two":
      return Array.isArray(value) && value.length === 2 && value.every((one) => one !== null && one !== "");
    default:
      return value !== null && value !== "" && !Array.isArray(value);
  }
}

const whole = (where: Property[]) => where.every((one) => one.property !== "" && filled(one.op, one.value));

/** Whether a condition says enough to be asked. */
export function isComplete(leaf: Leaf): boolean {
  switch (leaf.kind) {
    case "attribute":
    case "company":
    case "created":
      return filled(leaf.op, leaf.value);
    case "tag":
      return leaf.tag !== "";
    case "consent":
      return leaf.topic !== "";
    case "audience":
      return leaf.audience !== "";
    case "event":
      return leaf.name !== "" && whole(leaf.where) && (!leaf.measure || filled(leaf.measure.op, leaf.measure.value));
    case "sequence":
      return [leaf.first, leaf.second].every(({ name, where }) => name !== "" && whole(where));
    case "frequency":
      return leaf.name !== "" && whole(leaf.where);
    case "score":
      return leaf.score !== "" && (leaf.at_least != null || leaf.at_most != null || !!leaf.stage);
    case "preference":
      return leaf.channel !== "";
    case "place":
      return ![leaf.latitude, leaf.longitude, leaf.km].includes(null) && !!leaf.latitude_key && !!leaf.longitude_key;
    default:
      return true;
  }
}

/** Reads the API's tree. `is` and `is not` become lists of one value, so that adding a second one is one click. */
export function fromJson(json: RuleJson | null | undefined): Group {
  const node = json ? read(json as { kind: string }) : newGroup("all");
  return isGroup(node) ? node : newGroup("all", [node]);
}

// biome-ignore lint/suspicious/noExplicitAny: the API has checked the tree, its JSON is untyped
function read(json: any): Node {
  if (json.kind === "all" || json.kind === "any") return newGroup(json.kind, json.rules.map(read));
  if (json.kind === "not") {
    const inner = read(json.rule);
    if (!isGroup(inner)) return newGroup("none", [inner]);
    if (inner.match === "any") return { ...inner, match: "none" };
    if (inner.match === "all") return { ...inner, match: "notAll" };
    return newGroup("none", [inner]);
  }
  const leaf = structuredClone(json) as Leaf;
  if (leaf.kind === "event") leaf.which ??= "any";
  if (leaf.kind === "attribute" && typeof leaf.value === "string") {
    if (leaf.op === "is") Object.assign(leaf, { op: "any_of", value: [leaf.value] });
    if (leaf.op === "is_not") Object.assign(leaf, { op: "none_of", value: [leaf.value] });
  }
  return newCondition(leaf);
}

export interface Written {
  rule: RuleJson;
  /** The node at each place of the written tree, as the API names places in its errors. */
  places: Map<string, string>;
  /** Conditions that are left out because they are not filled in yet. */
  incomplete: string[];
}

/** Writes the API's tree; what is not filled in yet, and groups that are empty, are left out. */
export function toJson(root: Group): Written {
  const places = new Map<string, string>();
  const incomplete: string[] = [];
  const write = (node: Node, place: string): RuleJson | undefined => {
    const dot = place ? `${place}.` : "";
    if (!isGroup(node)) {
      if (!isComplete(node.leaf)) {
        incomplete.push(node.id);
        return undefined;
      }
      places.set(place, node.id);
      return node.leaf as unknown as RuleJson;
    }
    const negated = node.match === "none" || node.match === "notAll";
    const inside = negated ? `${dot}rule.` : dot;
    const rules: RuleJson[] = [];
    for (const child of node.nodes) {
      const rule = write(child, `${inside}rules[${rules.length}]`);
      if (rule) rules.push(rule);
    }
    if (!rules.length && node !== root) return undefined;
    places.set(place, node.id);
    // An empty rule means everybody; an empty "any" is not allowed by the language.
    const kind = node.match === "all" || node.match === "notAll" || !rules.length ? "all" : "any";
    const group = { kind, rules };
    return negated && rules.length ? { kind: "not", rule: group } : group;
  };
  return { rule: write(root, "") ?? { kind: "all", rules: [] }, places, incomplete };
}

/** The node that a place of an error belongs to: the nearest one outwards. */
export function nodeAt(places: Map<string, string>, place: string): string | undefined {
  let found: string | undefined;
  let longest = -1;
  for (const [at, id] of places) {
    if (place.startsWith(at) && at.length > longest && /^$|^[.[]/.test(place.slice(at.length))) {
      found = id;
      longest = at.length;
    }
  }
  return found;
}

/** All conditions, in reading order. */
export function conditionsOf(node: Node): Condition[] {
  return isGroup(node) ? node.nodes.flatMap(conditionsOf) : [node];
}

import type { Shape } from "@/api/schema";
import type { Leaf, RuleJson } from "../rule";

type Vocabulary = Shape<"Vocabulary">;

const all = (...rules: Leaf[]): RuleJson => ({ kind: "all", rules });
const order = (vocabulary: Vocabulary) => vocabulary.intents.purchase?.find((name) => vocabulary.events.includes(name));
const step = (name: string) => ({ name, where: [] });

/** The audiences that most teams want: each a rule to begin with, or nothing where the workspace lacks what it needs. */
export const starters = {
  welcome: () => all({ kind: "created", op: "in_last_days", value: 30 }),
  vip: () =>
    all(
      { kind: "rfm", what: "recency", at_least: 4, at_most: 5 },
      { kind: "rfm", what: "frequency", at_least: 4, at_most: 5 },
      { kind: "rfm", what: "monetary", at_least: 4, at_most: 5 },
    ),
  lapsing: () => all({ kind: "lifecycle", stage: "lapsing" }),
  never: () => all({ kind: "lifecycle", stage: "prospect" }),
  engaged: () =>
    all(
      { kind: "intent", family: "consideration", did: true, within_days: 30 },
      { kind: "intent", family: "purchase", did: false, within_days: 30 },
    ),
  abandoned: (vocabulary: Vocabulary) => {
    const [bought, begun] = [order(vocabulary), vocabulary.events.find((name) => /checkout started|cart/i.test(name))];
    if (!bought || !begun) return undefined;
    const steps = { first: step(begun), second: step(bought) };
    return all({ kind: "sequence", ...steps, followed: false, within_hours: 24, within_days: 30 });
  },
  birthday: (vocabulary: Vocabulary) => {
    const dates = vocabulary.attributes.filter(({ type }) => type === "date");
    const born = dates.find(({ key, label }) => /birth|born|naiss|född|生日/i.test(`${key} ${label}`));
    return born && all({ kind: "attribute", key: born.key, op: "anniversary_during", value: "this_month" });
  },
  back: () => all({ kind: "engagement", level: "returning" }),
  dormant: () => all({ kind: "engagement", level: "dormant" }),
} satisfies Record<string, (vocabulary: Vocabulary) => RuleJson | undefined>;

export type Starter = keyof typeof starters;

/** The ready-made audiences that this workspace can have. */
export function startersOf(vocabulary: Vocabulary): { id: Starter; rule: RuleJson }[] {
  return (Object.keys(starters) as Starter[]).flatMap((id) => {
    const rule = starters[id](vocabulary);
    return rule ? [{ id, rule }] : [];
  });
}

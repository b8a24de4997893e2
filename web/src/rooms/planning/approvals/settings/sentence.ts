import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { useT } from "../useT";
import { useAsked, useCode } from "../words";

export type Rule = Shape<"ApprovalRuleOut">;
export type Draft = Omit<Shape<"ApprovalRuleIn">, "steps"> & { steps: Shape<"StepOut">[] };

/** A rule as one sentence: "A launch to more than 10,000 people needs Legal, then Director within 2 working days." */
export function useSentence(): (rule: Draft | Rule) => string {
  const t = useT();
  const format = useFormat();
  const asked = useAsked();
  const code = useCode();
  const joined = (words: string[], id: "sentence.or" | "sentence.and") =>
    words.reduce((one, other) => (one ? t(id, { one, other }) : other), "");
  const either = (words: string[]) => joined(words, "sentence.or");
  return (rule) => {
    const where: string[] = [];
    if (rule.over_people != null) where.push(t("sentence.people", { people: format.number(rule.over_people) }));
    if (rule.over_minor != null) where.push(t("sentence.minor", { amount: format.money(rule.over_minor) }));
    const { channels = [], categories = [], risks = [] } = rule;
    if (channels.length)
      where.push(t("sentence.channels", { list: either(channels.map((one) => code("channel", one))) }));
    if (categories.length)
      where.push(t("sentence.categories", { list: either(categories.map((one) => code("category", one))) }));
    if (risks.length) where.push(t("sentence.risks", { list: either(risks.map((one) => code("risk", one))) }));
    const who = rule.steps.map((step) => {
      const name = asked(step.kind, step.label) || "…";
      const all = step.quorum === "all" ? t("sentence.all", { who: name }) : name;
      return step.days ? t("sentence.days", { who: all, days: step.days }) : all;
    });
    const said = t(rule.enabled === false ? "sentence.off" : "sentence", {
      what: t(`sentence.${rule.kind}`),
      where: where.length ? t("sentence.where", { list: joined(where, "sentence.and") }) : "",
      who: who.join(t("sentence.then")) || "…",
    });
    // What is left open needs no full stop.
    return said.replace(/…[.。]$/, "…");
  };
}

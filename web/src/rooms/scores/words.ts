import { useMemo } from "react";
import { useGet } from "@/api/hooks";
import { useAudienceNames } from "@/rooms/audiences/names";
import { useRuleWords } from "@/rooms/audiences/words";
import type { Rule } from "./draft";
import { useT } from "./useT";

type Deed = Extract<Rule, { kind: "behaviour" }>;

/** What somebody did, each time or the last time. */
function sayDeed(t: ReturnType<typeof useT>, { what, name, each }: Pick<Deed, "what" | "name" | "each">): string {
  if (what === "event") return t(each ? "say.each.event" : "say.last.event", { name });
  return each ? t(`say.each.${what}`) : t(`say.last.${what}`);
}

/** Says what a rule gives points for: "Each “Order Completed”", or the condition as a sentence. */
export function useScoreWords() {
  const t = useT();
  const vocabulary = useGet("/audiences/vocabulary", {}, { slow: true }).data;
  const audiences = useAudienceNames();
  const words = useRuleWords({ vocabulary, audiences });
  return useMemo(() => {
    const behaviour = (rule: Omit<Deed, "points" | "most">) => {
      const what = sayDeed(t, rule);
      return rule.half_life ? t("say.fades", { what, days: rule.half_life }) : what;
    };
    const rule = (one: Rule) => (one.kind === "condition" ? words.sentenceOf(one.when) : behaviour(one));
    return { rule, behaviour, words, vocabulary, audiences };
  }, [t, words, vocabulary, audiences]);
}

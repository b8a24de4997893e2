import { useCallback, useMemo } from "react";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { useSayValue } from "@/rooms/people/values";
import { makeHabitWords } from "./habitWords";
import {
  type calendars,
  conditionsOf,
  fromJson,
  type Group,
  isComplete,
  isGroup,
  type Leaf,
  type Match,
  type Measure,
  type Node,
  type Op,
  type Period,
  type Property,
  type RuleJson,
  slotOf,
  type Value,
} from "./rule";
import { useT } from "./useT";

type Vocabulary = Shape<"Vocabulary">;
/** What rules speak of, with the names people know it by. */
export interface Names {
  vocabulary: Vocabulary | undefined;
  audiences: { id: string; name: string }[];
}

const joins: Record<Match, "and" | "or"> = { all: "and", any: "or", none: "or", notAll: "and" };

const named = ["email", "sms", "push"] as const;

/** Names a channel that the server lists; one that has no words yet goes by its key. */
export function useChannelName() {
  const t = useT();
  return useCallback(
    (channel: string) => {
      const known = named.find((one) => one === channel);
      return known ? t(`channel.${known}`) : channel;
    },
    [t],
  );
}

/** Puts rules into plain words: "People where Area is Urban or Rural and New customer is no". */
export function useRuleWords({ vocabulary, audiences }: Names) {
  const t = useT();
  const format = useFormat();
  const sayValue = useSayValue();
  const channelName = useChannelName();
  return useMemo(() => {
    const either = (parts: string[]) => parts.join(` ${t("say.or")} `);
    const value = (op: Op, type: string, given: Value): string => {
      const many = Array.isArray(given) ? given : [given];
      switch (slotOf(op)) {
        case "none":
          return "";
        case "days":
          return t("say.days", { n: Number(given) });
        case "calendar":
          return t(`cal.${given as (typeof calendars)[number]}`);
        case "two":
          return t("say.between", { low: sayValue(type, many[0]), high: sayValue(type, many[1]) });
        default:
          return either(many.map((one) => sayValue(type, one)));
      }
    };
    const compared = (name: string, type: string, op: Op, given: Value) =>
      t("say.compared", { name, op: t(`op.${op}`), value: value(op, type, given) }).trim();
    const period = (when: Period) => {
      if (when.calendar) return t(`cal.${when.calendar}`);
      if (when.within_days !== null && when.within_days !== undefined) return t("say.within", { n: when.within_days });
      if (when.since && when.until)
        return t("say.period", { since: format.day(when.since), until: format.day(when.until) });
      if (when.since) return t("say.since", { since: format.day(when.since) });
      if (when.until) return t("say.until", { until: format.day(when.until) });
      return "";
    };
    const times = ({ at_least, at_most }: { at_least?: number | null; at_most?: number | null }) => {
      if (at_least != null && at_least === at_most) return t("say.exactly", { n: at_least });
      const least = at_least != null ? t("say.atLeast", { n: at_least }) : "";
      return [least, at_most != null ? t("say.atMost", { n: at_most }) : ""].filter(Boolean).join(" ");
    };
    const where = (given: Property[]) =>
      given.map((one) => t("say.whose", { what: compared(one.property, one.type, one.op, one.value) })).join(" ");
    const measured = ({ of, property, op, value: given }: Measure) =>
      compared(
        t(`say.measure.${of}`, { what: property ?? t("field.amount") }),
        property === null ? "money" : "number",
        op,
        given,
      );
    const habit = makeHabitWords({ t, format, period, times, where, channelName });
    const event = (leaf: Leaf & { kind: "event" }) => {
      const not = leaf.did ? "" : "Not";
      const { name } = leaf;
      const parts = [leaf.which === "any" ? t(`say.did${not}`, { name }) : t(`say.edge.${leaf.which}${not}`, { name })];
      if (leaf.did) parts.push(times(leaf));
      if (leaf.measure) parts.push(t("say.whose", { what: measured(leaf.measure) }));
      if (leaf.total_at_least) parts.push(t("say.total", { amount: format.money(leaf.total_at_least) }));
      parts.push(period(leaf));
      parts.push(where(leaf.where));
      return parts.filter(Boolean).join(" ");
    };
    const message = (leaf: Leaf & { kind: "message" }) => {
      const campaign =
        leaf.campaign && (vocabulary?.campaigns.find(({ id }) => id === leaf.campaign)?.name ?? t("gone"));
      const verb = t(`say.message.${leaf.what}${leaf.did ? "" : "Not"}`);
      return [verb, campaign ? t("say.ofCampaign", { name: campaign }) : "", period(leaf)].filter(Boolean).join(" ");
    };
    const scored = (leaf: Leaf & { kind: "score" }) => {
      const score = vocabulary?.scores.find(({ id }) => id === leaf.score)?.name ?? t("gone");
      const { at_least, at_most, stage } = leaf;
      const parts = stage ? [t("say.scoreStage", { stage, score })] : [];
      if (at_least != null && at_most != null)
        parts.push(t("say.scoreBetween", { low: at_least, high: at_most, score }));
      else if (at_least != null) parts.push(t("say.scoreLeast", { n: at_least, score }));
      else if (at_most != null) parts.push(t("say.scoreMost", { n: at_most, score }));
      const words = parts.join(` ${t("say.and")} `);
      return leaf.has ? words : t("say.not", { words });
    };
    const sayLeaf = (leaf: Leaf): string => {
      switch (leaf.kind) {
        case "attribute": {
          const known = vocabulary?.attributes.find(({ key }) => key === leaf.key);
          return compared(known?.label ?? leaf.key, known?.type ?? "text", leaf.op, leaf.value);
        }
        case "company":
          return t("say.company", {
            what: compared(leaf.property || t("field.companyName"), leaf.type, leaf.op, leaf.value),
          });
        case "tag":
          return t(leaf.has ? "say.tag" : "say.noTag", { tag: leaf.tag });
        case "identity":
          return t(`say.identity.${leaf.identity}${leaf.has ? "" : "Not"}`);
        case "consent": {
          const topic = vocabulary?.topics.find(({ key }) => key === leaf.topic)?.name ?? leaf.topic;
          return t(`say.consent.${leaf.state}`, { topic, channel: channelName(leaf.channel) });
        }
        case "audience": {
          const name = audiences.find(({ id }) => id === leaf.audience)?.name ?? t("gone");
          return t(leaf.member ? "say.member" : "say.noMember", { name });
        }
        case "score":
          return scored(leaf);
        case "event":
          return event(leaf);
        case "message":
          return message(leaf);
        case "created":
          return compared(t("subject.created"), "date", leaf.op, leaf.value);
        default:
          return habit(leaf);
      }
    };
    const sayNode = (node: Node): string => {
      if (!isGroup(node)) return isComplete(node.leaf) ? sayLeaf(node.leaf) : "";
      const parts = node.nodes.map((inner) => {
        const words = sayNode(inner);
        const single =
          !isGroup(inner) ||
          inner.match === "none" ||
          inner.match === "notAll" ||
          conditionsOf(inner).filter((one) => isComplete(one.leaf)).length < 2;
        return words && !single && node.nodes.length > 1 ? t("say.group", { words }) : words;
      });
      const joined = parts.filter(Boolean).join(` ${t(`say.${joins[node.match]}`)} `);
      if (!joined) return "";
      return node.match === "none" || node.match === "notAll" ? t("say.not", { words: joined }) : joined;
    };
    return {
      leaf: sayLeaf,
      /** The whole rule as one sentence. */
      sentence: (root: Group) => {
        const words = sayNode(root);
        return words ? t("say.people", { words }) : t("say.everybody");
      },
      sentenceOf: (rule: RuleJson | null | undefined) => {
        if (!vocabulary) return ""; // nothing rather than keys, for the moment until the names are known
        const words = rule ? sayNode(fromJson(rule)) : "";
        return words ? t("say.people", { words }) : t("say.everybody");
      },
      channel: channelName,
      value: sayValue,
    };
  }, [t, format, sayValue, channelName, vocabulary, audiences]);
}

export type RuleWords = ReturnType<typeof useRuleWords>;

import type { Shape } from "@/api/schema";
import { minorDigits } from "@/lib/format";
import type { ListState } from "@/lib/url";
import type { Filter } from "@/ui/table/FilterBar";
import type { Attribute } from "./imports/types";
import type { useT } from "./useT";

type T = ReturnType<typeof useT>;
type Topic = Shape<"Topic">;

/** One condition of the list: how the API's address says it, and how a rule of an audience does. */
interface Wish {
  filter: string;
  rule: Record<string, unknown>;
}

const presence = { known: true, unknown: false } as const;

/** The filters that the list offers: what is known, tags, consent, addresses. */
export function filtersOf(attributes: Attribute[], tags: string[], topics: Topic[], t: T): Filter[] {
  const yesNo = [
    { value: "true", label: t("yes") },
    { value: "false", label: t("no") },
  ];
  const known = [
    { value: "known", label: t("filter.known") },
    { value: "unknown", label: t("filter.unknown") },
  ];
  const states = (["granted", "withdrawn", "none"] as const).map((value) => ({
    value,
    label: t(`filter.consent.${value}`),
  }));
  return [
    ...attributes.flatMap(({ key, label, type, choices }): Filter[] => {
      if (type === "boolean") return [{ id: `is.${key}`, name: label, single: true, options: yesNo }];
      if (type === "choice")
        return [
          {
            id: `is.${key}`,
            name: label,
            single: true,
            options: (choices ?? []).map((value) => ({ value, label: value })),
          },
        ];
      if (type === "text")
        return [{ id: `contains.${key}`, name: t("filter.contains", { name: label }), type: "text" }];
      const field = type === "date" ? "date" : "number";
      return [
        { id: `ge.${key}`, name: t(type === "date" ? "filter.since" : "filter.least", { name: label }), type: field },
        { id: `le.${key}`, name: t(type === "date" ? "filter.until" : "filter.most", { name: label }), type: field },
      ];
    }),
    { id: "tag", name: t("filter.tag"), options: tags.map((value) => ({ value, label: value })) },
    ...topics.map(
      ({ key, name }): Filter => ({
        id: `consent.email.${key}`,
        name: t("filter.consent", { topic: name }),
        single: true,
        options: states,
      }),
    ),
    { id: "email", name: t("target.email"), single: true, options: known },
    { id: "phone", name: t("target.phone"), single: true, options: known },
  ];
}

/** What the filters in the address ask for. Amounts of money are typed in whole units and asked in minor ones. */
export function wishesOf(filters: ListState["filters"], attributes: Attribute[], currency: string): Wish[] {
  return Object.entries(filters).flatMap(([id, values]) =>
    values.flatMap((value) => wish(id, value, attributes, currency) ?? []),
  );
}

function wish(id: string, value: string, attributes: Attribute[], currency: string): Wish | undefined {
  if (id === "tag") return { filter: `tag:is:${value}`, rule: { kind: "tag", tag: value, has: true } };
  if ((id === "email" || id === "phone") && (value === "known" || value === "unknown")) {
    return { filter: `${id}:${value}`, rule: { kind: "identity", identity: id, has: presence[value] } };
  }
  if (id.startsWith("consent.")) {
    const [, channel, ...topic] = id.split(".");
    return { filter: `${id}:${value}`, rule: { kind: "consent", channel, topic: topic.join("."), state: value } };
  }
  const [op = "", ...rest] = id.split(".");
  const key = rest.join(".");
  const type = attributes.find((one) => one.key === key)?.type;
  if (!type || value === "") return undefined;
  if (type === "boolean") {
    return {
      filter: `attribute.${key}:is:${value}`,
      rule: { kind: "attribute", key, op: value === "true" ? "is_true" : "is_false", value: null },
    };
  }
  if (type === "number" || type === "money") {
    const typed = Number(value.replace(",", "."));
    if (Number.isNaN(typed)) return undefined;
    const asked = type === "money" ? Math.round(typed * 10 ** minorDigits(currency)) : typed;
    return { filter: `attribute.${key}:${op}:${asked}`, rule: { kind: "attribute", key, op, value: asked } };
  }
  if (type === "date") {
    // The language of rules has "after" a day: the day itself belongs to "from".
    const bounds = op === "ge" ? [value, "9000-12-31"] : ["1000-01-01", value];
    return {
      filter: `attribute.${key}:${op}:${value}`,
      rule: { kind: "attribute", key, op: "between", value: bounds },
    };
  }
  return { filter: `attribute.${key}:${op}:${value}`, rule: { kind: "attribute", key, op, value } };
}

/** The rule of an audience that means the same people as the filters. */
export const ruleOf = (wishes: Wish[]) => ({ kind: "all", rules: wishes.map(({ rule }) => rule) });

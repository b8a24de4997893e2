import { useCallback } from "react";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { useNamed } from "@/lib/i18n";
import { dotted } from "@/lib/text";
import { useT } from "./useT";

export type Notice = Shape<"Notice">;

/** What a notice says: `notice.<kind>` of any room, with its values as they are written here. */
export function useSentence(): (notice: Notice) => string {
  const named = useNamed("notice");
  const format = useFormat();
  return useCallback(
    ({ kind, actor, thing, values }) => {
      const amount = values.amount_minor;
      return (
        named(wordsOf(kind, values), {
          actor,
          title: thing.title,
          decision: String(values.decision ?? ""),
          trouble: String(values.trouble ?? ""),
          subject: String(values.subject ?? ""),
          first: String(values.first ?? ""),
          count: typeof values.count === "number" ? format.number(values.count) : "",
          sent: typeof values.sent === "number" ? format.number(values.sent) : "",
          planned: typeof values.planned === "number" ? format.number(values.planned) : "",
          on: typeof values.on === "string" ? format.day(values.on) : "",
          amount: typeof amount === "number" ? format.money(amount, String(values.currency)) : "",
        }) ?? thing.title
      );
    },
    [named, format],
  );
}

/** The sentence of a notice: one that tells of several things has its own. */
export const wordsOf = (kind: Notice["kind"], values: Notice["values"]) => ("count" in values ? `${kind}.many` : kind);

/** What else is to be known at once: the campaign, and what the sentence does not say of money, people and days. */
export function useFacts(): (notice: Notice) => string {
  const t = useT();
  const format = useFormat();
  return useCallback(
    ({ kind, thing, campaign, values: { amount_minor, currency, people, on } }) => {
      const asked = kind === "approval_asked";
      return dotted([
        campaign !== thing.title ? campaign : undefined,
        asked && typeof amount_minor === "number" ? format.money(amount_minor, String(currency)) : undefined,
        asked && typeof people === "number"
          ? t("notices.people", { count: people, people: format.number(people) })
          : undefined,
        typeof on === "string" && (asked || kind === "assigned" || kind === "handed_over")
          ? t("notices.due", { on: format.day(on) })
          : undefined,
      ]);
    },
    [t, format],
  );
}

export const noteOf = ({ values }: Notice) => (typeof values.note === "string" ? values.note : "");

import { useCallback } from "react";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { useNamed } from "@/lib/i18n";

export type Notice = Shape<"NoticeOut">;

/** What a notice says: `notice.<kind>` of any room, with its values as they are written here. */
export function useSentence(): (notice: Notice) => string {
  const named = useNamed("notice");
  const format = useFormat();
  return useCallback(
    ({ kind, actor, thing, values }) => {
      const amount = values.amount_minor;
      return (
        named(kind, {
          actor,
          title: thing.title,
          decision: String(values.decision ?? ""),
          on: typeof values.on === "string" ? format.day(values.on) : "",
          amount: typeof amount === "number" ? format.money(amount, String(values.currency)) : "",
        }) ?? thing.title
      );
    },
    [named, format],
  );
}

export const noteOf = ({ values }: Notice) => (typeof values.note === "string" ? values.note : "");

import { useCallback } from "react";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { useNamed } from "@/lib/i18n";

export type Deed = Shape<"Activity">;

/** What was done, with its names and amounts: `deed.<action>` of any room, else `audit.<action>`. */
export function useDeed(): (deed: Deed) => string {
  const deed = useNamed("deed");
  const audit = useNamed("audit");
  const format = useFormat();
  return useCallback(
    ({ action, title, values }) => {
      const text = (name: string) => (typeof values[name] === "string" ? values[name] : "");
      const amount = [values.amount_minor, values.counted_minor, values.planned_minor].find(
        (value) => typeof value === "number",
      );
      const after = text("after");
      const said = {
        target: title ?? "",
        name: text("line_name") || text("task") || text("name"),
        amount: amount === undefined ? "–" : format.money(Math.abs(amount)),
        count: Number(values.entries ?? values.count ?? 0),
        kind: text("kind"),
        from: text("from_line"),
        to: text("to_line"),
        state: text("verdict") || after,
        on: /^\d{4}-\d\d-\d\d$/.test(after) ? format.day(after) : /^\d{4}-/.test(after) ? format.dateTime(after) : "–",
      };
      return deed(action, said) ?? audit(action, said) ?? action;
    },
    [deed, audit, format],
  );
}

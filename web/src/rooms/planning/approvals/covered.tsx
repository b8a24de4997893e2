import type { ReactNode } from "react";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { useMetrics } from "@/rooms/insights/metrics";
import { useExactMoney } from "@/ui/numbers";
import { useT as useBriefT } from "../briefs/useT";
import shared from "./approvals.module.css";
import css from "./covered.module.css";
import { useT } from "./useT";

export type Change = Shape<"ApprovalChange">;

const known = [
  "name",
  "channel",
  "audience",
  "audience_rule_hash",
  "list_members_hash",
  "audience_size",
  "subject",
  "preheader",
  "content_hash",
  "sender",
  "topic",
  "topic_hash",
  "send_at",
  "per_hour",
  "holdout_percent",
  "link_tags",
  "note",
  "rules",
  "from_campaign",
  "from_line",
  "to_campaign",
  "to_line",
  "amount_minor",
  "reason",
  "lines_minor",
  "currency",
  "counts",
  "metric",
  "baseline",
  "baseline_minor",
  "target",
  "target_minor",
  "deadline_on",
] as const;

/** Sections of a brief, in its words. A channel's "audience" is another thing: there it is a name, here a list. */
const brief = [
  "objective",
  "value_proposition",
  "call_to_action",
  "message",
  "timing",
  "owned",
  "paid",
  "earned",
  "hypothesis",
  "mandatory",
] as const;
const kinds = ["motivation", "objection", "trigger"] as const;
const places: readonly string[] = [...brief.slice(0, 3), ...known, ...brief.slice(3)];

/** Where a field stands among the others: those known here first, in the order of reading. */
export const placeOfField = (name: string) => {
  const found = places.indexOf(name);
  return found < 0 ? places.length : found;
};

/** The name of a field that an approval covers; one of another room reads as it is called. */
export function useFieldName(): (name: string) => string {
  const t = useT();
  const briefT = useBriefT();
  return (name) => {
    const found = known.find((one) => one === name);
    if (found) return t(`field.${found}`);
    const section = brief.find((one) => one === name);
    return section ? briefT(section) : name.replaceAll("_", " ");
  };
}

/**
 * A covered value in words. The name says what it is: money, a time, a day, or only a mark that it is the same; what is
 * inside of an object is what its name says. A goal's numbers are what its metric says.
 */
export function useValue(): (name: string, value: unknown, metric?: unknown) => string {
  const t = useT();
  const briefT = useBriefT();
  const format = useFormat();
  const exact = useExactMoney();
  const metrics = useMetrics();
  const fieldName = useFieldName();
  const say = (name: string, value: unknown, metric?: unknown): string => {
    if (name === "send_at" && value === null) return t("value.launch");
    if (value === null || value === undefined || value === "") return t("value.none");
    if (name.endsWith("_hash")) return t("value.fixed");
    if (typeof value === "boolean") return t(value ? "value.yes" : "value.no");
    if (typeof value === "number") return name.endsWith("_minor") ? exact(value) : format.number(value);
    if (Array.isArray(value)) return value.length ? format.list(value.map((one) => say("", one))) : t("value.none");
    if (typeof value === "object") {
      const minor = name.endsWith("_minor");
      const parts = Object.entries(value).map(
        ([key, one]) => `${minor ? key : fieldName(key)}: ${say(minor ? name : key, one)}`,
      );
      return parts.length ? parts.join(" · ") : t("value.none");
    }
    const text = String(value);
    const kind = kinds.find((one) => one === text);
    if (kind && name === "") return briefT(`kind.${kind}`);
    if (typeof metric === "string" && (name === "baseline" || name === "target"))
      return metrics.say(metric, Number(text));
    if (name === "metric") return metrics.name(text) || text;
    if (name === "counts" && (text === "net" || text === "gross")) return t(`value.${text}`);
    if (name.endsWith("_at")) return format.dateTime(text);
    if (name.endsWith("_on")) return format.day(text);
    return text;
  };
  return say;
}

/** The largest amount first: a stored object has no order of its own. */
const byAmount = (amounts: object) =>
  Object.entries(amounts).sort(([one, a], [other, b]) => Number(b) - Number(a) || one.localeCompare(other));

/** A covered value as it stands on the page: several things below each other, money in a column. */
export function useCovered(): (name: string, value: unknown, metric?: unknown) => ReactNode {
  const say = useValue();
  return (name, value, metric) => {
    if (Array.isArray(value) && value.length > 0)
      return (
        <ul className={css.covered}>
          {value.map((one, index) => {
            const [of, text] = Array.isArray(one) && one.length === 2 ? one : ["", one];
            return (
              <li key={index}>
                {of && <small>{say("", of)}</small>}
                {say("", text)}
              </li>
            );
          })}
        </ul>
      );
    if (value !== null && typeof value === "object" && name.endsWith("_minor"))
      return (
        <ul className={css.covered} data-money>
          {byAmount(value).map(([line, minor]) => (
            <li key={line}>
              <span>{line}</span>
              <span>{say(name, minor)}</span>
            </li>
          ))}
        </ul>
      );
    return say(name, value, metric);
  };
}

/** What differs, a line each: the field, what it was, what it is. `metric`: of the goal, where it is about one. */
export function Changes({ changes, metric }: { changes: Change[]; metric?: unknown }) {
  const t = useT();
  const format = useFormat();
  const fieldName = useFieldName();
  const value = useValue();
  const other = changes.find(({ path }) => path[0] === "metric");
  return (
    <ul className={css.changes}>
      {changes.map(({ path, before, after }) => {
        const name = path.map((one, index) => (index ? one : fieldName(one))).join(" · ");
        const last = path.at(-1) ?? "";
        const as = path.find((one) => one.endsWith("_minor")) ?? last;
        const count = (one: unknown) => (typeof one === "number" ? format.number(one) : "–");
        return (
          <li key={path.join("/")}>
            {path[0] === "rules" ? (
              t("change.rules")
            ) : (
              <>
                <span className={shared.field}>{name}</span>{" "}
                {last.endsWith("_hash") ? (
                  t("change.hash")
                ) : last === "audience_size" ? (
                  t("change.people", { before: count(before), after: count(after) })
                ) : (
                  <>
                    <del>{value(as, before, other?.before ?? metric)}</del> →{" "}
                    <ins>{value(as, after, other?.after ?? metric)}</ins>
                  </>
                )}
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}

import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { type Role, roles, useRoleName } from "@/rooms/accounts/roles";
import { StateBadge, type Tone } from "@/ui/StateBadge";
import css from "./approvals.module.css";
import type en from "./messages/en";
import { useT } from "./useT";

export type Request = Shape<"ApprovalOut">;
export type Row = Shape<"ApprovalRow">;
export type State = Row["state"];
export type Kind = Row["kind"];
export type Change = Shape<"ChangeOut">;

export const kinds = ["launch", "content", "budget", "reallocation", "goal", "brief"] as const;
export const states = ["waiting", "approved", "changes", "refused", "void", "withdrawn", "replaced"] as const;

const tones: Record<State, Tone> = {
  waiting: "waiting",
  approved: "good",
  changes: "look",
  refused: "bad",
  withdrawn: "quiet",
  replaced: "quiet",
  void: "look",
};

export function StateWord({ state, plain }: { state: State; plain?: boolean }) {
  const t = useT();
  return (
    <StateBadge tone={tones[state]} plain={plain}>
      {t(`state.${state}`)}
    </StateBadge>
  );
}

/** Who is asked: a group by its name, a role or a part in the reader's language. */
export function useAsked(): (kind: string, label: string) => string {
  const t = useT();
  const roleName = useRoleName();
  return (kind, label) => {
    if (kind === "part") return t("part.approves");
    const role = kind === "role" && roles.find((one: Role) => one === label);
    return role ? t("role.of", { role: roleName(role) }) : label;
  };
}

const known = [
  "channel",
  "audience",
  "audience_rule_hash",
  "audience_size",
  "subject",
  "preheader",
  "content_hash",
  "sender",
  "topic",
  "send_at",
  "per_hour",
  "holdout_percent",
  "link_tags",
  "rules",
  "lines",
  "planned_minor",
  "amount_minor",
  "metric",
  "baseline",
  "target",
  "deadline",
  "reason",
] as const;

/** Where a field stands among the others: those known here first, in the order of reading. */
export const placeOfField = (name: string) => {
  const found = (known as readonly string[]).indexOf(name);
  return found < 0 ? known.length : found;
};

/** The name of a field that an approval covers; one of another room reads as it is called. */
export function useFieldName(): (name: string) => string {
  const t = useT();
  return (name) => {
    const found = known.find((one) => one === name);
    return found ? t(`field.${found}`) : name.replaceAll("_", " ");
  };
}

/** A covered value in words. The name says what it is: money, a time, a day, or only a mark that it is the same. */
export function useValue(): (name: string, value: unknown) => string {
  const t = useT();
  const format = useFormat();
  const fieldName = useFieldName();
  const say = (name: string, value: unknown): string => {
    if (name === "send_at" && value === null) return t("value.launch");
    if (value === null || value === undefined || value === "") return t("value.none");
    if (name.endsWith("_hash")) return t("value.fixed");
    if (typeof value === "boolean") return t(value ? "value.yes" : "value.no");
    if (typeof value === "number") return name.endsWith("_minor") ? format.money(value) : format.number(value);
    if (Array.isArray(value)) return value.length ? format.list(value.map((one) => say("", one))) : t("value.none");
    if (typeof value === "object") {
      const parts = Object.entries(value).map(([key, one]) => `${fieldName(key)}: ${say(key, one)}`);
      return parts.length ? parts.join(" · ") : t("value.none");
    }
    const text = String(value);
    if (name.endsWith("_at")) return format.dateTime(text);
    if (name.endsWith("_on")) return format.day(text);
    return text;
  };
  return say;
}

/** What differs, a line each: the field, what it was, what it is. */
export function Changes({ changes }: { changes: Change[] }) {
  const t = useT();
  const format = useFormat();
  const fieldName = useFieldName();
  const value = useValue();
  return (
    <ul className={css.changes}>
      {changes.map(({ path, before, after }) => {
        const name = path.map((one, index) => (index ? one : fieldName(one))).join(" · ");
        const last = path.at(-1) ?? "";
        const count = (one: unknown) => (typeof one === "number" ? format.number(one) : "–");
        return (
          <li key={path.join("/")}>
            {path[0] === "rules" ? (
              t("change.rules")
            ) : (
              <>
                <span className={css.field}>{name}</span>{" "}
                {last.endsWith("_hash") ? (
                  t("change.hash")
                ) : last === "audience_size" ? (
                  t("change.people", { before: count(before), after: count(after) })
                ) : (
                  <>
                    <del>{value(last, before)}</del> → <ins>{value(last, after)}</ins>
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

type Words = keyof typeof en;
/** The words of a code, if there are any, else the code as it is. */
export function useCode(): (group: "channel" | "category" | "risk", code: string) => string {
  const t = useT();
  const all: Record<string, Words> = {
    "channel.email": "channel.email",
    "channel.sms": "channel.sms",
    "channel.push": "channel.push",
    "channel.social": "channel.social",
    "channel.ads": "channel.ads",
    "channel.print": "channel.print",
    "category.acquisition": "category.acquisition",
    "category.monetisation": "category.monetisation",
    "category.engagement": "category.engagement",
    "risk.first_use_of_channel": "risk.first_use_of_channel",
    "risk.over_contacted": "risk.over_contacted",
    "risk.missing_consent": "risk.missing_consent",
  };
  return (group, code) => {
    const key = all[`${group}.${code}`];
    return key ? t(key as "channel.email") : code;
  };
}

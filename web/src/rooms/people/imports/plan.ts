import type { Answer, ColumnPlan, DetectedColumn, Import, Plan, Target } from "./types";

/** The plan to begin with: what the server suggests, else every column left out. */
export function firstPlan({ detected }: Import): Plan {
  const suggested = detected.suggested;
  const columns = detected.columns.map(
    (column): ColumnPlan =>
      suggested?.columns.find((one) => one.column === column.index) ?? { column: column.index, to: "skip" },
  );
  return { match: "email", existing: "overwrite", tags: [], ...suggested, columns };
}

/** One choice in "becomes": a target, or a declared attribute by its key. */
export const targetId = (column: ColumnPlan) =>
  column.to === "attribute" ? `attribute ${column.attribute}` : column.to;

/** The plan with one column going somewhere else; an identity or attribute taken before is freed. */
export function aim(
  plan: Plan,
  detected: DetectedColumn,
  id: string,
  typeOf: (key: string) => ColumnPlan["type"],
): Plan {
  const key = id.startsWith("attribute ") ? id.slice("attribute ".length) : "";
  const to = (key ? "attribute" : id) as Target;
  const next: ColumnPlan =
    to === "new_attribute"
      ? {
          column: detected.index,
          to,
          label: detected.name,
          type: detected.type,
          choices: detected.choices,
          format: asFormat(detected.format),
        }
      : key
        ? { column: detected.index, to, attribute: key, type: typeOf(key), format: asFormat(detected.format) }
        : to === "consent"
          ? consentColumn(detected)
          : to === "consent_date"
            ? { column: detected.index, to, format: asFormat(detected.format) }
            : { column: detected.index, to };
  const single = to === "email" || to === "phone" || to === "external_id" || to === "company" || to === "attribute";
  const columns = plan.columns.map((one): ColumnPlan => {
    if (one.column === detected.index) return next;
    return single && targetId(one) === id ? { column: one.column, to: "skip" } : one;
  });
  return { ...plan, columns, match: matchFor(plan, columns) };
}

const formats = ["", "ymd", "dmy", "mdy", "point", "comma"] as const;
const asFormat = (format: string | undefined): ColumnPlan["format"] => formats.find((one) => one === format) ?? "";

/** The identities that the file has, in the order that people are best found by. */
export function identitiesOf(columns: ColumnPlan[]): ("external_id" | "email" | "phone")[] {
  return (["email", "external_id", "phone"] as const).filter((kind) => columns.some(({ to }) => to === kind));
}

function matchFor(plan: Plan, columns: ColumnPlan[]): Plan["match"] {
  const there = identitiesOf(columns);
  const kept = plan.match === "any" ? there.length > 1 : there.includes(plan.match);
  return kept ? plan.match : (there[0] ?? plan.match);
}

/** A column taken for one about permission: its texts as the server understands them, others left open. */
export function consentColumn({ index, consent }: DetectedColumn): ColumnPlan {
  if (!consent) return { column: index, to: "consent" };
  const answers: Record<string, Answer> = { "": consent.otherwise === "open" ? "open" : "granted" };
  for (const { text, answer } of consent.meanings) answers[text] = answer;
  return { column: index, to: "consent", channel: consent.channel, answers: { ...answers, "*": consent.otherwise } };
}

/** Columns that speak of permission on a channel and are neither taken for it nor said to be something else. */
export function undecided(plan: Plan, detected: DetectedColumn[], channel: string): DetectedColumn[] {
  return detected.filter(({ index, consent }) => {
    const chosen = plan.columns.find(({ column }) => column === index);
    if (!consent || chosen?.to === "consent" || chosen?.no_consent) return false;
    return consent.channel === "" || consent.channel === channel || (consent.channel === "phone" && channel === "sms");
  });
}

/** Columns of days that can be read in two ways and whose order nobody has chosen. */
export function unordered(plan: Plan, detected: DetectedColumn[]): DetectedColumn[] {
  return detected.filter(({ index, doubtful }) => {
    const chosen = plan.columns.find(({ column }) => column === index);
    const typed = chosen?.to === "attribute" || chosen?.to === "new_attribute";
    return doubtful && !chosen?.format && (chosen?.to === "consent_date" || (typed && chosen?.type === "date"));
  });
}

/** The plan with what was said about consent; where nothing was, columns about it only say who is not written to. */
export function withConsent(plan: Plan, consent: Plan["consent"]): Plan {
  return { ...plan, consent, refusals_only: !consent };
}

/** What the columns become, counted for the sentence before the start. */
export function countTargets({ columns }: Plan) {
  const count = (...targets: Target[]) => columns.filter(({ to }) => targets.includes(to)).length;
  return {
    identities: count("email", "phone", "external_id"),
    attributes: count("attribute", "new_attribute"),
    fresh: count("new_attribute"),
    left: count("skip"),
  };
}

import type { ColumnPlan, DetectedColumn, Import, Plan, Target } from "./types";

/** The plan to begin with: what the server suggests, else every column left out. */
export function firstPlan({ detected }: Import): Plan {
  const suggested = detected.suggested;
  const columns = detected.columns.map(
    (column): ColumnPlan =>
      suggested?.columns.find((one) => one.column === column.index) ?? { column: column.index, to: "skip" },
  );
  return { match: "email", existing: "overwrite", tags: [], ...suggested, columns, reading: detected.reading };
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
        : { column: detected.index, to };
  const single = to === "email" || to === "phone" || to === "external_id" || to === "consent" || to === "attribute";
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
  return there.includes(plan.match) ? plan.match : (there[0] ?? plan.match);
}

/** The plan with what was said about consent; where nothing was, a column that says who agreed is left out. */
export function withConsent(plan: Plan, consent: Plan["consent"]): Plan {
  const columns = consent
    ? plan.columns
    : plan.columns.map((one): ColumnPlan => (one.to === "consent" ? { column: one.column, to: "skip" } : one));
  return { ...plan, columns, consent };
}

/** A key made of a name, as the server makes it: for the heads of the preview. */
export function keyOf(name: string): string {
  const found = name
    .replaceAll("’", " ")
    .replaceAll("'", " ")
    .normalize("NFKD")
    .replace(/[^\p{ASCII}]/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 40)
    .replace(/_+$/, "");
  return /^[a-z]/.test(found) ? found : `attribute_${found}`.slice(0, 40).replace(/_+$/, "");
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

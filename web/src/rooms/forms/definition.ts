import type { Shape } from "@/api/schema";

export type Form = Shape<"FormOut">;
export type FormKind = Form["kind"];
export type Definition = Shape<"FormDefinition">;

export const kinds = [
  "text",
  "long_text",
  "email",
  "phone",
  "number",
  "date",
  "choice",
  "choices",
  "scale",
  "nps",
  "matrix",
  "tick",
  "consent",
  "hidden",
  "note",
] as const;
export type Kind = (typeof kinds)[number];

export interface Option {
  value: string;
  label: string;
  tag?: string;
}

export interface Condition {
  field: string;
  compare: "is" | "is_not" | "answered" | "not_answered" | "at_least" | "at_most";
  values: string[];
}

/** A field while it is edited: what any kind may have. The server takes only what its kind has. */
export interface Field {
  kind: Kind;
  id: string;
  label?: string;
  help?: string;
  required?: boolean;
  show_if?: Condition | null;
  attribute?: string | null;
  longest?: number;
  least?: number | null;
  most?: number | null;
  whole?: boolean;
  earliest?: string | null;
  latest?: string | null;
  options?: Option[];
  rows?: Option[];
  other?: boolean;
  menu?: boolean;
  low?: string;
  high?: string;
  channel?: "email" | "sms" | "push";
  topics?: number[];
  parameter?: string;
  title?: string;
  text?: string;
}

export interface Step {
  title?: string;
  fields: Field[];
}

export const stepsOf = (definition: Definition): Step[] => (definition.steps ?? []) as unknown as Step[];
export const withSteps = (definition: Definition, steps: Step[]): Definition => ({
  ...definition,
  steps: steps as unknown as NonNullable<Definition["steps"]>,
});

/** Fields that a visitor answers, as conditions and comparisons name them. */
export const isAsked = ({ kind }: Field) => kind !== "note" && kind !== "hidden";
export const allFields = (definition: Definition): Field[] => stepsOf(definition).flatMap(({ fields }) => fields);

/** Which types of attributes keep a kind's answers; none for kinds that have no attribute. */
export const attributeTypes: Partial<Record<Kind, string[]>> = {
  text: ["text"],
  long_text: ["text"],
  number: ["number"],
  date: ["date"],
  choice: ["text", "choice"],
  choices: ["text"],
  scale: ["number"],
  nps: ["number"],
  tick: ["boolean"],
  hidden: ["text", "choice"],
};

/** A key made of words that people read, unlike those that are taken: "How old?" becomes "how_old". */
export function keyFor(words: string, taken: string[], fallback = "question"): string {
  const plain = words
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 34)
    .replace(/_+$/, "");
  const wished = plain || fallback;
  if (!taken.includes(wished)) return wished;
  let number = 2;
  while (taken.includes(`${wished}_${number}`)) number++;
  return `${wished}_${number}`;
}

/** A new field of a kind, with the words it begins with. */
export function blankField(kind: Kind, label: string, option: (number: number) => string, taken: string[]): Field {
  const id = keyFor(kind === "nps" ? "recommend" : kind, taken);
  const two = [1, 2].map((number) => ({ value: `option_${number}`, label: option(number) }));
  if (kind === "hidden") return { kind, id, parameter: "source" };
  if (kind === "note") return { kind, id, title: label, text: "" };
  const asked: Field = { kind, id, label, required: kind === "email" };
  if (kind === "choice" || kind === "choices") return { ...asked, options: two };
  if (kind === "matrix") {
    const rows = [1, 2].map((number) => ({ value: `row_${number}`, label: option(number) }));
    return { ...asked, rows, options: two };
  }
  if (kind === "consent") return { ...asked, channel: "email", topics: [] };
  if (kind === "scale") return { ...asked, least: 1, most: 5, low: "", high: "" };
  if (kind === "nps") return { ...asked, least: 0, most: 10, low: "", high: "" };
  return asked;
}

/** The definition with a field's id changed, in the conditions that look at it too. */
export function renameId(definition: Definition, from: string, to: string): Definition {
  const steps = stepsOf(definition).map((step) => ({
    ...step,
    fields: step.fields.map((field) => ({
      ...field,
      id: field.id === from ? to : field.id,
      ...(field.show_if?.field === from ? { show_if: { ...field.show_if, field: to } } : {}),
    })),
  }));
  return withSteps(definition, steps);
}

/** The steps with the field at a place moved one place up or down, through steps too. */
export function moveField(steps: Step[], step: number, at: number, by: -1 | 1): Step[] {
  const field = steps[step]?.fields[at];
  if (!field) return steps;
  const next = steps.map((one) => ({ ...one, fields: [...one.fields] }));
  next[step]?.fields.splice(at, 1);
  const within = at + by;
  if (within >= 0 && within < (steps[step]?.fields.length ?? 0)) next[step]?.fields.splice(within, 0, field);
  else if (by < 0 && step > 0) next[step - 1]?.fields.push(field);
  else if (by > 0 && step < steps.length - 1) next[step + 1]?.fields.unshift(field);
  else return steps;
  return next;
}

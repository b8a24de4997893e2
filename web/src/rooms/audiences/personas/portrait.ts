import type { Shape } from "@/api/schema";

type Written = Shape<"Portrait">;
export type Portrait = Required<Omit<Written, "journey">> & { journey: Required<Shape<"PersonaJourney">> };

export const demographics = ["age", "job", "company_size", "region"] as const;
export const lists = ["goals", "pains", "triggers", "channels", "formats", "criteria"] as const;
export const stages = ["awareness", "consideration", "purchase", "after", "duration"] as const;

export const blank: Portrait = {
  age: "",
  job: "",
  company_size: "",
  region: "",
  goals: [],
  pains: [],
  triggers: [],
  journey: { awareness: "", consideration: "", purchase: "", after: "", duration: "" },
  channels: [],
  formats: [],
  tone: "",
  criteria: [],
  message: "",
};

/** A portrait with every field, also those that nobody has written. */
export const whole = (written: Written): Portrait => ({
  ...blank,
  ...written,
  journey: { ...blank.journey, ...written.journey },
});

/** The lines of a text, without marks of lists and without empty ones. */
export const linesOf = (text: string) =>
  text
    .split("\n")
    .map((line) => line.replace(/^\s*[-*•]\s+/, "").trim())
    .filter(Boolean);

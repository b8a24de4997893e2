import type { Shape } from "@/api/schema";

export type Import = Shape<"ImportOut">;
export type Plan = Shape<"Plan">;
export type Reading = Shape<"Reading">;
export type ColumnPlan = Shape<"ColumnPlan">;
export type DetectedColumn = Shape<"DetectedColumn">;
export type PreviewRow = Shape<"PreviewRow">;
/** A declared attribute; the API always says its key. */
export type Attribute = Shape<"AttributeOut"> & { key: string };
export type Target = Shape<"Target">;

/** What a rejected row is rejected for, as the API names it. */
export const reasons = [
  "broken_quotes",
  "choice_many",
  "choice_unknown",
  "date_invalid",
  "duplicate",
  "email_invalid",
  "boolean_invalid",
  "erased",
  "external_id_invalid",
  "key_missing",
  "money_invalid",
  "number_invalid",
  "phone_invalid",
  "raced",
  "ragged",
  "taken",
  "too_long",
  "unreadable",
] as const;
export type Reason = (typeof reasons)[number];
export const isReason = (name: string): name is Reason => (reasons as readonly string[]).includes(name);

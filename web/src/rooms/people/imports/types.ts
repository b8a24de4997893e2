import type { Shape } from "@/api/schema";

export type Import = Shape<"ImportOut">;
export type Plan = Shape<"Plan">;
export type Reading = Shape<"Reading">;
export type ColumnPlan = Shape<"ColumnPlan">;
export type DetectedColumn = Shape<"DetectedColumn">;
export type PreviewRow = Shape<"PreviewRow">;
/** A declared attribute; the API always says its key. */
export type Attribute = Shape<"Attribute"> & { key: string };
export type Target = Shape<"Target">;
export type Example = Shape<"Example">;
export type Undone = Shape<"Undone">;
export type Answer = Shape<"Answer">;

/** What a row is rejected for, or a cell left out, as the API names it. */
export const reasons = [
  "broken_quotes",
  "boolean_invalid",
  "choice_many",
  "choice_unknown",
  "currency_other",
  "date_invalid",
  "digits_lost",
  "duplicate",
  "email_invalid",
  "erased",
  "external_id_invalid",
  "external_id_nobody",
  "header_again",
  "id_shared",
  "key_missing",
  "money_invalid",
  "not_known",
  "number_invalid",
  "phone_invalid",
  "phone_shared",
  "raced",
  "ragged",
  "tag_long",
  "taken",
  "too_long",
  "total_line",
  "unreadable",
] as const;
export type Reason = (typeof reasons)[number];
export const isReason = (name: string): name is Reason => (reasons as readonly string[]).includes(name);

/** What somebody should look at in a file, as the API names it. */
export const warnings = [
  "attribute_unfit",
  "currency_other",
  "date_order_asked",
  "date_order_dmy",
  "date_order_mdy",
  "delimiter_doubtful",
  "duplicate_headers",
  "empty_headers",
  "merged_cells",
  "mixed_encodings",
  "name_refuses",
  "no_identity",
  "number_mark_comma",
  "number_mark_point",
  "rows_skipped",
  "sheet_chosen",
  "two_heads",
] as const;
export type Warning = (typeof warnings)[number];
export const isWarning = (code: string): code is Warning => (warnings as readonly string[]).includes(code);

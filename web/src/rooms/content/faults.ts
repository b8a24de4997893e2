import type { Shape } from "@/api/schema";
import { useT } from "./useT";

type Problem = Shape<"TemplateProblem">;

/** What the API may find wrong with an email: every `reason` that has words here. */
const reasons = [
  "filter_unknown",
  "filter_values",
  "include",
  "mjml_include",
  "tag_unclosed",
  "tag_unknown",
  "expression_missing",
  "unexpected",
  "currency_unknown",
  "number_invalid",
  "date_directive",
  "date_form",
  "divided_by_zero",
  "loops",
  "nested_deep",
  "loops_deep",
  "variables_large",
  "output_large",
  "slow",
  "value_large",
  "list_long",
  "number_large",
  "not_understood",
  "value_unfit",
  "liquid_other",
  "sign_unclosed",
  "sign_long",
  "template_too_large",
  "tags_many",
  "element_unknown",
  "elements_deep",
  "element_unclosed",
  "element_crossed",
  "element_unopened",
  "body_missing",
  "text_after",
  "mjml_other",
  "text_lost",
  "alt_missing",
  "lang_missing",
  "link_empty",
  "button_empty",
  "font_remote",
  "link_invalid",
  "link_relative",
  "link_insecure",
  "unsubscribe_missing",
  "html_large",
  "subject_missing",
  "subject_long",
  "field_unknown",
  "field_misspelt",
  "foreign_tag",
  "foreign_value",
  "foreign_any",
  "link_unescaped",
  "placeholder_address",
  "placeholder_link",
  "sign_less",
  "too_costly",
  "brackets_deep",
  "brand_word",
  "brand_word_other",
] as const;
type Reason = (typeof reasons)[number];
const known = (reason: string): reason is Reason => (reasons as readonly string[]).includes(reason);

/** A problem in the reader's language; the API's English sentence for one that is newer than these words. */
export function useFaultWords(): (problem: Problem) => string {
  const t = useT();
  return ({ reason, values, sentence, part }) => {
    if (!reason || !known(reason)) return sentence;
    const words = t(`fault.${reason}`, values as never);
    return part === "subject" || part === "preheader" || part === "text" ? t(`part.${part}`, { words }) : words;
  };
}

import { useT } from "./useT";

/** Why a rule can't be asked: every `reason` that has words here, but the one that holds another reason. */
const reasons = [
  "too_deep",
  "too_many",
  "audience_gone",
  "audience_circle",
  "audience_self",
  "attribute_gone",
  "choice_unknown",
  "campaign_gone",
  "topic_gone",
  "times_without_did",
  "times_crossed",
  "period_both",
  "period_crossed",
  "op_unfit",
  "value_unwanted",
  "days_range",
  "values_count",
  "two_values",
  "values_crossed",
  "items_malformed",
  "text_length",
  "text_unstorable",
  "date_format",
  "amount_whole",
  "number_range",
  "malformed",
  "not_degrees",
  "which_without_period",
  "which_with_times",
  "fifths_crossed",
  "score_gone",
  "stage_gone",
  "score_of_nothing",
  "points_crossed",
  "score_in_score",
  "calendar_unknown",
] as const;
type Reason = (typeof reasons)[number];
const known = (reason: string): reason is Reason => (reasons as readonly string[]).includes(reason);

export interface Fault {
  reason: string;
  values: Record<string, string | number>;
  /** The same in English. */
  sentence: string;
}

/** A fault in the reader's language; the API's English sentence for one that is newer than these words. */
export function useFaultWords(): (fault: Fault) => string {
  const t = useT();
  const say = (reason: string, values: Fault["values"]) =>
    known(reason) ? t(`fault.${reason}`, values as never) : undefined;
  return ({ reason, values, sentence }) => {
    if (reason !== "audience_broken") return say(reason, values) ?? sentence;
    const why = say(String(values.inner), values);
    return why ? t("fault.audience_broken", { why }) : sentence;
  };
}

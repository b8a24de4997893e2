import { later } from "@/ui/later";
import { WordChoice, WordForm } from "../InlineWord";
import css from "../planning.module.css";
import { useT } from "../useT";
import type { Campaign } from "../words";

const EventForm = later(() => import("./EventForm"));

type Attribution = Campaign["attribution"];
const spans = ["1", "3", "7", "14", "30", "60", "90"];

/** What counts as this campaign's doing, as a sentence whose words can be changed. */
export function AttributionSentence(props: {
  value: Attribution;
  disabled: boolean;
  onChange: (value: Attribution) => void;
}) {
  const { value, disabled, onChange } = props;
  const t = useT();
  const days = String(value.days ?? 7);
  const basis = value.basis ?? "click";
  return (
    <span className={css.sentence}>
      {t.rich("attribution.sentence", {
        event: (
          <WordForm
            key="event"
            label={t("attribution.event")}
            disabled={disabled}
            form={(close) => (
              <EventForm
                value={value.conversion_event ?? ""}
                onDone={(conversion_event) => {
                  onChange({ ...value, conversion_event });
                  close();
                }}
              />
            )}
          >
            <strong>{value.conversion_event}</strong>
          </WordForm>
        ),
        days: (
          <WordChoice
            key="days"
            label={t("attribution.days")}
            value={days}
            disabled={disabled}
            options={[...new Set([...spans, days])]
              .sort((a, b) => Number(a) - Number(b))
              .map((one) => ({ value: one, label: t("attribution.span", { days: Number(one) }) }))}
            onChange={(one) => onChange({ ...value, days: Number(one) })}
          >
            <strong>{t("attribution.span", { days: Number(days) })}</strong>
          </WordChoice>
        ),
        basis: (
          <WordChoice
            key="basis"
            label={t("attribution.basis")}
            value={basis}
            disabled={disabled}
            options={(["click", "delivery"] as const).map((one) => ({
              value: one,
              label: t(`attribution.${one}`),
              note: t(`attribution.${one}.note`),
            }))}
            onChange={(one) => onChange({ ...value, basis: one })}
          >
            <strong>{t(`attribution.${basis}`)}</strong>
          </WordChoice>
        ),
      })}
    </span>
  );
}

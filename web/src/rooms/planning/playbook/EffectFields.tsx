import { Select } from "@mantine/core";
import { MoneyField, NumberField, ShareField } from "@/ui/numbers";
import css from "./playbook.module.css";
import { useT } from "./useT";
import { type Effect, effectUnits } from "./words";

interface Props {
  effect: Effect | null;
  metrics: { value: string; label: string }[];
  disabled: boolean;
  onChange: (effect: Effect | null) => void;
}

/** How much a metric changed: best guess and range. */
export function EffectFields({ effect, metrics, disabled, onChange }: Props) {
  const t = useT();
  const unit = effect?.unit ?? "relative";
  const Field = unit === "money" ? MoneyField : unit === "count" ? NumberField : ShareField;
  const number = (name: "value" | "low" | "high") => (
    <Field
      label={t(`effect.${name}`)}
      disabled={disabled}
      min={-1_000_000_000}
      max={1_000_000_000}
      value={effect?.[name] ?? null}
      onChange={(value) => effect && onChange({ ...effect, [name]: name === "value" ? (value ?? 0) : value })}
    />
  );
  return (
    <>
      <div className={css.pair}>
        <Select
          label={t("effect.metric")}
          placeholder={t("effect.none")}
          clearable
          disabled={disabled}
          data={metrics}
          value={effect?.metric ?? null}
          onChange={(metric) =>
            onChange(
              metric
                ? { ...(effect ?? { unit, value: 0, low: null, high: null }), metric: metric as Effect["metric"] }
                : null,
            )
          }
        />
        <Select
          label={t("effect.unit")}
          allowDeselect={false}
          disabled={disabled || !effect}
          data={effectUnits.map((value) => ({ value, label: t(`unit.${value}`) }))}
          value={unit}
          onChange={(next) => effect && next && onChange({ ...effect, unit: next, low: null, high: null })}
        />
      </div>
      {effect && (
        <div className={css.pair}>
          {number("value")}
          <div className={css.pair}>
            {number("low")}
            {number("high")}
          </div>
        </div>
      )}
    </>
  );
}

import { NumberInput, Select, TextInput } from "@mantine/core";
import { minorDigits, useFormat } from "@/lib/format";
import { DayField } from "@/ui/DateField";
import css from "./people.module.css";
import { useT } from "./useT";
import type { AttributeType } from "./values";

interface NumberFieldProps {
  /** For screen readers; nothing is shown beside the field. */
  label: string;
  value: unknown;
  onChange: (value: number | null) => void;
  whole?: boolean;
  min?: number;
  decimals?: number;
  suffix?: string;
  width?: number;
  autoFocus?: boolean;
}

/** A number with the separators of the reader's language; both point and comma are taken while typing. */
export function NumberField({
  label,
  value,
  onChange,
  whole,
  min,
  decimals,
  suffix,
  width,
  autoFocus,
}: NumberFieldProps) {
  const { locale } = useFormat();
  const parts = new Intl.NumberFormat(locale).formatToParts(12345.6);
  const separator = (kind: string) => parts.find(({ type }) => type === kind)?.value;
  return (
    <NumberInput
      aria-label={label}
      w={width}
      hideControls
      autoFocus={autoFocus}
      value={typeof value === "number" ? value : ""}
      onChange={(next) => onChange(typeof next === "number" ? next : null)}
      allowDecimal={!whole}
      decimalScale={decimals}
      min={min}
      clampBehavior="strict"
      thousandSeparator={separator("group") ?? ","}
      decimalSeparator={separator("decimal") ?? "."}
      allowedDecimalSeparators={[".", ","]}
      suffix={suffix}
    />
  );
}

/** An amount of money, kept in minor units of the workspace's currency. */
export function MoneyField({
  label,
  value,
  onChange,
  width = 132,
  ...rest
}: Omit<NumberFieldProps, "decimals" | "suffix">) {
  const { currency } = useFormat();
  const digits = minorDigits(currency);
  return (
    <NumberField
      {...rest}
      label={`${label} (${currency})`}
      width={width}
      decimals={digits}
      suffix={` ${currency}`}
      value={typeof value === "number" ? value / 10 ** digits : null}
      onChange={(next) => onChange(next === null ? null : Math.round(next * 10 ** digits))}
    />
  );
}

/** A calendar day without words of its own. */
export function BareDay({
  label,
  value,
  onChange,
}: {
  label: string;
  value: unknown;
  onChange: (value: string | null) => void;
}) {
  return (
    <div className={css.day}>
      <DayField label={label} value={typeof value === "string" ? value : null} onChange={onChange} />
    </div>
  );
}

interface ValueProps {
  type: AttributeType;
  label: string;
  choices: string[];
  value: unknown;
  /** null: not known. */
  onChange: (value: string | number | boolean | null) => void;
}

/** The value of an attribute while it is edited. */
export function AttributeField({ type, label, choices, value, onChange }: ValueProps) {
  const t = useT();
  switch (type) {
    case "number":
      return <NumberField autoFocus label={label} value={value} onChange={onChange} />;
    case "money":
      return <MoneyField autoFocus label={label} value={value} onChange={onChange} width={undefined} />;
    case "date":
      return <BareDay label={label} value={value} onChange={onChange} />;
    case "boolean":
      return (
        <Select
          aria-label={label}
          value={value === true ? "yes" : value === false ? "no" : ""}
          allowDeselect={false}
          autoFocus
          data={[
            { value: "yes", label: t("yes") },
            { value: "no", label: t("no") },
            { value: "", label: t("notKnown") },
          ]}
          onChange={(next) => onChange(next === "yes" ? true : next === "no" ? false : null)}
        />
      );
    case "choice":
      return (
        <Select
          aria-label={label}
          value={typeof value === "string" ? value : null}
          data={choices}
          searchable
          clearable
          autoFocus
          onChange={(next) => onChange(next)}
        />
      );
    case "text":
      return (
        <TextInput
          aria-label={label}
          autoFocus
          value={typeof value === "string" ? value : ""}
          maxLength={5000}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      );
  }
}

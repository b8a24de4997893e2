import { Select } from "@mantine/core";
import { useMemo } from "react";
import { useGet } from "@/api/hooks";
import { minorDigits, useFormat } from "@/lib/format";
import { NumberField } from "@/ui/numbers";
import { useT } from "./useT";

/** Words of a problem or a wrong cell by its code. */
export const wrongCodes = [
  "amount_digits",
  "amount_large",
  "amount_missing",
  "amount_negative",
  "amount_unreadable",
  "approval_needed",
  "campaign_ended",
  "currency_ambiguous",
  "currency_conflict",
  "currency_unknown",
  "day_missing",
  "day_unreadable",
  "days_reversed",
  "deliverable_unknown",
  "entry_day",
  "external_id_taken",
  "external_id_twice",
  "kind_unknown",
  "line_days_many",
  "line_missing",
  "line_unknown",
  "name_long",
  "name_missing",
  "quantity_unreadable",
  "rate_missing",
  "resource_unknown",
  "tax_unreadable",
] as const;

interface WrongRow {
  number: number;
  column: string;
  code: string;
  value?: string;
}

/** What cannot be read in rows of a spreadsheet, row by row. */
export function WrongRows({ wrong, most = 12 }: { wrong: WrongRow[]; most?: number }) {
  const t = useT();
  const said = (code: string) => wrongCodes.find((known) => known === code);
  return (
    <ul>
      {wrong.slice(0, most).map((one) => {
        const code = said(one.code);
        return (
          <li key={`${one.number} ${one.column} ${one.code}`}>
            <strong>{t("wrong.row", { number: one.number })}</strong> {code ? t(`wrong.${code}`) : one.code}
            {one.value && ` · ${one.value}`}
          </li>
        );
      })}
      {wrong.length > most && <li>{t("wrong.more", { count: wrong.length - most })}</li>}
    </ul>
  );
}

interface AmountProps {
  label: string;
  currency: string;
  value: number | null;
  onChange: (minor: number | null) => void;
  bare?: boolean;
  disabled?: boolean;
  onBlur?: () => void;
}

/** An amount in any currency: minor units outside, written with as many digits as the currency has. */
export function AmountField({ currency, value, onChange, ...rest }: AmountProps) {
  const digits = minorDigits(currency);
  return (
    <NumberField
      {...rest}
      digits={digits}
      fixed
      max={10 ** 15 / 10 ** digits}
      value={value === null ? null : value / 10 ** digits}
      onChange={(next) => onChange(next === null ? null : Math.round(next * 10 ** digits))}
    />
  );
}

/** Currencies that have a rate, the workspace's first. */
export function useCurrencies(): string[] {
  const { currency } = useFormat();
  const rates = useGet("/budget/rates", {}, { slow: true });
  return useMemo(
    () => [...new Set([currency, ...(rates.data ?? []).map((rate) => rate.currency)])],
    [currency, rates.data],
  );
}

interface CurrencyProps {
  label: string;
  value: string;
  onChange: (currency: string) => void;
}

/** One of the currencies that have a rate. */
export function CurrencyField({ label, value, onChange }: CurrencyProps) {
  const known = useCurrencies();
  return (
    <Select
      label={label}
      allowDeselect={false}
      value={value}
      data={[...new Set([...known, value])]}
      onChange={(next) => next && onChange(next)}
    />
  );
}

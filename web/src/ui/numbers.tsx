import { NumberInput } from "@mantine/core";
import { useRef, useState } from "react";
import { minorDigits, useFormat } from "@/lib/format";
import { keep } from "@/lib/keep";
import { signed } from "@/lib/text";

/** The signs between thousands and before decimals. */
const signs = (locale: string) =>
  keep(`signs ${locale}`, () => {
    const parts = new Intl.NumberFormat(locale, { useGrouping: "always" }).formatToParts(12345.6);
    const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
    return { group: part("group"), decimal: part("decimal") };
  });

const amounts = (locale: string, currency: string) =>
  keep(
    `amounts ${locale} ${currency}`,
    () => new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "narrowSymbol" }),
  );

interface Common {
  label: string;
  description?: string;
  /** Without a label above: the table's head names it. */
  bare?: boolean;
  disabled?: boolean;
  error?: string;
  onBlur?: () => void;
  suffix?: string;
  prefix?: string;
  max?: number;
  min?: number;
  className?: string;
}

interface NumberProps extends Common {
  value: number | null;
  onChange: (value: number | null) => void;
  digits?: number;
  fixed?: boolean;
}

/** A number as it is written in the reader's language; empty is null. */
export function NumberField({ value, onChange, digits = 0, fixed, bare, label, min = 0, ...rest }: NumberProps) {
  const { locale } = useFormat();
  const { group, decimal } = signs(locale);
  const field = useRef<HTMLInputElement>(null);
  const entered = useRef("");
  // While it is typed, no zeros are filled in behind the point under the hand.
  const [typing, setTyping] = useState(false);
  return (
    <NumberInput
      {...rest}
      ref={field}
      label={bare ? undefined : label}
      aria-label={bare ? label : undefined}
      min={min}
      allowNegative={min < 0}
      clampBehavior="blur"
      hideControls
      // Arrow keys belong to the table or the text around it, and must not change an amount.
      withKeyboardEvents={false}
      inputWrapperOrder={["label", "input", "description", "error"]}
      decimalScale={digits}
      fixedDecimalScale={fixed && !typing}
      thousandSeparator={group}
      decimalSeparator={decimal}
      allowedDecimalSeparators={[".", ","]}
      value={value ?? ""}
      onChange={(next) => {
        setTyping(document.activeElement === field.current);
        onChange(next === "" || Number.isNaN(Number(next)) ? null : Number(next));
      }}
      onBlur={() => {
        setTyping(false);
        rest.onBlur?.();
      }}
      // At once for keys; again after a click has put its caret, unless something was typed meanwhile.
      onFocusCapture={(event) => {
        event.currentTarget.select();
        entered.current = event.currentTarget.value;
      }}
      onFocus={(event) => event.currentTarget.value === entered.current && event.currentTarget.select()}
    />
  );
}

interface MoneyProps extends Common {
  /** Minor units. */
  value: number | null;
  onChange: (minor: number | null) => void;
}

/** An amount in the workspace's currency, in minor units outside and as people write it inside. */
export function MoneyField({ value, onChange, ...rest }: MoneyProps) {
  const { currency, locale } = useFormat();
  const digits = minorDigits(currency);
  const parts = amounts(locale, currency).formatToParts(1);
  const sign = parts.find(({ type }) => type === "currency")?.value ?? currency;
  const before = parts[0]?.type === "currency";
  return (
    <NumberField
      {...rest}
      digits={digits}
      fixed
      max={10 ** 15 / 10 ** digits}
      prefix={before ? sign : undefined}
      suffix={before ? undefined : ` ${sign}`}
      value={value === null ? null : value / 10 ** digits}
      onChange={(next) => onChange(next === null ? null : Math.round(next * 10 ** digits))}
    />
  );
}

/** A share as a percentage: 0.05 outside, "5 %" inside. */
export function ShareField({ value, onChange, max = 100, min = 0, ...rest }: MoneyProps) {
  const format = useFormat();
  return (
    <NumberField
      {...rest}
      digits={2}
      suffix={format.percentSign}
      min={min}
      max={max}
      value={value === null ? null : Number((value * 100).toFixed(7))}
      onChange={(next) => onChange(next === null ? null : Number((next / 100).toFixed(9)))}
    />
  );
}

/** An amount with all its digits, for columns of money. */
export function useExactMoney(): (minor: number) => string {
  const { currency, locale } = useFormat();
  const digits = minorDigits(currency);
  const write = amounts(locale, currency);
  return (minor) => signed(write.format(minor / 10 ** digits));
}

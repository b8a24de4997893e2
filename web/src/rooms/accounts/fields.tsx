import { Select } from "@mantine/core";
import { useMemo } from "react";
import { type Language, languages, locales, useLanguage } from "@/lib/i18n";
import { allZones } from "@/lib/zones";
import { useT } from "./useT";

interface Field<T extends string> {
  value: T;
  onChange: (value: T) => void;
  error?: string;
  disabled?: boolean;
}

/** A time zone, found by typing a city. */
export function ZoneField(props: Field<string>) {
  const t = useT();
  const data = useMemo(
    () => [...new Set([props.value, ...allZones()])].map((value) => ({ value, label: value.replaceAll("_", " ") })),
    [props.value],
  );
  return (
    <Select
      label={t("field.zone")}
      description={t("field.zone.note")}
      data={data}
      value={props.value}
      searchable
      limit={80}
      allowDeselect={false}
      nothingFoundMessage={t("field.none")}
      error={props.error}
      disabled={props.disabled}
      onChange={(value) => value && props.onChange(value)}
    />
  );
}

/** A currency, by code or name in the reader's language. */
export function CurrencyField(props: Field<string>) {
  const t = useT();
  const { language } = useLanguage();
  const data = useMemo(() => {
    const names = new Intl.DisplayNames(locales[language], { type: "currency" });
    return Intl.supportedValuesOf("currency").map((value) => ({
      value,
      label: `${value} · ${names.of(value) ?? value}`,
    }));
  }, [language]);
  return (
    <Select
      label={t("field.currency")}
      description={t("field.currency.note")}
      data={data}
      value={props.value}
      searchable
      limit={80}
      allowDeselect={false}
      nothingFoundMessage={t("field.none")}
      error={props.error}
      disabled={props.disabled}
      onChange={(value) => value && props.onChange(value)}
    />
  );
}

/** One of the four languages. */
export function LanguageField(props: Field<Language> & { label: string; note?: string }) {
  return (
    <Select
      label={props.label}
      description={props.note}
      value={props.value}
      allowDeselect={false}
      error={props.error}
      disabled={props.disabled}
      data={(Object.keys(languages) as Language[]).map((value) => ({ value, label: languages[value] }))}
      onChange={(value) => value && props.onChange(value as Language)}
    />
  );
}

const regionCurrency: Record<string, string> = {
  SE: "SEK",
  US: "USD",
  GB: "GBP",
  CN: "CNY",
  CH: "CHF",
  NO: "NOK",
  DK: "DKK",
  CA: "CAD",
  AU: "AUD",
  JP: "JPY",
  PL: "PLN",
  IN: "INR",
};

/** What to begin with, by the browser's region: people correct a guess faster than they fill in a blank. */
export function guessWorkspace(language: Language) {
  const region = navigator.languages.map((tag) => new Intl.Locale(tag).region).find(Boolean) ?? "";
  return {
    name: "",
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC",
    currency: regionCurrency[region] ?? "EUR",
    language,
  };
}

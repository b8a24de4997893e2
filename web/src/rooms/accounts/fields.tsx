import { Select } from "@mantine/core";
import { useMemo } from "react";
import { type Language, languages, locales, useLanguage } from "@/lib/i18n";
import { allZones } from "@/lib/zones";
import { guessCurrency } from "./currencies";
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
export function CurrencyField(props: Field<string> & { guessed?: boolean }) {
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
      description={t(props.guessed ? "field.currency.guessed" : "field.currency.note")}
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

/** What to begin with, by the browser's clock and languages: people correct a guess faster than they fill in a blank. */
export function guessWorkspace(language: Language) {
  const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  return { name: "", time_zone, currency: guessCurrency(time_zone, navigator.languages), language };
}

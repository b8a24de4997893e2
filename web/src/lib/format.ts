import { type Language, locales, useLanguage } from "./i18n";
import { keep } from "./keep";
import { isolate, signed } from "./text";
import { useWorkspaceSettings } from "./workspace";
import { instantToWall } from "./zones";

/** What shapes a value on screen. `now` is given by tests. */
export interface Setting {
  language: Language;
  timezone: string;
  currency: string;
  now?: Date;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Digits behind the point of a currency: 2 for EUR, 0 for JPY. */
export function minorDigits(currency: string): number {
  const found = () => new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
  return keep(`digits ${currency}`, () => found().maximumFractionDigits ?? 2);
}

/** The product's ways to write numbers, money and times, for one language, zone and currency. */
export function makeFormat({ language, timezone, currency, now: fixed }: Setting) {
  const locale = locales[language];
  const now = () => fixed ?? new Date();
  const number = new Intl.NumberFormat(locale);
  const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "long" });
  const days = new Intl.DateTimeFormat(locale, {
    timeZone: timezone,
    weekday: "short",
    day: "numeric",
    month: "short",
  });
  const daysOfYear = new Intl.DateTimeFormat(locale, {
    timeZone: timezone,
    day: "numeric",
    month: "short",
    year: "numeric",
  });
  const calendarDays = new Intl.DateTimeFormat(locale, {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
    year: "numeric",
  });
  const calendarDaysOfWeek = new Intl.DateTimeFormat(locale, {
    timeZone: "UTC",
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
  });
  const weekdaysOfAnyYear = new Intl.DateTimeFormat(locale, {
    timeZone: "UTC",
    weekday: "short",
    day: "numeric",
    month: "short",
  });
  const daysOfAnyYear = new Intl.DateTimeFormat(locale, { timeZone: "UTC", day: "numeric", month: "short" });
  const hours = new Intl.DateTimeFormat(locale, {
    timeZone: timezone,
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  });
  const clock = new Intl.DateTimeFormat(locale, {
    timeZone: timezone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hour12: false,
  });
  const year = new Intl.DateTimeFormat("en", { timeZone: timezone, year: "numeric" });
  const full = new Intl.DateTimeFormat(locale, { timeZone: timezone, dateStyle: "full", timeStyle: "long" });
  const lists = new Intl.ListFormat(locale, { type: "conjunction" });
  const separator = language === "zh" ? " " : ", ";

  const date = (at: Date | string) => {
    const instant = new Date(at);
    return year.format(instant) === year.format(now())
      ? days.format(instant).replace(/\.$/, "")
      : daysOfYear.format(instant);
  };
  const percentSign = (1).toLocaleString(locale, { style: "percent" }).replace("100", "");
  const format = {
    /** 64000 → "64,000". */
    number: (value: number, digits?: number) =>
      signed(
        digits === undefined
          ? number.format(value)
          : value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
      ),
    /** 64000 → "64k": for axes and tight places only. */
    compact: (value: number) => signed(compact.format(value)),
    /**
     * 0.1828 → "18.3 %" (a share as a part of one), always with the same digits: what is not nothing never reads as 0
     * ("<0.1 %"), and what is not everything never as 100 %.
     */
    percent: (share: number, digits = 1) => {
      const step = 1 / 10 ** (digits + 2);
      const write = (part: number) =>
        signed(
          part.toLocaleString(locale, {
            style: "percent",
            minimumFractionDigits: digits,
            maximumFractionDigits: digits,
          }),
        );
      const size = Math.abs(share);
      if (share !== 0 && size < step / 2) return share > 0 ? `<${write(step)}` : `>${write(-step)}`;
      return write(size < 1 && size >= 1 - step / 2 ? Math.sign(share) * (1 - step) : share);
    },
    /** What stands behind the number of a share: "%", or " %" in French and Swedish. */
    percentSign,
    /** 12 → "+12", −3 → "−3": a change. */
    signed: (value: number) => signed(value.toLocaleString(locale, { signDisplay: "exceptZero" })),
    /** 0.12 → "+12 %": a relative change. */
    change: (share: number) =>
      signed(share.toLocaleString(locale, { style: "percent", signDisplay: "exceptZero", maximumFractionDigits: 0 })),
    /** Minor units and currency → "€12.50"; nothing, and whole amounts from 1,000 up, have no cents. */
    money: (minor: number, code = currency) => {
      const digits = minorDigits(code);
      const amount = minor / 10 ** digits;
      const whole = amount === 0 || (Number.isInteger(amount) && Math.abs(amount) >= 1000);
      const write = () =>
        new Intl.NumberFormat(locale, {
          style: "currency",
          currency: code,
          currencyDisplay: "narrowSymbol",
          ...(whole ? { maximumFractionDigits: 0 } : {}),
        });
      return signed(keep(`money ${locale} ${code} ${whole}`, write).format(amount));
    },
    /** 1234500 → "€12.3K": for axes and tight places only. */
    compactMoney: (minor: number, code = currency) => {
      const write = () =>
        new Intl.NumberFormat(locale, {
          style: "currency",
          currency: code,
          currencyDisplay: "narrowSymbol",
          notation: "compact",
          maximumFractionDigits: 1,
        });
      return signed(keep(`axis ${locale} ${code}`, write).format(minor / 10 ** minorDigits(code)));
    },
    /** "Tue 24 Nov" this year, "24 Nov 2025" else; in the workspace's zone. */
    date,
    /** The day ("2026-11-24") that an instant falls on in the workspace's zone; today without one. */
    dayIn: (instant: Date | string = now()) => instantToWall(new Date(instant).toISOString(), timezone).slice(0, 10),
    /** A calendar day without a zone ("2026-11-24"), never shifted. */
    day: (iso: string) => calendarDays.format(new Date(`${iso.slice(0, 10)}T00:00:00Z`)),
    /** The same with its weekday: "Tue 24 Nov 2026". */
    weekday: (iso: string) => calendarDaysOfWeek.format(new Date(`${iso.slice(0, 10)}T00:00:00Z`)),
    /** The same without its year, for days near enough: "Tue 24 Nov". */
    weekdayOfYear: (iso: string) => weekdaysOfAnyYear.format(new Date(`${iso.slice(0, 10)}T00:00:00Z`)),
    /** A day without its year and weekday: for axes, where the years are all the same. */
    dayOfYear: (iso: string) => daysOfAnyYear.format(new Date(`${iso.slice(0, 10)}T00:00:00Z`)),
    /** "09:30". */
    time: (at: Date | string) => hours.format(new Date(at)),
    /** To the second, for what comes by the second: "09:30:05". */
    clock: (at: Date | string) => clock.format(new Date(at)),
    /** "Tue 24 Nov, 09:30". */
    dateTime: (at: Date | string) => `${date(at)}${separator}${hours.format(new Date(at))}`,
    /** "3 minutes ago" under a day, else the date and time. */
    when: (at: Date | string) => {
      const apart = new Date(at).getTime() - now().getTime();
      if (Math.abs(apart) >= DAY) return format.dateTime(at);
      if (Math.abs(apart) < MINUTE) return relative.format(0, "second");
      if (Math.abs(apart) < 60 * MINUTE) return relative.format(Math.round(apart / MINUTE), "minute");
      return relative.format(Math.round(apart / (60 * MINUTE)), "hour");
    },
    /** Everything about an instant, zone named: for tooltips. */
    exact: (at: Date | string) => full.format(new Date(at)),
    /** Seconds → "16 seconds", "2 minutes", "1.5 hours". */
    duration: (seconds: number) => {
      const unit = (value: number, name: string) =>
        value.toLocaleString(locale, { style: "unit", unit: name, unitDisplay: "long" });
      if (seconds < 60) return unit(Math.round(seconds), "second");
      if (seconds < 3600) return unit(Math.round(seconds / 60), "minute");
      if (seconds < 86_400) return unit(Math.round(seconds / 360) / 10, "hour");
      return unit(Math.round(seconds / 86_400), "day");
    },
    /** Bytes → "2.4 MB". */
    bytes: (size: number) => {
      const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
      const step = Math.min(Math.floor(Math.log10(Math.max(size, 1)) / 3), 3);
      return (size / 1000 ** step).toLocaleString(locale, {
        style: "unit",
        unit: units[step] ?? "byte",
        unitDisplay: step ? "short" : "long",
        maximumFractionDigits: step ? 1 : 0,
      });
    },
    /** ["a", "b", "c"] → "a, b and c". */
    list: (parts: string[]) => lists.format(parts.map(isolate)),
    locale,
    timezone,
    currency,
  };
  return format;
}

export type Format = ReturnType<typeof makeFormat>;

/** The ways to write values here: the person's language, the workspace's zone and currency. */
export function useFormat(): Format {
  const { language } = useLanguage();
  const { timezone, currency } = useWorkspaceSettings();
  return keep(`format ${language} ${timezone} ${currency}`, () => makeFormat({ language, timezone, currency }));
}

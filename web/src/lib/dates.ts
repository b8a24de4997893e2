import { type Language, locales } from "./i18n";
import { keep } from "./keep";

/**
 * In which order somebody writes the numbers of a day. "ymd" is the Chinese one (the month always before the day), "iso"
 * the Swedish one: year first, or else the day first ("5/12 2026").
 */
export type DayOrder = "dmy" | "mdy" | "ymd" | "iso";

export interface Reader {
  order: DayOrder;
  /** "2026-11-29": the day that words and missing years are counted from. */
  today: string;
  min?: string;
  max?: string;
}

/** Time zones of countries that write the month first. */
const MONTH_FIRST =
  /^(US\/|America\/(New_York|Detroit|Chicago|Denver|Los_Angeles|Phoenix|Anchorage|Juneau|Sitka|Metlakatla|Yakutat|Nome|Adak|Boise|Menominee|Kentucky|Indiana|North_Dakota|Puerto_Rico|Louisville|Indianapolis|Fort_Wayne)|Pacific\/(Honolulu|Guam|Saipan|Pago_Pago|Majuro|Kwajalein|Chuuk|Pohnpei|Kosrae|Palau|Midway|Wake)|Asia\/Manila)/;

/**
 * The reader's own order. Swedish and Chinese put the year first, French the day; in English the browser's own English
 * (en-US or another) decides, else the country of the workspace's time zone.
 */
export function dayOrder(language: Language, timezone: string, wishes: readonly string[]): DayOrder {
  if (language === "fr") return "dmy";
  if (language !== "en") return language === "zh" ? "ymd" : "iso";
  const own = wishes.find((wish) => /^en-[A-Z]{2}\b/.test(wish));
  if (own) return /^en-(US|PH|PR|GU|AS|MP|VI|UM|FM|MH|PW)\b/.test(own) ? "mdy" : "dmy";
  return MONTH_FIRST.test(timezone) ? "mdy" : "dmy";
}

const plain = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const NEAR: Record<string, number> = {
  ...{ today: 0, "aujourd'hui": 0, "aujourd’hui": 0, idag: 0, "i dag": 0, 今天: 0, 今日: 0 },
  ...{ tomorrow: 1, demain: 1, imorgon: 1, "i morgon": 1, 明天: 1 },
  ...{ yesterday: -1, hier: -1, igar: -1, "i gar": -1, 昨天: -1 },
};
const FILLERS = new Set(["the", "of", "le", "den", "de", "du"]);

/** Names of months and weekdays in all four languages, without accents and points. */
function names(): { months: Map<string, number>; weekdays: Set<string> } {
  return keep("names of days", () => {
    const months = new Map<string, number>([["sept", 9]]);
    const weekdays = new Set<string>();
    for (const locale of Object.values(locales)) {
      for (const style of ["long", "short"] as const) {
        const month = new Intl.DateTimeFormat(locale, { month: style, timeZone: "UTC" });
        const day = new Intl.DateTimeFormat(locale, { weekday: style, timeZone: "UTC" });
        for (let at = 0; at < 12; at++) {
          const word = plain(month.format(Date.UTC(2024, at, 1))).replace(/\.$/, "");
          if (!/\d/.test(word)) months.set(word, at + 1);
        }
        for (let at = 1; at <= 7; at++) weekdays.add(plain(day.format(Date.UTC(2024, 0, at))).replace(/\.$/, ""));
      }
    }
    // In English, months are also cut after three letters where the language itself cuts later.
    for (const [word, at] of [...months])
      if (/^[a-z]{4,}$/.test(word) && !months.has(word.slice(0, 3))) {
        if (word.slice(0, 3) !== "jui") months.set(word.slice(0, 3), at);
      }
    return { months, weekdays };
  });
}

const iso = (year: number, month: number, day: number): string | undefined => {
  const at = new Date(Date.UTC(year, month - 1, day));
  const real = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return real && year >= 1900 && year <= 2200 ? at.toISOString().slice(0, 10) : undefined;
};

const yearFirst = ({ order }: Reader) => order === "ymd" || order === "iso";

/** 26 → 2026, 88 → 1988: no more than 30 years ahead. */
const fullYear = (written: string, today: string): number => {
  if (written.length === 4) return Number(written);
  const year = Math.floor(Number(today.slice(0, 4)) / 100) * 100 + Number(written);
  return year > Number(today.slice(0, 4)) + 30 ? year - 100 : year;
};

/** The day of the year that is nearest to today among those that are allowed. */
function nearest(month: number, day: number, { today, min, max }: Reader): string | undefined {
  const year = Number(today.slice(0, 4));
  const days = [year, year + 1, year - 1].map((one) => iso(one, month, day)).filter((one) => one !== undefined);
  const allowed = days.filter((one) => (!min || one >= min) && (!max || one <= max));
  const away = (one: string) => Math.abs(Date.parse(one) - Date.parse(today));
  return (allowed.length ? allowed : days).sort((a, b) => away(a) - away(b))[0];
}

/**
 * The day that somebody has typed, as "2026-11-24", or undefined when it is none.
 *
 * Numbers are read in the reader's own order; where only the other order gives a day (31/12 for somebody who writes the
 * month first), it is that one. Four digits are always the year, points always stand behind a day, and names of months
 * are understood in every language. Without a year it is the nearest such day.
 */
export function readDay(typed: string, reader: Reader): string | undefined {
  const text = plain(typed.normalize("NFKC").trim()).replace(/\s+/g, " ");
  if (text in NEAR)
    return new Date(Date.parse(reader.today) + (NEAR[text] ?? 0) * 86_400_000).toISOString().slice(0, 10);
  const han = /^(?:(\d{4}|\d{2}) ?年)? ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]?(?: ?(?:星期|周).)?$/.exec(text);
  if (han) return dated(han[1], Number(han[2]), Number(han[3]), reader);
  const solid = /^(\d{4}|\d{2})(\d{2})(\d{2})$/.exec(text);
  if (solid?.[1] && (solid[1].length === 4 || yearFirst(reader))) {
    return dated(solid[1], Number(solid[2]), Number(solid[3]), reader);
  }
  return /\p{L}/u.test(text.replace(/(\d)(?:st|nd|rd|th|er|:e|:a)\b/g, "$1"))
    ? named(text, reader)
    : numbers(text, reader);
}

function dated(year: string | undefined, month: number, day: number, reader: Reader): string | undefined {
  return year === undefined ? nearest(month, day, reader) : iso(fullYear(year, reader.today), month, day);
}

/** "5 Dec 2026", "December 5th, 2026", "lundi 5 décembre". */
function named(text: string, reader: Reader): string | undefined {
  const { months, weekdays } = names();
  let month: number | undefined;
  const found: string[] = [];
  for (const part of text.match(/\d+|\p{L}+/gu) ?? []) {
    if (/^\d/.test(part)) found.push(part);
    else if (months.has(part) && !(weekdays.has(part) && found.length === 0 && another(text, part))) {
      if (month !== undefined) return undefined;
      month = months.get(part);
    } else if (!weekdays.has(part) && !FILLERS.has(part) && !/^(st|nd|rd|th|er|e|a)$/.test(part)) return undefined;
  }
  if (month === undefined || !found[0] || found.length > 2) return undefined;
  const [first, second] = found as [string, string?];
  if (first.length > 2) return second && second.length <= 2 ? dated(first, month, Number(second), reader) : undefined;
  if (second !== undefined && second.length !== 2 && second.length !== 4) return undefined;
  return dated(second, month, Number(first), reader);
}

/** Whether another word of the text is a month: "mar." is Tuesday in "mar. 5 mai", March alone. */
function another(text: string, but: string): boolean {
  return (text.match(/\p{L}+/gu) ?? []).some((word) => word !== but && names().months.has(word));
}

/** "5/12/2026", "05.12.26", "2026-12-05", "5/12". */
function numbers(text: string, reader: Reader): string | undefined {
  const bare = text.replace(/(\d)(?:st|nd|rd|th|er|:e|:a)\b/g, "$1").replace(/\.$/, "");
  const parts = /^(\d{1,4}) ?([-./ ]) ?(\d{1,2})(?: ?[-./ ] ?(\d{1,4}))?$/.exec(bare.replace(/, ?/g, " "));
  if (!parts) return undefined;
  const [, first = "", mark, second = "", third] = parts;
  if (first.length === 4) return third ? iso(Number(first), Number(second), Number(third)) : undefined;
  if (first.length === 3 || third?.length === 3 || third?.length === 1) return undefined;
  const [one, two] = [Number(first), Number(second)];
  const dayFirst = () => dated(third, two, one, reader);
  const monthFirst = () => dated(third, one, two, reader);
  if (yearFirst(reader) && third?.length === 2 && (mark === "-" || reader.order === "ymd")) {
    return iso(fullYear(first, reader.today), two, Number(third));
  }
  if (mark === "." && reader.order !== "ymd") return dayFirst();
  const monthBeforeDay = reader.order === "mdy" || reader.order === "ymd";
  return monthBeforeDay ? (monthFirst() ?? dayFirst()) : (dayFirst() ?? monthFirst());
}

/** The time that somebody has typed, as "09:30": "9", "9.30", "0930", "9:30 pm", "9h30", "kl. 9", "上午9:30". */
export function readTime(typed: string): string | undefined {
  const text = plain(typed.normalize("NFKC").trim())
    .replace(/^(kl\.?|at|a) ?/, "")
    .replace(/[点时] ?(\d)/, ":$1")
    .replace(/[点时分]/g, "");
  const parts = /^(上午|下午)? ?(\d{1,2})(?: ?[:.h] ?(\d{2})|(\d{2}))?(?: ?h)?(?: ?([ap])\.? ?m?\.?)?$/.exec(text);
  if (!parts) return undefined;
  const minutes = Number(parts[3] ?? parts[4] ?? 0);
  let hours = Number(parts[2]);
  const half = parts[5] ?? { 上午: "a", 下午: "p" }[parts[1] ?? ""];
  if (half && (hours < 1 || hours > 12)) return undefined;
  if (half) hours = (hours % 12) + (half === "p" ? 12 : 0);
  if (hours > 23 || minutes > 59) return undefined;
  return `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}

import { useEffect, useState } from "react";
import type { ApiError } from "@/api/errors";
import { makeFormat } from "./format";
import { locales, problemWords, type Spoken, useLanguage } from "./i18n";
import { sentence } from "./icu";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
type More = Record<string, unknown>;

/**
 * The sentence for an error code in the reader's language, with what the error carries: `problems.<code>`. Nothing for a
 * code without words.
 */
export function worded({ language, words }: Spoken, code: string, more: More = {}): string | undefined {
  const message = words[`problems.${code}`];
  if (message === undefined) return undefined;
  const format = makeFormat({ language, timezone: "UTC", currency: "EUR" });
  const plain = (value: unknown): string | number => {
    if (typeof value === "number") return value;
    const text = String(value ?? "none");
    const item = words[`problems.${code}.${text}`];
    if (item !== undefined) return sentence(item, {}, locales[language]);
    return DAY.test(text) ? format.day(text) : text;
  };
  const values = Object.entries(more).map(([name, value]) => [
    name,
    !Array.isArray(value)
      ? plain(value)
      : name === "path"
        ? value.join(" → ")
        : format.list(value.map(plain).map(String)),
  ]);
  return sentence(message, Object.fromEntries(values), locales[language]);
}

/** How to say an error code, once the words have come; they are brought when they are needed. */
export function useProblems(needed: boolean): {
  say: (code: string, more?: More) => string | undefined;
  coming: boolean;
} {
  const spoken = useLanguage();
  const [away, setAway] = useState(false);
  useEffect(() => {
    if (needed) problemWords().catch(() => setAway(true));
  }, [needed]);
  const here = "problems.unexpected" in spoken.words;
  return { say: (code, more) => worded(spoken, code, more), coming: needed && !here && !away };
}

/** The sentence for an error of the API, for a toast: waits for the words. */
export async function sentenceOf(error: ApiError): Promise<string> {
  const spoken = await problemWords().catch(() => undefined);
  const said = spoken && worded(spoken, error.code, error.more);
  return (spoken?.language === "en" ? error.detail || said : said || error.detail) || error.message;
}

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { makeFormat } from "./format";
import type { Language } from "./i18n";

interface Case {
  language: Language;
  kind: "percent" | "number" | "money" | "day";
  value: number | string;
  digits?: number;
  currency?: string;
  text: string;
}

const cases = JSON.parse(readFileSync(resolve(__dirname, "../../../tests/kit/written.json"), "utf-8")) as Case[];
/** Without the differences between kinds of spaces and of minus signs. */
const plain = (text: string) => text.replace(/[\u202f\u00a0]/g, " ").replace(/-/g, "−");

describe("what the screen writes is what the server prints (tests/kit/test_writing.py)", () => {
  it.each(cases)("$language $kind $value", ({ language, kind, value, digits, currency, text }) => {
    const format = makeFormat({ language, timezone: "Europe/Paris", currency: "EUR" });
    const written = {
      percent: () => format.percent(Number(value), digits),
      number: () => (digits ? format.number(Number(value), digits) : format.number(Number(value))),
      money: () => format.money(Number(value), currency),
      day: () => format.day(String(value)),
    }[kind]();
    expect(plain(written)).toBe(plain(text));
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { makeUrl } from "@/api/client";
import { ApiError, readProblem } from "@/api/errors";
import { compile } from "../../build/messages.ts";
import { deviceOf } from "./device";
import { makeFormat, minorDigits } from "./format";
import { sentence } from "./icu";
import { showKeys, stepOf } from "./keys";
import { splitPath } from "./links";
import { capital, dotted, inSentence, matches } from "./text";
import { readListState, writeListState } from "./url";
import { instantToWall, wallToInstant } from "./zones";

const now = new Date("2026-11-21T12:00:00Z");
const english = makeFormat({ language: "en", timezone: "Europe/Stockholm", currency: "EUR", now });
const french = makeFormat({ language: "fr", timezone: "Europe/Paris", currency: "EUR", now });
const chinese = makeFormat({ language: "zh", timezone: "Asia/Shanghai", currency: "CNY", now });
const spaced = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("format", () => {
  it("sets the sign of a share as its language does", () => {
    expect([english.percentSign, english.percent(0.05, 0)]).toEqual(["%", "5%"]);
    expect(french.percentSign).toMatch(/^\s%$/);
  });
  it("writes times in the workspace's zone, without the year when it is this one", () => {
    expect(english.dateTime("2026-11-24T08:30:00Z")).toBe("Tue 24 Nov, 09:30");
    expect(english.dateTime("2025-11-24T08:30:00Z")).toBe("24 Nov 2025, 09:30");
    expect(chinese.dateTime("2026-11-24T17:30:00Z")).toContain("01:30");
  });
  it("takes the day of the zone, also where it is another than in UTC", () => {
    expect(english.date("2026-11-24T23:30:00Z")).toBe("Wed 25 Nov");
    expect(english.dayIn("2026-11-24T23:30:00Z")).toBe("2026-11-25");
  });
  it("is relative only under a day", () => {
    expect(english.when("2026-11-21T11:57:00Z")).toBe("3 minutes ago");
    expect(english.when("2026-11-21T14:00:00Z")).toBe("in 2 hours");
    expect(english.when("2026-11-20T11:59:00Z")).toBe("Fri 20 Nov, 12:59");
  });
  it("never shifts a calendar day", () => {
    const west = makeFormat({ language: "en", timezone: "America/Los_Angeles", currency: "USD", now });
    expect(west.day("2026-11-24")).toBe("24 Nov 2026");
  });
  it("writes money from minor units, by the currency's own digits", () => {
    expect(english.money(1250)).toBe("€12.50");
    expect(english.money(3_120_000)).toBe("€31,200");
    expect(english.money(3_120_050)).toBe("€31,200.50");
    expect(english.money(1250, "JPY")).toBe("¥1,250");
    expect(spaced(french.money(1250))).toBe("12,50 €");
    expect(minorDigits("KWD")).toBe(3);
  });
  it("writes shares and sizes by locale", () => {
    expect(english.percent(0.18276)).toBe("18.3%");
    expect(spaced(french.percent(0.18276))).toBe("18,3 %");
    expect([8131 / 8132, 1, 0.9994, -0.9999, 1.00004].map((share) => english.percent(share))).toEqual([
      "99.9%",
      "100.0%",
      "99.9%",
      "−99.9%",
      "100.0%",
    ]);
    expect([english.percent(-1), english.money(-1250), english.number(-3), english.percent(0.996, 0)]).toEqual([
      "−100.0%",
      "−€12.50",
      "−3",
      "99%",
    ]);
    expect([english.percent(1 / 8132), english.percent(0), english.percent(0.0005)]).toEqual(["<0.1%", "0.0%", "0.1%"]);
    expect([english.duration(1), english.duration(16.4), spaced(french.duration(150))]).toEqual([
      "1 second",
      "16 seconds",
      "3 minutes",
    ]);
    expect(english.bytes(2_400_000)).toBe("2.4 MB");
    expect(english.list(["a", "b", "c"])).toBe("a, b and c");
  });
});

describe("zones", () => {
  it("goes from the wall to the instant and back, in summer and winter", () => {
    for (const [wall, instant] of [
      ["2026-07-01 09:30:00", "2026-07-01T07:30:00.000Z"],
      ["2026-12-01 09:30:00", "2026-12-01T08:30:00.000Z"],
    ] as const) {
      expect(wallToInstant(wall, "Europe/Stockholm")).toBe(instant);
      expect(instantToWall(instant, "Europe/Stockholm")).toBe(wall);
    }
    expect(wallToInstant("2026-11-24", "America/New_York")).toBe("2026-11-24T05:00:00.000Z");
  });
  it("moves a time that spring skips to one that exists", () => {
    const instant = wallToInstant("2026-03-29 02:30", "Europe/Stockholm");
    expect(["2026-03-29 01:30:00", "2026-03-29 03:30:00"]).toContain(instantToWall(instant, "Europe/Stockholm"));
  });
});

describe("addresses", () => {
  it("fills paths, repeats lists, leaves empty values out", () => {
    expect(makeUrl("/a/{id}/b", { id: "x/y" }, { q: "", tag: ["1", "2"], n: 0, none: undefined })).toBe(
      "/a/x%2Fy/b?tag=1&tag=2&n=0",
    );
  });
  it("keeps a list's state, whatever is in it", () => {
    const state = { q: "a&b", filters: { city: ["Lund", "A,B"] }, sort: { by: "created", down: true } };
    expect(readListState(writeListState({ tab: "x" }, state))).toEqual(state);
    expect(writeListState({ tab: "x", "f.city": "Lund" }, { q: "", filters: {}, sort: undefined })).toEqual({
      tab: "x",
    });
  });
  it("splits a path as the router wants it", () => {
    expect(splitPath("/people?q=a%20b#top")).toEqual({ to: "/people", search: { q: "a b" }, hash: "top" });
  });
});

describe("errors", () => {
  it("reads problem details with their fields", async () => {
    const body = {
      code: "request_invalid",
      title: "Not valid",
      detail: "No.",
      errors: [{ field: "owner.email", message: "bad" }],
    };
    const error = await readProblem(new Response(JSON.stringify(body), { status: 422 }));
    expect([error.code, error.detail, error.fields, error.passing]).toEqual([
      "request_invalid",
      "No.",
      [{ field: "owner.email", message: "bad" }],
      false,
    ]);
  });
  it("makes a problem of anything else", async () => {
    const error = await readProblem(new Response("<html>", { status: 502 }));
    expect([error.code, error.passing]).toEqual(["http_502", true]);
    expect(new ApiError({ status: 0, code: "no_answer" }).passing).toBe(true);
  });
});

describe("words and keys", () => {
  it("finds without accents and case, every word", () => {
    expect(matches("Réglages de l’espace", "espace regl")).toBe(true);
    expect(matches("Settings", "people")).toBe(false);
  });
  it("writes keys as they are on the keyboard", () => {
    expect(showKeys("mod+k", true)).toEqual([["⌘", "K"]]);
    expect(showKeys("g p", false)).toEqual([["G"], ["P"]]);
    const plain = { metaKey: false, ctrlKey: false, altKey: false, shiftKey: false };
    expect(stepOf({ ...plain, key: "K", ctrlKey: true })).toBe("mod+k");
    expect(stepOf({ ...plain, key: "?", shiftKey: true })).toBe("?");
    expect(stepOf({ ...plain, key: "Enter", shiftKey: true })).toBe("shift+enter");
  });
  it("names browser and system", () => {
    const edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120 Safari/537.36 Edg/120";
    expect(deviceOf(edge)).toEqual({ browser: "Edge", system: "Windows" });
    expect(deviceOf("x")).toEqual({ browser: undefined, system: undefined });
  });
});

describe("messages", () => {
  const say = (text: string, values: Record<string, unknown>, locale = "en-GB") =>
    sentence(compile(text), values, locale);
  it("choose the plural of the language, exact numbers first", () => {
    const people = "{n, plural, =0 {nobody} one {# person} other {# people}}";
    expect([0, 1, 2, 4212].map((n) => say(people, { n }))).toEqual(["nobody", "1 person", "2 people", "4,212 people"]);
    const french = "{n, plural, one {# ligne} many {# de lignes} other {# lignes}}";
    expect([0, 1, 2].map((n) => say(french, { n }, "fr-FR"))).toEqual(["0 ligne", "1 ligne", "2 lignes"]);
    expect(say(french, { n: 1_000_000 }, "fr-FR")).toContain("de lignes");
  });
  it("take offsets, choices, nesting, quotes and number skeletons", () => {
    expect(say("{n, plural, offset:1 one {you and # other} other {you and # others}}", { n: 3 })).toBe(
      "you and 2 others",
    );
    expect(say("{kind, select, list {a list} other {a segment}} of {n, number}", { kind: "list", n: 64000 })).toBe(
      "a list of 64,000",
    );
    expect(say("{share, number, ::percent .0}", { share: 0.1828 })).toBe("18.3%");
    expect(say("it''s '{'literal'}'", {})).toBe("it's {literal}");
    expect(say("{place, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}", { place: 22 })).toBe("22nd");
  });
  it("write what is below nothing with a minus sign, wherever the number stands", () => {
    expect(say("{n} and {n, number} and {s, number, ::percent .0}", { n: -3, s: -1 })).toBe("−3 and −3 and −100.0%");
    expect(say("{n, plural, one {# day} other {# days}}", { n: -2 })).toBe("−2 days");
  });
  it("give what is inside a tag to its function", () => {
    expect(say("see <b>{n} of them</b>", { n: 3, b: (inside: string[]) => `[${inside.join("")}]` })).toBe(
      "see [3 of them]",
    );
  });
  it("refuse wrong syntax while building", () => {
    expect(() => compile("{n, plural, one {#}")).toThrow();
    expect(() => compile("{at, date}")).toThrow("lib/format");
  });
});

describe("names written from right to left", () => {
  const fsi = (name: string) => `\u2068${name}\u2069`;
  it("stay in their place in sentences, lists and lines", () => {
    const say = (text: string, values: Record<string, unknown>) => sentence(compile(text), values, "en");
    expect(say("{name}, {count, number} minutes ago", { name: "محمد", count: 51 })).toBe(
      `${fsi("محمد")}, 51 minutes ago`,
    );
    expect(say("{name} did", { name: "Olu Adéwálé" })).toBe("Olu Adéwálé did");
    expect(english.list(["Åsa", "דנה"])).toBe(`Åsa and ${fsi("דנה")}`);
    expect(dotted(["سارة", null, 3, "", undefined, 0])).toBe(`${fsi("سارة")} · 3 · 0`);
  });
});

describe("Chinese sentences", () => {
  const say = (text: string, values: Record<string, unknown>, locale = "zh-Hans") =>
    sentence(compile(text), values, locale);
  it("have a space between their words and foreign names and numbers", () => {
    expect(say("需要{who}在{count}天内审批。", { who: "Finance", count: 3 })).toBe("需要 Finance 在 3 天内审批。");
    expect(say("需要{who}审批，{who} 已同意。", { who: "Finance" })).toBe("需要 Finance 审批，Finance 已同意。");
    expect(say("需要{who}审批。“{title}”", { who: "财务组", title: "Ridge" })).toBe("需要财务组审批。“Ridge”");
    expect(say("{a}{b}", { a: "Å", b: "1" }, "sv")).toBe("Å1");
  });
});

it("writes labels with a capital and the middle of sentences without", () => {
  expect(["state", "Kind", "état", "类型", "SMS"].map(capital)).toEqual(["State", "Kind", "État", "类型", "SMS"]);
  expect(["State", "Öppnad", "SMS", "类型", "kind"].map(inSentence)).toEqual([
    "state",
    "öppnad",
    "SMS",
    "类型",
    "kind",
  ]);
});

it("takes no day of an instant in UTC: only the workspace's zone says which day it is", () => {
  const src = new URL("..", import.meta.url).pathname;
  const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => /rooms\/.*\.tsx?$/.test(file));
  const utc = /new Date\(\)\.toISOString\(\)\.slice\(0, 10\)|(_at|\bat)\??\.slice\(0, 10\)/;
  expect(files.filter((file) => utc.test(readFileSync(`${src}${file}`, "utf8")))).toEqual([]);
});

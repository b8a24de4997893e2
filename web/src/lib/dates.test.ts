import { describe, expect, it } from "vitest";
import { type DayOrder, dayOrder, readDay, readTime } from "./dates";

const today = "2026-11-29";
const read = (order: DayOrder, typed: string, bounds: { min?: string; max?: string } = {}) =>
  readDay(typed, { order, today, ...bounds });

describe("the reader's own order", () => {
  it("is the language's, in English the browser's, then the workspace's", () => {
    expect(dayOrder("en", "Europe/Berlin", ["en-GB", "en"])).toBe("dmy");
    expect(dayOrder("en", "America/New_York", ["en-US", "en"])).toBe("mdy");
    expect(dayOrder("en", "America/New_York", ["en-AU"])).toBe("dmy");
    expect(dayOrder("en", "America/New_York", ["de-DE", "en"])).toBe("mdy");
    expect(dayOrder("en", "America/Toronto", ["de-DE", "en"])).toBe("dmy");
    expect(dayOrder("en", "Asia/Tokyo", [])).toBe("dmy");
    expect(dayOrder("fr", "America/New_York", ["en-US"])).toBe("dmy");
    expect(dayOrder("sv", "Europe/Stockholm", ["sv-SE"])).toBe("iso");
    expect(dayOrder("zh", "Asia/Shanghai", ["zh-CN"])).toBe("ymd");
  });
});

describe("typed days", () => {
  it.each([
    ["dmy", "01/03/2024", "2024-03-01"],
    ["mdy", "01/03/2024", "2024-01-03"],
    ["dmy", "31.12.2026", "2026-12-31"],
    ["dmy", "31/12/2026", "2026-12-31"],
    ["mdy", "31/12/2026", "2026-12-31"],
    ["dmy", "12/31/2026", "2026-12-31"],
    ["mdy", "05.12.2026", "2026-12-05"],
    ["dmy", "05/12/2026", "2026-12-05"],
    ["dmy", "5-12-26", "2026-12-05"],
    ["dmy", "5 12 2026", "2026-12-05"],
    ["iso", "5/12 2026", "2026-12-05"],
    ["iso", "5/12", "2026-12-05"],
    ["ymd", "12/5", "2026-12-05"],
    ["ymd", "26/12/5", undefined],
    ["ymd", "26/12/05", "2026-12-05"],
    ["iso", "05.12.2026", "2026-12-05"],
    ["ymd", "2026-12-05", "2026-12-05"],
    ["dmy", "2026/12/5", "2026-12-05"],
    ["mdy", "2026.12.05", "2026-12-05"],
    ["iso", "26-12-05", "2026-12-05"],
    ["iso", "261205", "2026-12-05"],
    ["dmy", "20261205", "2026-12-05"],
    ["iso", "5/12/2026", "2026-12-05"],
    ["ymd", "12/5/2026", "2026-12-05"],
    ["dmy", "20 Nov 2026", "2026-11-20"],
    ["mdy", "December 5th, 2026", "2026-12-05"],
    ["mdy", "Dec 5, 2026", "2026-12-05"],
    ["dmy", "Sat 5 Dec 2026", "2026-12-05"],
    ["dmy", "5 décembre 2026", "2026-12-05"],
    ["dmy", "1er août 2027", "2027-08-01"],
    ["dmy", "5 déc. 2026", "2026-12-05"],
    ["dmy", "mar. 5 mai 2026", "2026-05-05"],
    ["dmy", "5 mars 2027", "2027-03-05"],
    ["dmy", "12 juin 2027", "2027-06-12"],
    ["dmy", "12 juil. 2027", "2027-07-12"],
    ["iso", "den 5 december 2026", "2026-12-05"],
    ["iso", "5 maj 2027", "2027-05-05"],
    ["ymd", "2026年12月5日", "2026-12-05"],
    ["ymd", "2026 年 12 月 5 日 星期六", "2026-12-05"],
    ["ymd", "１２月５日", "2026-12-05"],
    ["ymd", "2026/12/5", "2026-12-05"],
    ["dmy", "tomorrow", "2026-11-30"],
    ["dmy", "aujourd’hui", "2026-11-29"],
    ["iso", "i morgon", "2026-11-30"],
    ["ymd", "今天", "2026-11-29"],
    ["dmy", "5/1", "2027-01-05"],
    ["mdy", "1/5", "2027-01-05"],
    ["dmy", "5 Oct", "2026-10-05"],
    ["dmy", "3/4/88", "1988-04-03"],
    ["dmy", "29 Feb 2028", "2028-02-29"],
  ] as const)("%s: %s", (order, typed, day) => {
    expect(read(order, typed)).toBe(day);
  });

  it.each([
    "",
    "31/02/2026",
    "31.13.2026",
    "29 Feb 2027",
    "soon",
    "5",
    "12345",
    "1/2/3",
    "5 Dec Jan 2026",
    "05/12/20266",
    "5 Foo 2026",
    "0/0/2026",
  ])("is none: %s", (typed) => {
    for (const order of ["dmy", "mdy", "ymd", "iso"] as const) expect(read(order, typed)).toBeUndefined();
  });

  it("takes the nearest year that is allowed", () => {
    expect(read("dmy", "5 Jan", { max: today })).toBe("2026-01-05");
    expect(read("dmy", "5 Oct", { min: today })).toBe("2027-10-05");
  });
});

describe("typed times", () => {
  it.each([
    ["9", "09:00"],
    ["9:30", "09:30"],
    ["09.30", "09:30"],
    ["0930", "09:30"],
    ["21h05", "21:05"],
    ["9 pm", "21:00"],
    ["12:15 a.m.", "00:15"],
    ["kl. 14.00", "14:00"],
    ["下午3:05", "15:05"],
    ["上午9点30分", "09:30"],
    ["24:00", undefined],
    ["9:75", undefined],
    ["13 pm", undefined],
    ["noonish", undefined],
  ])("%s", (typed, time) => {
    expect(readTime(typed)).toBe(time);
  });
});

import { describe, expect, it } from "vitest";
import { guessCurrency } from "./currencies";

describe("the currency of a new workspace", () => {
  it.each([
    ["Europe/Berlin", ["en-GB"], "EUR"],
    ["Europe/London", ["en-US"], "GBP"],
    ["Europe/Stockholm", ["en-US", "sv"], "SEK"],
    ["Asia/Shanghai", ["en"], "CNY"],
    ["America/Indiana/Knox", ["en-US"], "USD"],
    ["Australia/Perth", ["en-GB"], "AUD"],
    ["UTC", ["en-GB"], "GBP"],
    ["UTC", ["en"], "EUR"],
    ["Asia/Tbilisi", [], "EUR"],
  ])("is that of %s", (zone, languages, currency) => {
    expect(guessCurrency(zone, languages)).toBe(currency);
  });
});

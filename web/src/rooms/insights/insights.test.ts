import { describe, expect, it } from "vitest";
import { csvCell } from "./csv";

describe("a cell of a CSV file", () => {
  it.each(["=cmd()", "+1", "-1", "@x", "\t=1"])("keeps %s from being a formula", (text) => {
    expect(csvCell(text)).toBe(`"'${text}"`);
  });
  it("quotes words, keeps numbers and leaves unknown ones empty", () => {
    expect(csvCell('a "b", c')).toBe('"a ""b"", c"');
    expect(csvCell(-12.5)).toBe("-12.5");
    expect(csvCell(null)).toBe("");
  });
});

import { describe, expect, it } from "vitest";
import { compareLines } from "./lines";
import { type Pin, placeNow } from "./places";

const said = (before: string, after: string) =>
  compareLines(before, after).map(({ kind, text }) => ({ same: " ", gone: "-", new: "+" })[kind] + text);

describe("comparing two sources", () => {
  it("says which lines are gone and which are new, and no more than that", () => {
    expect(said("a\nb\nc\nd", "a\nc\nx\nd")).toEqual([" a", "-b", " c", "+x", " d"]);
    expect(said("a\na", "a")).toEqual([" a", "-a"]);
    expect(said("", "new")).toEqual(["-", "+new"]);
  });

  it("gives both texts back, whatever they are", () => {
    let seed = 7;
    const next = (most: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % most;
    };
    const text = () => Array.from({ length: next(30) }, () => "abcd"[next(4)]).join("\n");
    for (let run = 0; run < 200; run++) {
      const [before, after] = [text(), text()];
      const lines = compareLines(before, after);
      const only = (kind: "gone" | "new") =>
        lines
          .filter((line) => line.kind === "same" || line.kind === kind)
          .map((line) => line.text)
          .join("\n");
      expect([only("gone"), only("new")]).toEqual([before, after]);
    }
  });
});

describe("a pin on another version", () => {
  const pin: Pin = { comment_id: "1", version: 1, device: "desktop", x: 0.5, y: 40, quote: "Buy now" };

  it("stands where its words stand now, and nowhere when they are gone", () => {
    expect(placeNow(pin, 1, [])).toEqual({ x: 0.5, y: 40 });
    expect(placeNow(pin, 2, [{ words: "Buy now", x: 0.2, y: 300 }])).toEqual({ x: 0.2, y: 300 });
    expect(placeNow(pin, 2, [{ words: "Buy later", x: 0.2, y: 300 }])).toBeUndefined();
    expect(placeNow({ ...pin, quote: "" }, 2, [{ words: "", x: 0, y: 0 }])).toBeUndefined();
  });
});

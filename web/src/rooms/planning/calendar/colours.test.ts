import { describe, expect, it } from "vitest";
import { coloursOf } from "./colours";
import type { Entry } from "./model";

const entry = (values: Partial<Entry>) =>
  ({ kind: "touchpoint", id: "t", campaignId: null, channel: null, ...values }) as Entry;

describe("colours of the calendar", () => {
  it("are one for each campaign, for its bar and all that is in it", () => {
    const all = [
      entry({ kind: "campaign", id: "b" }),
      entry({ campaignId: "a" }),
      entry({ kind: "task", campaignId: "b" }),
      entry({ kind: "holiday", id: "x" }),
    ];
    const colours = coloursOf(all, "campaign");
    expect(all.map(colours.of)).toEqual([2, 1, 2, undefined]);
    expect(colours.legend.map(({ id }) => id)).toEqual(["a", "b"]);
    expect(colours.others).toBe(false);
  });

  it("do not come again: what is beyond them is grey, and said", () => {
    const all = "abcdefgh".split("").map((id) => entry({ campaignId: id }));
    const colours = coloursOf(all, "campaign");
    expect(all.map(colours.of)).toEqual([1, 2, 3, 4, 5, 6, undefined, undefined]);
    expect(colours.others).toBe(true);
  });

  it("of channels are always the same ones", () => {
    const social = entry({ channel: "social" });
    expect(coloursOf([social], "channel").of(social)).toBe(4);
    const both = coloursOf([entry({ channel: "email" }), social, entry({ channel: "print" })], "channel");
    expect(both.of(social)).toBe(4);
    expect(both.others).toBe(true);
    expect(coloursOf([social], "none").of(social)).toBeUndefined();
  });
});

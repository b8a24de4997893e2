import { describe, expect, it } from "vitest";
import { type Budget, differs, type Line, merged } from "./useBudget";

const line = (id: string, planned_minor: number) => ({ id, planned_minor, committed_minor: 0, spent_minor: 0 }) as Line;
const known = { lines: [line("a", 100), line("b", 200)], planned_minor: 300, approval: "approved" } as Budget;
const sums = { by_resource: [], approved_minor: 0, committed_minor: 0, spent_minor: 0, approval_void: false };

describe("a budget after a change", () => {
  it("has the saved line in its place, and the sums", () => {
    const now = merged(known, { ...sums, lines: [line("a", 150)], planned_minor: 350, approval_void: true });
    expect(now.lines.map(({ planned_minor }) => planned_minor)).toEqual([150, 200]);
    expect([now.planned_minor, now.approval, differs(now)]).toEqual([350, "void", false]);
  });

  it("has a new line at its end, and not the one that was removed", () => {
    const more = merged(known, { ...sums, lines: [line("c", 1)], planned_minor: 301 });
    expect(more.lines.map(({ id }) => id)).toEqual(["a", "b", "c"]);
    expect(merged(more, { ...sums, lines: [], planned_minor: 101 }, "b").lines.map(({ id }) => id)).toEqual(["a", "c"]);
    expect(more.approval).toBe("approved");
  });

  it("is seen to lack what somebody else has changed", () => {
    expect(differs(merged(known, { ...sums, lines: [line("a", 150)], planned_minor: 360 }))).toBe(true);
  });
});

import { describe, expect, it } from "vitest";
import type { Shape } from "@/api/schema";
import { goalsOf, timeOver, urgency } from "./order";

type Tree = Shape<"GoalTreeOut">;
type Standing = Shape<"GoalStandingOut">;

const goal = (id: string, values: object = {}) =>
  ({ id, deadline: "2026-12-31", starts_on: "2026-01-01", lower_is_better: false, ...values }) as Tree["goals"][number];
const standing = (goal_id: string, now: number | null, expected: number | null, reached = false) =>
  ({ goal_id, now, expected, reached, missing: null, share: null, parts: [] }) as Standing;
const today = "2026-06-01";

describe("goals in a review", () => {
  it("are urgent when they are behind, above all of what is reached", () => {
    expect(urgency(goal("a"), standing("a", 4, 5), today)).toBe(0);
    expect(urgency(goal("a", { lower_is_better: true }), standing("a", 4, 5), today)).toBe(1);
    expect(urgency(goal("a"), undefined, today)).toBe(2);
    expect(urgency(goal("a"), standing("a", 9, 5, true), today)).toBe(3);
    expect(urgency(goal("a", { deadline: "2026-05-31" }), standing("a", 4, null), today)).toBe(0);
  });

  it("are those that count in the period, the urgent ones first", () => {
    const tree = {
      goals: [goal("fine"), goal("over", { deadline: "2026-05-01" }), goal("later", { starts_on: "2027-01-01" })],
      campaigns: [
        goal("behind", { campaign_id: "c", starts_on: "2027-01-01" }),
        goal("fine too", { campaign_id: "d", starts_on: null }),
        goal("not begun", { campaign_id: "e", starts_on: null }),
      ],
    } as unknown as Tree;
    const standings = new Map(
      [standing("fine", 6, 5), standing("behind", 4, 5), standing("fine too", 6, 5)].map((one) => [one.goal_id, one]),
    );
    const begun = new Set(["c", "d"]); // launched before its first day, and without one
    const shown = goalsOf(tree, standings, { from: "2026-06-01", to: "2026-06-07", today, begun });
    expect(shown.map(({ id }) => id)).toEqual(["behind", "fine", "fine too"]);
  });
});

describe("a campaign's time", () => {
  it("is a part of its days, both included", () => {
    expect(timeOver("2026-06-01", "2026-06-10", "2026-06-01")).toBeCloseTo(0.1);
    expect(timeOver("2026-06-01", "2026-06-10", "2026-06-10")).toBe(1);
    expect(timeOver("2026-06-01", "2026-06-10", "2026-05-01")).toBe(0);
    expect(timeOver(null, "2026-06-10", "2026-06-10")).toBeNull();
  });
});

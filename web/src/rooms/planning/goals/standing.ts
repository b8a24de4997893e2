import type { Shape } from "@/api/schema";

export const stands = ["behind", "missed", "onTrack", "reached", "unknown"] as const;
export type Stand = (typeof stands)[number];

/** How a goal stands, in a word; unknown while nothing is measured, and where nobody can say what to expect by today. */
export function standOf(
  goal: Pick<Shape<"GoalOut">, "deadline" | "lower_is_better">,
  standing: Pick<Shape<"GoalStandingOut">, "now" | "expected" | "reached"> | undefined,
  today: string,
): Stand {
  if (standing?.reached) return "reached";
  if (standing?.now == null) return "unknown";
  if (goal.deadline < today) return "missed";
  if (standing.expected == null) return "unknown";
  const { now, expected } = standing;
  return (goal.lower_is_better ? now > expected : now < expected) ? "behind" : "onTrack";
}

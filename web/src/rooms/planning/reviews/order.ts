import type { Shape } from "@/api/schema";
import { type Stand, standOf } from "../goals/standing";

type Tree = Shape<"GoalTreeOut">;
type Goal = Tree["goals"][number] | Tree["campaigns"][number];
type Standing = Shape<"GoalStandingOut">;

const ranks: Record<Stand, number> = { missed: 0, behind: 0, onTrack: 1, unknown: 2, reached: 3 };

/** How much a goal wants to be talked about: what is missed or behind first, what is reached last. */
export function urgency(goal: Goal, standing: Standing | undefined, today: string): number {
  const stand = standOf(goal, standing, today);
  return stand === "unknown" && goal.deadline < today ? ranks.missed : ranks[stand];
}

/**
 * The goals that count in a period, those above campaigns before those of campaigns, the urgent ones first. A campaign's
 * counts once the campaign has begun: by what it did (`begun`), or by its first day.
 */
export function goalsOf(
  tree: Tree,
  standings: Map<string, Standing>,
  { from, to, today, begun }: { from: string; to: string; today: string; begun: ReadonlySet<string> },
): Goal[] {
  const started = (goal: Goal) =>
    "campaign_id" in goal
      ? begun.has(goal.campaign_id) || (goal.starts_on ?? "9999") <= to
      : (goal.starts_on ?? "") <= to;
  const open = <G extends Goal>(all: G[]) => all.filter((goal) => goal.deadline >= from && started(goal));
  const above = (goal: Goal) => Number("campaign_id" in goal);
  return [...open(tree.goals), ...open(tree.campaigns)].sort(
    (one, other) =>
      urgency(one, standings.get(one.id), today) - urgency(other, standings.get(other.id), today) ||
      above(one) - above(other) ||
      one.deadline.localeCompare(other.deadline),
  );
}

/** How much of a campaign's time is over: a part of one, null where its days are not known. */
export function timeOver(startsOn: string | null, endsOn: string | null, today: string): number | null {
  if (!startsOn || !endsOn) return null;
  const [first, last, now] = [startsOn, endsOn, today].map((day) => Date.parse(`${day}T00:00:00Z`)) as [
    number,
    number,
    number,
  ];
  const day = 86_400_000;
  return Math.max(0, Math.min(1, (now - first + day) / (last - first + day)));
}

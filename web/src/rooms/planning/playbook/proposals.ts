import type { Shape } from "@/api/schema";
import type { CampaignReport } from "@/rooms/insights/report";
import type { Effect } from "./words";

export type Retrospective = Shape<"RetrospectiveOut">;
type Facts = Retrospective["facts"];

/** A lesson that the numbers suggest: which sentence says it, and what fills it. */
export interface Proposal {
  id: "goalReached" | "goalExact" | "goalMissed" | "budgetOver" | "budgetUnder" | "slipped" | "best" | "worst";
  values: Record<string, string | number>;
  /** What is known of the effect. */
  effect?: Effect;
  evidence: Shape<"LessonEvidence">;
}

/** Whether the goal's day and the campaign are over. */
export interface Over {
  goal: boolean;
  campaign: boolean;
}

/** A budget or a share this much off is worth a sentence. */
const NOTABLE = 0.1;
/** Rates of fewer people than this say little. */
const ENOUGH = 100;

/** Lessons that the campaign's numbers suggest, the most telling first. */
export function proposals(
  campaignId: string,
  facts: Facts,
  report: CampaignReport | undefined,
  over: Over = { goal: true, campaign: true },
): Proposal[] {
  const found: Proposal[] = [];
  const here = { kind: "report", id: campaignId, url: "" } as const;
  const goal = report?.goal;
  // A goal can be missed only once its day is over; that it is reached is known before.
  if (goal && goal.now !== null && goal.target !== 0 && (over.goal || goal.reached)) {
    const off = goal.now / goal.target - 1;
    found.push({
      id: goal.reached ? (off === 0 ? "goalExact" : "goalReached") : "goalMissed",
      values: { metric: goal.metric, off: Math.abs(off) },
      evidence: here,
    });
  }
  const { planned_minor: planned, spent_minor: spent } = facts;
  if (planned > 0 && spent > 0 && Math.abs(spent / planned - 1) >= NOTABLE && (over.campaign || spent > planned)) {
    const off = spent / planned - 1;
    found.push({
      id: off > 0 ? "budgetOver" : "budgetUnder",
      values: { off: Math.abs(off) },
      evidence: { kind: "campaign", id: campaignId, url: "" },
    });
  }
  const [latest] = facts.latest;
  if (facts.slip_days !== null && facts.slip_days > 0 && latest) {
    found.push({
      id: "slipped",
      values: { days: facts.slip_days, task: latest.name, late: latest.slip_days },
      evidence: { kind: "campaign", id: campaignId, url: "" },
    });
  }
  return [...found, ...compared(report)];
}

/** The touchpoints that did best and worst, by conversion rate or, without conversions, by click rate. */
function compared(report: CampaignReport | undefined): Proposal[] {
  for (const metric of ["conversion_rate", "click_rate"] as const) {
    const rated = (report?.touchpoints ?? [])
      .flatMap(({ id, name, figures }) => {
        const figure = figures[metric];
        return figure?.value != null && (figure.base ?? 0) >= ENOUGH ? [{ id, name, rate: figure.value }] : [];
      })
      .sort((one, other) => other.rate - one.rate);
    const [best, worst] = [rated[0], rated.at(-1)];
    if (!best || !worst || best === worst || best.rate <= worst.rate || best.rate === 0) continue;
    const mean = rated.reduce((sum, { rate }) => sum + rate, 0) / rated.length;
    const told = (id: "best" | "worst", one: { id: string; name: string; rate: number }): Proposal => ({
      id,
      values: { name: one.name, rate: one.rate, metric },
      effect: { metric, unit: "relative", value: Number((one.rate / mean - 1).toFixed(4)), low: null, high: null },
      evidence: { kind: "touchpoint", id: one.id, url: "" },
    });
    return [told("best", best), told("worst", worst)];
  }
  return [];
}

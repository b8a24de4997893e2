import type { Shape } from "@/api/schema";
import { StateBadge, type Tone } from "@/ui/StateBadge";
import { useT } from "./useT";

export type Review = Shape<"ReviewOut">;
export type Row = Shape<"ReviewRow">;
export type Step = Review["steps"][number];
export type Importance = Review["importance"];
export type ContentKind = Review["kind"];

export const importances = ["small", "usual", "important"] as const satisfies Importance[];

/** What a step is called: the second draft, the final review. */
export function useStepName(): (step: Pick<Step, "kind" | "round" | "last">) => string {
  const t = useT();
  return ({ kind, round, last }) => {
    if (kind === "review" && last) return t(round === 1 ? "step.review.only" : "step.review.final");
    return t(`step.${kind}`, { round: String(round) });
  };
}

const tones: Record<Review["state"], Tone> = { open: "waiting", passed: "good", ended: "quiet" };

/** How a review stands, in two words. */
export function ReviewState({ review, plain }: { review: Review | Row; plain?: boolean }) {
  const t = useT();
  const words =
    review.state === "passed"
      ? t("state.passed", { version: review.passed_version ?? 0 })
      : review.state === "open" && review.reopened
        ? t("state.reopened")
        : t(`state.${review.state}`);
  return (
    <StateBadge tone={review.reopened ? "look" : tones[review.state]} plain={plain}>
      {words}
    </StateBadge>
  );
}

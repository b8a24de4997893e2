import { StateBadge, type Tone } from "@/ui/StateBadge";
import type { Score } from "./draft";
import { useT } from "./useT";

const tones: Record<Score["state"], Tone> = { draft: "draft", running: "good", paused: "paused" };

/** Whether a score is counted; one with a rule that cannot be asked is not, although it is switched on. */
export function ScoreState({ score, plain = false }: { score: Score; plain?: boolean }) {
  const t = useT();
  if (score.archived_at)
    return (
      <StateBadge tone="quiet" plain={plain}>
        {t("state.archived")}
      </StateBadge>
    );
  if (score.state === "running" && score.faults.length > 0)
    return (
      <StateBadge tone="bad" plain={plain}>
        {t("state.stuck")}
      </StateBadge>
    );
  return (
    <StateBadge tone={tones[score.state]} plain={plain}>
      {t(`state.${score.state}`)}
    </StateBadge>
  );
}

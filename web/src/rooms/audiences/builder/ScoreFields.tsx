import type { Shape } from "@/api/schema";
import { NumberField } from "@/rooms/people/fields";
import type { Leaf } from "../rule";
import { useT } from "../useT";
import { Choice } from "./Choice";

type ScoreLeaf = Leaf & { kind: "score" };
const OPS = ["scoreLeast", "scoreMost", "scoreStage", "scoreStageNot"] as const;

function opOf({ stage, has, at_least }: ScoreLeaf): (typeof OPS)[number] {
  if (stage != null) return has ? "scoreStage" : "scoreStageNot";
  return at_least != null ? "scoreLeast" : "scoreMost";
}

/** Which score, and how many points of it or which of its stages. */
export function ScoreFields({
  leaf,
  onChange,
  scores,
}: {
  leaf: ScoreLeaf;
  onChange: (leaf: Leaf) => void;
  scores: Shape<"ScoreWord">[];
}) {
  const t = useT();
  const stages = scores.find(({ id }) => id === leaf.score)?.stages ?? [];
  const op = opOf(leaf);
  const points = leaf.at_least ?? leaf.at_most ?? 0;
  const none = { at_least: null, at_most: null, stage: null, has: true };
  const ask = (next: (typeof OPS)[number]) => {
    if (next === "scoreLeast") return onChange({ ...leaf, ...none, at_least: points });
    if (next === "scoreMost") return onChange({ ...leaf, ...none, at_most: points });
    onChange({ ...leaf, ...none, stage: leaf.stage ?? stages.at(-1) ?? "", has: next === "scoreStage" });
  };
  return (
    <>
      <Choice
        label={t("field.score")}
        value={leaf.score}
        values={scores.map(({ id }) => id)}
        words={(one) => scores.find(({ id }) => id === one)?.name ?? t("gone")}
        onChange={(score) => {
          const last = scores.find(({ id }) => id === score)?.stages.at(-1) ?? null;
          onChange({ ...leaf, score, stage: leaf.stage == null ? null : last });
        }}
      />
      <Choice
        label={t("field.scoreOp")}
        value={op}
        values={OPS}
        words={(one) => t(`field.${one}`)}
        width={148}
        onChange={ask}
      />
      {leaf.stage == null ? (
        <NumberField
          label={t("field.points")}
          value={points}
          whole
          width={92}
          onChange={(n) => onChange({ ...leaf, [op === "scoreLeast" ? "at_least" : "at_most"]: n ?? 0 })}
        />
      ) : (
        <Choice
          label={t("field.stage")}
          value={leaf.stage}
          values={stages}
          words={(one) => one}
          onChange={(stage) => onChange({ ...leaf, stage })}
        />
      )}
    </>
  );
}

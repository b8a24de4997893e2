import { useFormat } from "@/lib/format";
import { useT } from "../useT";
import type { Cost } from "./costs";
import css from "./RuleTree.module.css";

/** What a part of the rule costs in people, in a line. */
export function CostWords({ cost }: { cost: Cost | undefined }) {
  const t = useT();
  const format = useFormat();
  if (!cost) return null;
  const { alone, change } = cost;
  return (
    <p className={css.hint}>
      {t("cost", {
        alone: format.number(alone),
        change: change < 0 ? "fewer" : change > 0 ? "more" : "same",
        people: format.number(Math.abs(change)),
      })}
    </p>
  );
}

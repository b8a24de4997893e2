import { useFormat } from "@/lib/format";
import { NumberRow, NumberTile } from "@/ui/NumberTile";
import { useMetrics } from "./metrics";
import { behind, type CampaignReport, figureOf, useMissing } from "./report";
import css from "./report.module.css";
import { useT } from "./useT";

/** The metric that is the part of a rate: the people behind the rate are those behind it. */
const parts: Record<string, string> = { click_rate: "clickers", conversion_rate: "converters" };

/**
 * The six numbers that say whether a campaign works, each with its base and, where it is the goal, the target. Where it
 * is known what the messages caused, that comes first.
 */
export function ResultTiles({ report }: { report: CampaignReport }) {
  const t = useT();
  const format = useFormat();
  const metrics = useMetrics();
  const missing = useMissing();
  const bases: Record<string, (base: number) => string> = {
    click_rate: (base) => t("base.reached", { base: format.number(base) }),
    cost_per_conversion: (base) => t("base.conversions", { count: base }),
    roi: (base) => t("base.cost", { cost: format.money(base) }),
  };
  return (
    <div className={css.tiles}>
      <NumberRow>
        {report.headlines.map((key) => {
          const { value, base, missing: why, low, high } = figureOf(report.total, key);
          const goal = report.goal?.metric === key ? report.goal : undefined;
          const audience = figureOf(report.total, "audience").value;
          const people = metrics.get(key)?.people && value;
          return (
            <NumberTile
              key={key}
              label={metrics.name(key)}
              meaning={metrics.meaning(key)}
              value={value === null ? undefined : metrics.say(key, value)}
              why={missing(why)}
              base={
                key === "sent" && audience !== null
                  ? t("base.audience", { base: format.number(audience) })
                  : low !== null && high !== null
                    ? t("interval", { low: metrics.say(key, low), high: metrics.say(key, high) })
                    : value !== null && base !== null
                      ? bases[key]?.(base)
                      : undefined
              }
              target={goal && t("target", { target: metrics.say(key, goal.target) })}
              to={
                people
                  ? behind(report.campaign_id, { metric: parts[key] ?? key }, metrics.name(parts[key] ?? key))
                  : undefined
              }
            />
          );
        })}
      </NumberRow>
    </div>
  );
}

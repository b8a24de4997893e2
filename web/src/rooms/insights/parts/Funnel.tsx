import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { Section } from "@/ui/Page";
import { useMetrics } from "../metrics";
import { behind, type CampaignReport, figureOf } from "../report";
import shared from "../report.module.css";
import { useT } from "../useT";
import css from "./Funnel.module.css";

/** People at every step: messages would count whoever gets two of them twice. */
const known = ["people", "reached", "clickers", "converters"];

/** From the audience to those who converted: how many are left at each step, and what part of the step before. */
export function Funnel({ report }: { report: CampaignReport }) {
  const t = useT();
  const format = useFormat();
  const metrics = useMetrics();
  // A step that nobody measured is left out: 0 would be a lie.
  const steps = known.filter((key) => typeof figureOf(report.total, key).value === "number");
  const counts = steps.map((key) => figureOf(report.total, key).value ?? 0);
  const first = counts[0] || 1;
  return (
    <Section title={t("funnel")} card>
      <ol className={css.funnel}>
        {steps.map((key, index) => {
          const count = counts[index] ?? 0;
          const before = counts[index - 1];
          return (
            <li key={key}>
              <span className={css.stepName} title={metrics.meaning(key)}>
                {count > 0 ? (
                  <A to={behind(report.campaign_id, { metric: key }, metrics.name(key))}>{metrics.name(key)}</A>
                ) : (
                  metrics.name(key)
                )}
              </span>
              <span className={css.stepBar}>
                <i style={{ width: `${(count / first) * 100}%` }} data-last={index === steps.length - 1 || undefined} />
              </span>
              <span className={css.stepCount}>{format.number(count)}</span>
              <span className={css.stepShare}>{before ? format.percent(count / before) : ""}</span>
            </li>
          );
        })}
      </ol>
      <p className={shared.hint}>{t("funnel.note")}</p>
    </Section>
  );
}

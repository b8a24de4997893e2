import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { Facts, Section } from "@/ui/Page";
import { Unknown } from "@/ui/values";
import { useMetrics } from "../metrics";
import { type CampaignReport, figureOf, useMissing } from "../report";
import css from "../report.module.css";
import { useT } from "../useT";

/** The return on investment with the numbers it is made of. */
export function Return({ report }: { report: CampaignReport }) {
  const t = useT();
  const format = useFormat();
  const metrics = useMetrics();
  const missing = useMissing();
  const roi = figureOf(report.total, "roi");
  const revenue = figureOf(report.total, "revenue").value ?? 0;
  const cost = figureOf(report.total, "cost").value ?? 0;
  const Term = ({ metric, value }: { metric: string; value: number }) => (
    <span className={css.term} title={metrics.meaning(metric)}>
      <strong>{format.money(value)}</strong>
      <small>{metrics.name(metric)}</small>
    </span>
  );
  return (
    <Section title={metrics.name("roi")} card>
      <p className={css.roi}>{roi.value === null ? "–" : format.percent(roi.value)}</p>
      {roi.value === null ? (
        <p className={css.hint}>
          {missing(roi.missing)} <A to={`/campaigns/${report.campaign_id}#budget`}>{t("roi.toBudget")}</A>
        </p>
      ) : (
        <div
          className={css.formula}
          role="math"
          aria-label={t("roi.aria", {
            revenue: format.money(revenue),
            cost: format.money(cost),
            roi: format.percent(roi.value, 1),
          })}
        >
          <span>(</span>
          <Term metric="revenue" value={revenue} />
          <span>−</span>
          <Term metric="cost" value={cost} />
          <span>) ÷</span>
          <Term metric="cost" value={cost} />
          <span>× {format.percent(1, 0)}</span>
        </div>
      )}
      <Facts
        items={["revenue_per_person", "cost_per_conversion", "cost_planned"].map((key) => {
          const { value, base, missing: why } = figureOf(report.total, key);
          return [
            metrics.name(key),
            value === null ? (
              <Unknown key={key} why={missing(why) ?? t("unknown")} />
            ) : (
              <span key={key}>
                {metrics.say(key, value)}{" "}
                {base !== null && (
                  <small className={css.muted}>
                    {key === "revenue_per_person"
                      ? t("base.reached", { base: format.number(base) })
                      : t("base.conversions", { count: base })}
                  </small>
                )}
              </span>
            ),
          ];
        })}
      />
      {report.foreign_conversions > 0 && (
        <p className={css.hint}>{t("roi.foreign", { count: report.foreign_conversions, currency: report.currency })}</p>
      )}
    </Section>
  );
}

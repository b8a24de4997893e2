import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { Facts, Section } from "@/ui/Page";
import { Unknown } from "@/ui/values";
import { useMetrics } from "../metrics";
import { type CampaignReport, figureOf, useMissing } from "../report";
import shared from "../report.module.css";
import { useT } from "../useT";
import css from "./Return.module.css";

/** The returns with the numbers they are made of: what was caused first, where that is known, then what is credited. */
export function Return({ report }: { report: CampaignReport }) {
  const t = useT();
  const format = useFormat();
  const metrics = useMetrics();
  const missing = useMissing();
  const roi = figureOf(report.total, "roi");
  const caused = figureOf(report.total, "caused_roi");
  return (
    <Section title={metrics.name("roi")} card>
      {caused.value !== null && <Formula report={report} metric="caused_roi" part="caused_revenue" />}
      {roi.value === null ? (
        <>
          <p className={css.roi}>–</p>
          <p className={shared.hint}>
            {missing(roi.missing)} <A to={`/campaigns/${report.campaign_id}#budget`}>{t("roi.toBudget")}</A>
          </p>
        </>
      ) : (
        <Formula report={report} metric="roi" part="revenue" named={caused.value !== null} />
      )}
      <Facts
        items={["returned", "revenue_per_person", "cost_per_conversion", "cost_planned"].map((key) => {
          const { value, base, missing: why } = figureOf(report.total, key);
          return [
            metrics.name(key),
            value === null ? (
              <Unknown key={key} why={missing(why) ?? t("unknown")} />
            ) : (
              <span key={key}>
                {metrics.say(key, value)}{" "}
                {base !== null && (
                  <small className={shared.muted}>
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
      <Apart report={report} />
    </Section>
  );
}

function Formula(props: { report: CampaignReport; metric: string; part: string; named?: boolean }) {
  const { report, metric, part, named } = props;
  const t = useT();
  const format = useFormat();
  const metrics = useMetrics();
  const { value, low, high } = figureOf(report.total, metric);
  const revenue = figureOf(report.total, part).value ?? 0;
  const cost = figureOf(report.total, "cost").value ?? 0;
  const term = (key: string, amount: number) => (
    <span className={css.term} title={metrics.meaning(key)}>
      <strong>{metrics.say(key, amount)}</strong>
      <small>{metrics.name(key)}</small>
    </span>
  );
  return (
    <>
      <p className={css.roi}>
        {metrics.say(metric, value ?? 0)}
        {low !== null && high !== null && (
          <small>
            {metrics.name(metric)}, {t("interval", { low: metrics.say(metric, low), high: metrics.say(metric, high) })}
          </small>
        )}
        {named && <small>{metrics.name(metric)}</small>}
      </p>
      <div
        className={css.formula}
        role="math"
        aria-label={t("roi.aria", {
          revenue: metrics.say(part, revenue),
          cost: metrics.say("cost", cost),
          roi: metrics.say(metric, value ?? 0),
        })}
      >
        <span>(</span>
        {term(part, revenue)}
        <span>−</span>
        {term("cost", cost)}
        <span>) ÷</span>
        {term("cost", cost)}
        <span>× {format.percent(1, 0)}</span>
      </div>
    </>
  );
}

/** What is in no number, and why. */
function Apart({ report }: { report: CampaignReport }) {
  const t = useT();
  return (
    <>
      {report.unconverted.map(({ currency, conversions }) => (
        <p key={currency} className={shared.hint}>
          {t("roi.foreign", { count: conversions, currency })} <A to="/settings/budget">{t("roi.toRates")}</A>
        </p>
      ))}
      {report.loose_reversals > 0 && <p className={shared.hint}>{t("roi.loose", { count: report.loose_reversals })}</p>}
      {report.unplaced_visits > 0 && (
        <p className={shared.hint}>{t("roi.unplaced", { count: report.unplaced_visits })}</p>
      )}
    </>
  );
}

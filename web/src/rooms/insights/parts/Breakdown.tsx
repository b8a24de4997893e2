import { Select } from "@mantine/core";
import type { Reply } from "@/api/client";
import { useGet } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { useParam } from "@/lib/url";
import { BarChart, Figure } from "@/ui/charts";
import { Section } from "@/ui/Page";
import { ErrorState, SkeletonLines } from "@/ui/states";
import { Unknown } from "@/ui/values";
import { useMetrics } from "../metrics";
import { behind, type CampaignReport, figureOf, useMissing } from "../report";
import css from "../report.module.css";
import { useT } from "../useT";

const metricKeys = [
  "conversion_rate",
  "click_rate",
  "open_rate",
  "unsubscribe_rate",
  "revenue_per_person",
  "revenue",
  "conversions",
  "delivered",
];
const parts: Record<string, string> = {
  conversion_rate: "converters",
  click_rate: "clickers",
  open_rate: "openers",
  unsubscribe_rate: "unsubscribers",
  revenue_per_person: "revenue",
};
type Bucket = Reply<"get", "/campaigns/{campaign_id}/report/breakdown">[number]["bucket"];

/** The same number for each value of an attribute: who it works for. */
export function Breakdown({ report }: { report: CampaignReport }) {
  const t = useT();
  const metrics = useMetrics();
  const words = useGet("/audiences/vocabulary", {}, { slow: true });
  const attributes = words.data?.attributes ?? [];
  const [chosen, setChosen] = useParam("by");
  const [metric, setMetric] = useParam("metric", "conversion_rate");
  const attribute =
    attributes.find(({ key }) => key === chosen) ?? attributes.find(({ type }) => type === "choice") ?? attributes[0];
  if (!attribute) return null;
  return (
    <Section card>
      <div className={css.choose}>
        <Select
          size="xs"
          label={t("by.metric")}
          value={metric}
          allowDeselect={false}
          data={metricKeys.map((key) => ({ value: key, label: metrics.name(key) }))}
          onChange={(key) => key && setMetric(key)}
        />
        <Select
          size="xs"
          label={t("by.attribute")}
          value={attribute.key}
          allowDeselect={false}
          searchable
          data={attributes.map(({ key, label }) => ({ value: key, label }))}
          onChange={(key) => key && setChosen(key)}
        />
      </div>
      <Answer report={report} attribute={attribute.key} label={attribute.label} type={attribute.type} metric={metric} />
    </Section>
  );
}

function Answer(props: { report: CampaignReport; attribute: string; label: string; type: string; metric: string }) {
  const { report, attribute, label, type, metric } = props;
  const t = useT();
  const format = useFormat();
  const metrics = useMetrics();
  const missing = useMissing();
  const rows = useGet(
    "/campaigns/{campaign_id}/report/breakdown",
    { path: { campaign_id: report.campaign_id }, query: { attribute } },
    { slow: true },
  );
  if (rows.error) return <ErrorState error={rows.error} onRetry={() => void rows.refetch()} inline />;
  if (!rows.data) return <SkeletonLines lines={5} height={20} />;
  const sayBound = (bound: number) => (type === "money" ? format.money(bound) : format.number(bound));
  const sayBucket = ({ value, low, high, unknown, other }: Bucket): string => {
    if (unknown) return t("by.unknown");
    if (other) return t("by.other");
    if (value !== null) return type === "boolean" ? t(value === "true" ? "by.yes" : "by.no") : value;
    if (low === null && high !== null) return t("by.upTo", { high: sayBound(high) });
    if (low !== null && high === null) return t("by.above", { low: sayBound(low) });
    return t("by.range", { low: sayBound(low ?? 0), high: sayBound(high ?? 0) });
  };
  const part = parts[metric] ?? metric;
  const shown = rows.data.map(({ bucket, figures }) => ({
    bucket,
    name: sayBucket(bucket),
    figure: figureOf(figures, metric),
    part: figureOf(figures, part),
    reached: figureOf(figures, "reached"),
  }));
  const known = shown.filter(({ figure }) => figure.value !== null);
  const best = known.reduce<(typeof known)[number] | undefined>(
    (top, one) => ((one.figure.value ?? 0) > (top?.figure.value ?? -1) ? one : top),
    undefined,
  );
  return (
    <Figure
      title={t("by.title", { metric: metrics.name(metric), attribute: label })}
      point={
        best ? t("by.best", { value: best.name, number: metrics.say(metric, best.figure.value ?? 0) }) : t("by.none")
      }
      table={{
        head: [label, metrics.name("reached"), metrics.name(part), metrics.name(metric)],
        rows: shown.map(({ bucket, name, figure, part: counted, reached }) => [
          name,
          reached.value === null ? "–" : format.number(reached.value),
          counted.value ? (
            <A
              key="p"
              to={behind(
                report.campaign_id,
                { metric: part, attribute, ...bucket },
                `${metrics.name(part)}: ${label} ${name}`,
              )}
            >
              {metrics.say(part, counted.value)}
            </A>
          ) : (
            metrics.say(part, counted.value ?? 0)
          ),
          figure.value === null ? (
            <Unknown key="f" why={missing(figure.missing) ?? t("unknown")} />
          ) : (
            metrics.say(metric, figure.value)
          ),
        ]),
      }}
    >
      {known.length ? (
        <BarChart
          points={known.map(({ name, figure }) => ({ x: name, value: figure.value }))}
          series={[{ key: "value", label: metrics.name(metric) }]}
          sayX={(x) => x}
          sayY={(value) => metrics.say(metric, value)}
        />
      ) : (
        <p className={css.hint}>{t("by.none")}</p>
      )}
    </Figure>
  );
}

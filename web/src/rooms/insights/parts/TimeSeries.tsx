import { SegmentedControl } from "@mantine/core";
import { useMemo, useState } from "react";
import { useGet } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { Figure, LineChart } from "@/ui/charts";
import { Section } from "@/ui/Page";
import { SkeletonLines } from "@/ui/states";
import { useMetrics } from "../metrics";
import type { CampaignReport } from "../report";
import css from "../report.module.css";
import { everyStep, type StepName } from "../steps";
import { useT } from "../useT";

const names = { sent: "sent", opens: "openers", clicks: "clicks", conversions: "conversions" } as const;
type Key = keyof typeof names;
/** What was sent dwarfs the rest, so only a chart that is watched while sending has it. */
const ofCampaign: Key[] = ["opens", "clicks", "conversions"];
const withSent: Key[] = ["sent", ...ofCampaign];

interface Props {
  report: CampaignReport;
  /** Only this touchpoint. */
  touchpointId?: string;
  /** Milliseconds between two looks, while it is live. */
  every?: number;
}

/** The step in which somebody looks at what began so long ago; the campaign's own is said by its report. */
function usualStep(report: CampaignReport, touchpointId?: string): StepName {
  const one = report.touchpoints.find(({ id }) => id === touchpointId);
  const began = one?.launched_at ?? one?.done_on;
  if (!began) return report.step;
  const age = (Date.parse(report.at) - Date.parse(began)) / 1000;
  return age < 2 * 3600 ? "minute" : age < 4 * 86_400 ? "hour" : "day";
}

/** What people did when. */
export function TimeSeries({ report, touchpointId, every }: Props) {
  const t = useT();
  const format = useFormat();
  const metrics = useMetrics();
  const [chosen, setChosen] = useState<StepName>();
  const step = chosen ?? usualStep(report, touchpointId);
  // The report brings its own series along: both are counted from the same facts.
  const brought = !touchpointId && step === report.step;
  const asked = useGet(
    "/campaigns/{campaign_id}/report/series",
    { path: { campaign_id: report.campaign_id }, query: { step, touchpoint_id: touchpointId } },
    { every, enabled: !brought },
  );
  const series = brought ? report.series : asked.data;
  const points = useMemo(
    () => everyStep(series ?? [], step, format.timezone, { sent: 0, opens: 0, clicks: 0, conversions: 0 }),
    [series, step, format.timezone],
  );
  const sayX = (at: string, short = false) =>
    step === "day"
      ? short
        ? format.dayOfYear(at)
        : format.day(at)
      : step === "hour"
        ? format.dateTime(at)
        : format.time(at);
  const peak = points.reduce<(typeof points)[number] | undefined>(
    (best, one) => (one.clicks > (best?.clicks ?? 0) ? one : best),
    undefined,
  );
  const bought = points.reduce((sum, one) => sum + one.conversions, 0);
  // A line for what never happened says nothing and hides the names of the others.
  const happened = (every ? withSent : ofCampaign).filter((key) => every || points.some((one) => one[key] > 0));
  const columns = (happened.length ? happened : ofCampaign).map((key) => ({ key, label: metrics.name(names[key]) }));
  if (!series) return <SkeletonLines lines={5} />;
  return (
    <Section card>
      <Figure
        title={t("series")}
        point={
          peak
            ? t("series.peak", { when: sayX(peak.x), clicks: peak.clicks })
            : bought
              ? t("series.bought", { count: bought })
              : t("series.quiet")
        }
        table={{
          head: [t("series.time"), ...columns.map(({ label }) => label)],
          rows: points
            .filter((one) => columns.some(({ key }) => one[key] > 0))
            .map((one) => [sayX(one.x), ...columns.map(({ key }) => format.number(one[key]))]),
        }}
      >
        {points.length > 0 ? (
          <LineChart points={points} series={columns} sayX={sayX} sayY={format.compact} height={240} bars />
        ) : (
          <p className={css.hint}>{t("series.few")}</p>
        )}
      </Figure>
      <SegmentedControl
        size="xs"
        className={css.steps}
        value={step}
        onChange={(value) => setChosen(value as StepName)}
        aria-label={t("series.step")}
        data={(["minute", "hour", "day"] as const).map((value) => ({ value, label: t(`series.${value}`) }))}
      />
    </Section>
  );
}

import { useEffect, useState } from "react";
import { useFormat } from "@/lib/format";
import { warmCharts } from "@/ui/charts";
import { NumberRow, NumberTile } from "@/ui/NumberTile";
import { Section } from "@/ui/Page";
import { useMetrics } from "./metrics";
import { TimeSeries } from "./parts/TimeSeries";
import { behind, figureOf, useMissing, useReport } from "./report";
import css from "./report.module.css";
import { useT } from "./useT";

const shown = ["delivered", "open_rate", "click_rate", "unsubscribers", "conversions", "revenue"] as const;
const parts: Record<string, string> = { open_rate: "openers", click_rate: "clickers" };
const machines: Record<string, string> = { open_rate: "machine_opens", click_rate: "machine_clicks" };

/** What came of one touchpoint so far, machines told apart from people. */
export function TouchpointNumbers({
  campaignId,
  touchpointId,
  live,
}: {
  campaignId: string;
  touchpointId: string;
  live: boolean;
}) {
  const t = useT();
  const format = useFormat();
  const metrics = useMetrics();
  const missing = useMissing();
  const settling = useSettling(live);
  useEffect(warmCharts, []);
  const report = useReport(campaignId, { every: live ? 5000 : settling ? 2000 : 30_000 });
  const touchpoint = report.data?.touchpoints.find(({ id }) => id === touchpointId);
  if (!report.data || !touchpoint) return null;
  return (
    <>
      <Section title={t("reactions")}>
        <div className={css.tiles}>
          <NumberRow>
            {shown.map((key) => {
              const { value, base, missing: why } = figureOf(touchpoint.figures, key);
              const part = parts[key] ?? key;
              const machine = machines[key] ? figureOf(touchpoint.figures, machines[key]).value : null;
              return (
                <NumberTile
                  key={key}
                  label={metrics.name(key)}
                  meaning={metrics.meaning(key)}
                  value={value === null ? undefined : metrics.say(key, value)}
                  why={missing(why)}
                  base={value !== null && base !== null ? t("base.reached", { base: format.number(base) }) : undefined}
                  comparison={machine ? { words: t("machines", { count: machine }) } : undefined}
                  to={
                    value
                      ? behind(campaignId, { metric: part, touchpoint_id: touchpointId }, metrics.name(part))
                      : undefined
                  }
                />
              );
            })}
          </NumberRow>
        </div>
      </Section>
      <TimeSeries report={report.data} touchpointId={touchpointId} every={live || settling ? 5000 : undefined} />
    </>
  );
}

const SETTLES = 10_000;

/** True for a while after the last message left: the report follows the ledger by a second or two. */
function useSettling(live: boolean): boolean {
  const [settling, setSettling] = useState(live);
  useEffect(() => {
    if (live) {
      setSettling(true);
      return;
    }
    const timer = setTimeout(() => setSettling(false), SETTLES);
    return () => clearTimeout(timer);
  }, [live]);
  return settling;
}

import { useMetrics } from "../metrics";
import type { CampaignReport } from "../report";
import css from "../report.module.css";
import { useT } from "../useT";

type Key = Parameters<ReturnType<typeof useT>>[0];

/** The whole report in a few sentences; the server says which, as for the PDF. */
export function Summary({ report }: { report: CampaignReport }) {
  const t = useT();
  const metrics = useMetrics();
  const values: Record<string, string> = {};
  for (const [key, { value, low, high }] of Object.entries(report.total)) {
    const say = (one: number | null) => (one === null ? "–" : metrics.say(key, one));
    values[key] = say(value);
    values[`${key}_low`] = say(low);
    values[`${key}_high`] = say(high);
  }
  return (
    <p className={css.summary}>{report.summary.map((key) => t.told(`summary.${key}` as Key, values)).join(" ")}</p>
  );
}

import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { Section } from "@/ui/Page";
import { Unknown } from "@/ui/values";
import { useMetrics } from "../metrics";
import { behind, type CampaignReport, figureOf, useMissing } from "../report";
import css from "../report.module.css";
import { useT } from "../useT";

const parts: Record<string, string> = { open_rate: "openers", click_rate: "clickers", conversion_rate: "converters" };
type Row = CampaignReport["rows"][number];

/** Touchpoint by touchpoint, those held out beside them, and the campaign as a whole: as on paper and in the file. */
export function TouchpointsTable({ report }: { report: CampaignReport }) {
  const t = useT();
  const format = useFormat();
  const metrics = useMetrics();
  const missing = useMissing();
  return (
    <Section title={t("byTouchpoint")} note={t("byTouchpoint.note")}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      {/* biome-ignore lint/a11y/useSemanticElements: a section in a section would be announced twice */}
      <div className={css.scroll} tabIndex={0} role="region" aria-label={t("byTouchpoint")}>
        <table className={css.table} aria-label={t("byTouchpoint")}>
          <thead>
            <tr>
              <th scope="col">{t("touchpoint")}</th>
              {report.columns.map((key) => (
                <th key={key} scope="col" title={metrics.meaning(key)}>
                  {metrics.name(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.rows
              .filter(({ kind }) => kind !== "total")
              .map((row) => (
                <Line key={`${row.kind} ${row.touchpoint_id}`} report={report} row={row} />
              ))}
          </tbody>
          <tfoot>
            {report.rows
              .filter(({ kind }) => kind === "total")
              .map((row) => (
                <Line key="total" report={report} row={row} />
              ))}
          </tfoot>
        </table>
      </div>
      {report.left_out.map(({ missing: why, metrics: keys }) => (
        <p key={why} className={css.hint}>
          {format.list(keys.map(metrics.name))}: {missing(why)}.
        </p>
      ))}
    </Section>
  );
}

function Line({ report, row }: { report: CampaignReport; row: Row }) {
  const t = useT();
  const held = row.kind === "held_out";
  return (
    <tr className={held ? css.held : undefined}>
      <th scope="row">
        {row.kind === "total" ? (
          t("total")
        ) : held && !row.control ? (
          t("heldOut")
        ) : (
          <A to={`/touchpoints/${row.touchpoint_id}`}>{row.name}</A>
        )}
        {row.control && <small>{t("heldOut")}</small>}
      </th>
      {report.columns.map((key) => (
        <Cell key={key} report={report} row={row} metric={key} />
      ))}
    </tr>
  );
}

function Cell({ report, row, metric }: { report: CampaignReport; row: Row; metric: string }) {
  const t = useT();
  const metrics = useMetrics();
  const missing = useMissing();
  const { value, missing: why } = figureOf(row.figures, metric);
  if (value === null) {
    return (
      <td>
        <Unknown why={missing(why) ?? t("unknown")} />
      </td>
    );
  }
  const words = metrics.say(metric, value);
  const people = parts[metric] ?? metric;
  const held = row.kind === "held_out";
  const event = metric === "audience" ? undefined : report.attribution.conversion_event;
  const cell = held
    ? { touchpoint_id: row.touchpoint_id ?? undefined, side: "held_out", event }
    : { metric: people, touchpoint_id: row.touchpoint_id ?? undefined };
  const name = held ? `${row.name}: ${t("heldOut")}` : metrics.name(people);
  const known = value && metrics.get(people)?.people;
  return <td>{known ? <A to={behind(report.campaign_id, cell, name)}>{words}</A> : words}</td>;
}

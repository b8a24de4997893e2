import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { Section } from "@/ui/Page";
import { Unknown } from "@/ui/values";
import { useMetrics } from "../metrics";
import { behind, type CampaignReport, figureOf, type TouchpointFigures, useMissing } from "../report";
import css from "../report.module.css";
import { useT } from "../useT";

export const touchpointColumns = [
  "audience",
  "sent",
  "delivered",
  "open_rate",
  "click_rate",
  "unsubscribers",
  "conversions",
  "conversion_rate",
  "revenue",
] as const;
const parts: Record<string, string> = { open_rate: "openers", click_rate: "clickers", conversion_rate: "converters" };

/** Touchpoint by touchpoint, those held out beside them, and the campaign as a whole. */
export function TouchpointsTable({ report }: { report: CampaignReport }) {
  const t = useT();
  const metrics = useMetrics();
  const launched = report.touchpoints.filter(({ launched_at }) => launched_at);
  return (
    <Section title={t("byTouchpoint")} note={t("byTouchpoint.note")}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      {/* biome-ignore lint/a11y/useSemanticElements: a section in a section would be announced twice */}
      <div className={css.scroll} tabIndex={0} role="region" aria-label={t("byTouchpoint")}>
        <table className={css.table} aria-label={t("byTouchpoint")}>
          <thead>
            <tr>
              <th scope="col">{t("touchpoint")}</th>
              {touchpointColumns.map((key) => (
                <th key={key} scope="col" title={metrics.meaning(key)}>
                  {metrics.name(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {launched.map((touchpoint) => (
              <Rows key={touchpoint.id} report={report} touchpoint={touchpoint} />
            ))}
          </tbody>
          {launched.length > 1 && (
            <tfoot>
              <tr>
                <th scope="row">{t("total")}</th>
                {touchpointColumns.map((key) => (
                  <Cell key={key} report={report} metric={key} figure={figureOf(report.total, key)} />
                ))}
              </tr>
            </tfoot>
          )}
        </table>
      </div>
    </Section>
  );
}

function Rows({ report, touchpoint }: { report: CampaignReport; touchpoint: TouchpointFigures }) {
  const t = useT();
  const format = useFormat();
  const held = report.groups.find(({ touchpoint_id, side }) => touchpoint_id === touchpoint.id && side === "held_out");
  const conversion = held?.events.find(({ event }) => event === report.attribution.conversion_event);
  const only = figureOf(touchpoint.figures, "sent").value === 0 && held !== undefined;
  return (
    <>
      {!only && (
        <tr>
          <th scope="row">
            <A to={`/touchpoints/${touchpoint.id}`}>{touchpoint.name}</A>
          </th>
          {touchpointColumns.map((key) => (
            <Cell
              key={key}
              report={report}
              metric={key}
              figure={figureOf(touchpoint.figures, key)}
              touchpointId={touchpoint.id}
            />
          ))}
        </tr>
      )}
      {held && (
        <tr className={css.held}>
          <th scope="row">
            {only ? <A to={`/touchpoints/${touchpoint.id}`}>{touchpoint.name}</A> : t("heldOut")}
            {only && <small>{t("heldOut")}</small>}
          </th>
          <td>
            <A
              to={behind(
                report.campaign_id,
                { touchpoint_id: touchpoint.id, side: "held_out" },
                `${touchpoint.name}: ${t("heldOut")}`,
              )}
            >
              {format.number(held.people)}
            </A>
          </td>
          {touchpointColumns.slice(1).map((key) => (
            <td key={key}>
              {key === "conversions" && conversion ? (
                format.number(conversion.events)
              ) : key === "conversion_rate" && typeof conversion?.share === "number" ? (
                format.percent(conversion.share, 2)
              ) : key === "revenue" && conversion ? (
                format.money(conversion.amount)
              ) : (
                <span className={css.muted}>–</span>
              )}
            </td>
          ))}
        </tr>
      )}
    </>
  );
}

interface CellProps {
  report: CampaignReport;
  metric: string;
  figure: { value: number | null; base: number | null; missing: Parameters<ReturnType<typeof useMissing>>[0] };
  touchpointId?: string;
}

function Cell({ report, metric, figure, touchpointId }: CellProps) {
  const t = useT();
  const metrics = useMetrics();
  const missing = useMissing();
  if (figure.value === null) {
    return (
      <td>
        <Unknown why={missing(figure.missing) ?? t("unknown")} />
      </td>
    );
  }
  const words = metrics.say(metric, figure.value);
  const people = parts[metric] ?? metric;
  return (
    <td>
      {figure.value && metrics.get(people)?.people ? (
        <A to={behind(report.campaign_id, { metric: people, touchpoint_id: touchpointId }, metrics.name(people))}>
          {words}
        </A>
      ) : (
        words
      )}
    </td>
  );
}

import { Button } from "@mantine/core";
import { useState } from "react";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { Section } from "@/ui/Page";
import { useMetrics } from "../metrics";
import { behind, type CampaignReport } from "../report";
import css from "../report.module.css";
import { useT } from "../useT";

const FIRST = 12;

/** What every link brought, the most clicked first. */
export function LinksTable({ report }: { report: CampaignReport }) {
  const t = useT();
  const format = useFormat();
  const metrics = useMetrics();
  const [all, setAll] = useState(false);
  if (!report.links.length) return null;
  const links = [...report.links].sort((a, b) => b.clicks - a.clicks || b.conversions - a.conversions);
  const most = Math.max(1, ...links.map(({ clicks }) => clicks));
  const touchpoint = (id: string) => report.touchpoints.find((one) => one.id === id)?.name ?? "";
  const several = report.touchpoints.filter(({ launched_at }) => launched_at).length > 1;
  return (
    <Section title={t("byLink")}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      {/* biome-ignore lint/a11y/useSemanticElements: a section in a section would be announced twice */}
      <div className={css.scroll} tabIndex={0} role="region" aria-label={t("byLink")}>
        <table className={css.table} aria-label={t("byLink")}>
          <thead>
            <tr>
              <th scope="col">{t("link")}</th>
              <th scope="col" title={metrics.meaning("clicks")}>
                {metrics.name("clicks")}
              </th>
              <th scope="col" title={metrics.meaning("clickers")}>
                {metrics.name("clickers")}
              </th>
              <th scope="col" title={metrics.meaning("machine_clicks")}>
                {metrics.name("machine_clicks")}
              </th>
              <th scope="col" title={metrics.meaning("conversions")}>
                {metrics.name("conversions")}
              </th>
              <th scope="col" title={metrics.meaning("revenue")}>
                {metrics.name("revenue")}
              </th>
            </tr>
          </thead>
          <tbody>
            {links.slice(0, all ? undefined : FIRST).map((link) => {
              const cell = { touchpoint_id: link.touchpoint_id, link: link.number };
              const label = link.label || link.url || t("link.personal");
              const people = (metric: string, value: string, count: number) =>
                count ? (
                  <A to={behind(report.campaign_id, { ...cell, metric }, `${label}: ${metrics.name(metric)}`)}>
                    {value}
                  </A>
                ) : (
                  value
                );
              return (
                <tr key={`${link.touchpoint_id} ${link.number}`}>
                  <th scope="row">
                    <span className={css.link}>
                      <span>{label}</span>
                      <small>
                        {link.label && link.url ? link.url : null}
                        {several && <span> {touchpoint(link.touchpoint_id)}</span>}
                      </small>
                      <i className={css.linkBar} style={{ width: `${(link.clicks / most) * 100}%` }} />
                    </span>
                  </th>
                  <td>{format.number(link.clicks)}</td>
                  <td>{people("clickers", format.number(link.clickers), link.clickers)}</td>
                  <td className={css.muted}>{format.number(link.machine_clicks)}</td>
                  <td>{people("conversions", format.number(link.conversions), link.conversions)}</td>
                  <td>{format.money(link.revenue)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {!all && links.length > FIRST && (
        <Button variant="subtle" color="gray" size="xs" onClick={() => setAll(true)} style={{ alignSelf: "start" }}>
          {t("link.all", { count: links.length })}
        </Button>
      )}
    </Section>
  );
}

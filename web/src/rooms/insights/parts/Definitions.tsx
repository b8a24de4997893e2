import { IconTarget } from "@tabler/icons-react";
import { useMetrics } from "../metrics";
import type { CampaignReport } from "../report";
import shared from "../report.module.css";
import { useT } from "../useT";
import css from "./Definitions.module.css";

/** What every number of the report means, from the one catalogue. */
export function Definitions({ report }: { report: CampaignReport }) {
  const t = useT();
  const metrics = useMetrics();
  const { basis, days, conversion_event } = report.attribution;
  return (
    <details className={css.definitions}>
      <summary>{t("definitions.open", { count: metrics.all.length })}</summary>
      <p className={shared.hint}>
        {t(basis === "delivery" ? "definitions.delivery" : "definitions.click", {
          event: conversion_event ?? "",
          days: days ?? 7,
        })}
      </p>
      <dl>
        {metrics.all.map((metric) => (
          <div key={metric.key}>
            <dt>
              {metric.name}
              {report.goal?.metric === metric.key && (
                <IconTarget size={14} aria-label={t("definitions.goal")} role="img" />
              )}
            </dt>
            <dd>
              {metric.counts}
              {metric.formula !== metric.name && <code>{metric.formula}</code>}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

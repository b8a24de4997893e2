import { useMemo } from "react";
import { useKeyset } from "@/api/hooks";
import { A } from "@/lib/links";
import { useListState } from "@/lib/url";
import { Page } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { EmptyState } from "@/ui/states";
import { type Column, DataTable } from "@/ui/table/DataTable";
import { FilterBar } from "@/ui/table/FilterBar";
import { Unknown } from "@/ui/values";
import { useMetrics } from "./metrics";
import { figureOf, type KeyNumbers, useMissing } from "./report";
import css from "./report.module.css";
import { useT } from "./useT";

const shown = ["sent", "click_rate", "conversions", "revenue", "cost", "roi"] as const;

/** Every campaign of which something was launched, with the numbers that matter, the newest first. */
export default function ReportsPage() {
  const t = useT();
  const [state, change] = useListState();
  const list = useKeyset<KeyNumbers>("/reports", { query: { q: state.q } });
  const metrics = useMetrics();
  const columns = useMemo<Column<KeyNumbers>[]>(
    () => [
      {
        id: "name",
        title: t("campaign"),
        cell: (row) => (
          <A to={`/reports/${row.campaign_id}`} className={css.name}>
            {row.name}
          </A>
        ),
      },
      ...shown.map(
        (key): Column<KeyNumbers> => ({
          id: key,
          title: metrics.name(key),
          width: key === "roi" ? 184 : 124,
          align: "end",
          hide: key === "roi" ? undefined : key === "cost" || key === "conversions" ? "tablet" : "phone",
          cell: (row) => <Value numbers={row} metric={key} />,
        }),
      ),
    ],
    [t, metrics],
  );
  return (
    <Page kind="list">
      <PageHead title={t("reports")} meaning={t("reports.meaning")} />
      <FilterBar lead={t("reports.lead")} search={t("reports.search")} filters={[]} state={state} onChange={change} />
      <DataTable
        id="reports"
        label={t("reports")}
        columns={columns}
        list={list}
        rowKey={({ campaign_id }) => campaign_id}
        rowName={({ name }) => name}
        to={({ campaign_id }) => `/reports/${campaign_id}`}
        count={(count) => t("reports.count", { count, more: list.more ? "yes" : "no" })}
        empty={
          <EmptyState picture={state.q ? "search" : "chart"} title={state.q ? undefined : t("reports.empty.title")}>
            {state.q ? t("reports.none") : t("reports.empty")}
          </EmptyState>
        }
      />
    </Page>
  );
}

function Value({ numbers, metric }: { numbers: KeyNumbers; metric: string }) {
  const t = useT();
  const metrics = useMetrics();
  const missing = useMissing();
  const { value, missing: why } = figureOf(numbers.figures, metric);
  if (value === null) return <Unknown why={missing(why) ?? t("unknown")} />;
  return <>{metrics.say(metric, value)}</>;
}

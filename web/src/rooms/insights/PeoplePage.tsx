import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useParams, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Reply } from "@/api/client";
import { useGet, useKeyset } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { Page } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { EmptyState } from "@/ui/states";
import { type Column, DataTable } from "@/ui/table/DataTable";
import { useExport } from "./exports";
import { useMetrics } from "./metrics";
import css from "./report.module.css";
import { useT } from "./useT";

type Row = Reply<"get", "/campaigns/{campaign_id}/report/people">["items"][number];
const SHOWN = 5;

/** The people behind one number of a report. Which number is in the address. */
export default function PeoplePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { name, ...cell } = useSearch({ strict: false }) as Record<string, string>;
  const t = useT();
  const metrics = useMetrics();
  const takeOut = useExport(id);
  const mayExport = useMay("people.export");
  const campaign = useGet("/campaigns/{campaign_id}", { path: { campaign_id: id } });
  const touchpoint = useGet(
    "/touchpoints/{touchpoint_id}",
    { path: { touchpoint_id: cell.touchpoint_id ?? "" } },
    { enabled: !!cell.touchpoint_id },
  );
  const list = useKeyset<Row>("/campaigns/{campaign_id}/report/people", { path: { campaign_id: id }, query: cell });
  const columns = useColumns(list.rows);
  const title = name || metrics.name(cell.metric ?? "audience");
  return (
    <Page kind="list">
      <PageHead
        title={title}
        crumbs={[
          { label: t("reports"), to: "/reports" },
          { label: campaign.data?.name ?? t("report"), to: `/reports/${id}` },
        ]}
        meaning={
          <>
            {cell.metric && !cell.side && <span>{metrics.get(cell.metric)?.counts}</span>}
            {cell.touchpoint_id && touchpoint.data && (
              <span>{t("people.of", { touchpoint: touchpoint.data.name })}</span>
            )}
          </>
        }
        action={
          mayExport && list.rows.length > 0 ? (
            <Button variant="default" leftSection={<IconDownload size={16} />} onClick={() => takeOut(cell, title)}>
              {t("people.export")}
            </Button>
          ) : undefined
        }
      />
      <DataTable
        id="report-people"
        label={title}
        columns={columns}
        list={list}
        rowKey={(row) => String(row.id)}
        rowName={(row) => row.email ?? row.external_id ?? String(row.id)}
        to={(row) => `/people/${row.id}`}
        count={(shown, _, total) => t("people.count", { shown, total: total ?? shown })}
        empty={<EmptyState picture="people">{t("people.none")}</EmptyState>}
      />
    </Page>
  );
}

/** The person, then the attributes: first those that somebody in the first rows has. */
function useColumns(rows: Row[]): Column<Row>[] {
  const t = useT();
  const format = useFormat();
  const words = useGet("/audiences/vocabulary", {}, { slow: true });
  return useMemo(() => {
    const say = (type: string, value: unknown) => {
      if (value === null || value === undefined) return <span className={css.muted}>–</span>;
      if (type === "money") return format.money(Number(value));
      if (type === "number") return format.number(Number(value));
      if (type === "date") return format.day(String(value));
      if (type === "boolean") return t(value ? "by.yes" : "by.no");
      return String(value);
    };
    const first = rows.slice(0, 50);
    const known = (key: string) =>
      first.some(({ attributes }) => attributes[key] !== undefined && attributes[key] !== null);
    const sorted = [...(words.data?.attributes ?? [])].sort((a, b) => Number(known(b.key)) - Number(known(a.key)));
    const attributes = sorted.map(
      ({ key, label, type }, index): Column<Row> => ({
        id: key,
        title: label,
        width: 140,
        hide: "phone",
        optional: index >= SHOWN || !known(key),
        align: type === "number" || type === "money" ? "end" : undefined,
        cell: (row) => say(type, row.attributes[key]),
      }),
    );
    return [
      {
        id: "person",
        title: t("people.person"),
        cell: (row) => (
          <A to={`/people/${row.id}`} className={css.name}>
            {row.email ?? row.external_id ?? t("people.nameless", { id: String(row.id) })}
          </A>
        ),
      },
      ...(rows.some(({ orders }) => orders.length > 0)
        ? [
            {
              id: "ordered",
              title: t("people.when"),
              width: 170,
              hide: "phone",
              cell: (row) => row.orders.map(({ at }) => format.dateTime(at)).join(" · "),
            } satisfies Column<Row>,
            {
              id: "amount",
              title: t("people.amount"),
              width: 130,
              align: "end",
              cell: (row) => format.money(row.orders.reduce((sum, one) => sum + one.amount_minor, 0)),
            } satisfies Column<Row>,
          ]
        : []),
      ...attributes,
    ];
  }, [t, format, words.data, rows]);
}

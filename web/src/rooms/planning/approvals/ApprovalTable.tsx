import type { ReactNode } from "react";
import { useMemo } from "react";
import type { useKeyset } from "@/api/hooks";
import { A } from "@/lib/links";
import { type Column, DataTable } from "@/ui/table/DataTable";
import { Num, When } from "@/ui/values";
import css from "./ApprovalTable.module.css";
import shared from "./approvals.module.css";
import { useT } from "./useT";
import { type Row, StateWord, useAsked } from "./words";

type List = ReturnType<typeof useKeyset<Row>>;

/** Requests in a list: what, how it stands, whom it waits for. */
export function ApprovalTable({ id, list, empty }: { id: string; list: List; empty: ReactNode }) {
  const t = useT();
  const asked = useAsked();
  const columns = useMemo<Column<Row>[]>(
    () => [
      {
        id: "what",
        title: t("col.what"),
        cell: (row) => (
          <>
            <A to={`/approvals/${row.id}`} className={css.name}>
              {row.title}
            </A>
            <span className={css.sub}>
              {t(`kind.${row.kind}`)}
              {row.campaign && ` · ${row.campaign.name}`}
            </span>
          </>
        ),
      },
      {
        id: "state",
        title: t("col.state"),
        width: 168,
        cell: (row) => <StateWord state={row.state} plain />,
      },
      {
        id: "waits",
        title: t("col.waits"),
        hide: "phone",
        cell: (row) =>
          row.state === "waiting" ? (
            row.mine ? (
              <strong className={css.mine}>{t("row.mine")}</strong>
            ) : (
              asked(row.waits_for_kind, row.waits_for)
            )
          ) : (
            <span className={shared.muted}>–</span>
          ),
      },
      {
        id: "size",
        title: t("col.size"),
        width: 88,
        align: "end",
        hide: "tablet",
        cell: (row) => <Num value={row.audience_size} why={t("value.none")} />,
      },
      {
        id: "asked",
        title: t("col.asked"),
        width: 180,
        hide: "phone",
        cell: (row) => (
          <>
            <When at={row.asked_at} />
            <span className={css.sub}>{row.asked_by}</span>
          </>
        ),
      },
      {
        id: "due",
        title: t("col.due"),
        width: 164,
        hide: "tablet",
        cell: (row) => (row.state === "waiting" ? <When at={row.due_at} why={t("value.none")} /> : null),
      },
    ],
    [t, asked],
  );
  return (
    <DataTable
      id={id}
      label={t("title")}
      columns={columns}
      list={list}
      rowKey={(row) => row.id}
      rowName={({ title }) => title}
      to={(row) => `/approvals/${row.id}`}
      tall
      count={(shown) => t("count", { count: shown, more: list.more ? "yes" : "no" })}
      empty={empty}
    />
  );
}

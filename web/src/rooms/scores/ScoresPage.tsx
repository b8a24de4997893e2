import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMemo } from "react";
import { useKeyset, useSend } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { A, useGo } from "@/lib/links";
import { useListState } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { Page } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { EmptyState, ErrorState } from "@/ui/states";
import { type Column, DataTable } from "@/ui/table/DataTable";
import { FilterBar } from "@/ui/table/FilterBar";
import { Someone, When } from "@/ui/values";
import type { Score } from "./draft";
import { ScoreState } from "./ScoreState";
import { useT } from "./useT";

/** Every score of the workspace, by name. */
export default function ScoresPage() {
  const t = useT();
  const go = useGo();
  const format = useFormat();
  const may = useMay("audiences.write");
  const [state, change] = useListState();
  const archived = state.filters.state?.[0] === "archived";
  const found = useKeyset<Score>("/scores", { query: { archived: archived || undefined } });
  const wanted = state.q.trim().toLowerCase();
  const list = { ...found, rows: found.rows.filter(({ name }) => name.toLowerCase().includes(wanted)) };
  const create = useSend("post", "/scores", { once: true, onSuccess: ({ id }) => go(`/scores/${id}/edit`) });
  const columns = useMemo<Column<Score>[]>(
    () => [
      {
        id: "name",
        title: t("list.name"),
        width: 260,
        cell: ({ id, name }) => (
          <A to={`/scores/${id}`} title={name}>
            {name}
          </A>
        ),
      },
      { id: "state", title: t("list.state"), width: 140, cell: (score) => <ScoreState score={score} plain /> },
      {
        id: "stages",
        title: t("list.stages"),
        hide: "phone",
        cell: ({ stages }) =>
          stages.map(({ name, people }) => `${name} ${format.number(people)}`).join(" · ") || t("list.uncounted"),
      },
      {
        id: "counted",
        title: t("list.counted"),
        width: 160,
        hide: "tablet",
        cell: ({ refreshed_at }) => <When at={refreshed_at} why={t("list.uncounted")} />,
      },
      {
        id: "owner",
        title: t("list.owner"),
        width: 160,
        hide: "tablet",
        cell: ({ owner_name }) => (owner_name ? <Someone name={owner_name} /> : ""),
      },
    ],
    [t, format],
  );
  const make = may && (
    <Button
      leftSection={<IconPlus size={16} />}
      loading={create.isPending}
      onClick={() => create.mutate({ body: { name: t("new.name") } })}
    >
      {t("new")}
    </Button>
  );
  const filtered = state.q !== "" || archived;
  return (
    <Page kind="list">
      <PageHead
        title={t("title")}
        meaning={t("meaning")}
        crumbs={[{ label: t("audiences"), to: "/audiences" }]}
        action={list.rows.length > 0 || filtered ? make : undefined}
      />
      {create.error && <ErrorState inline error={create.error} />}
      <FilterBar
        lead={t("list.lead")}
        search={t("list.search")}
        state={state}
        onChange={change}
        filters={[
          {
            id: "state",
            name: t("list.filter"),
            single: true,
            options: [{ value: "archived", label: t("state.archived") }],
          },
        ]}
      />
      <DataTable
        id="scores"
        label={t("title")}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        to={({ id }) => `/scores/${id}`}
        count={(shown) => t("list.count", { count: shown })}
        empty={
          filtered ? (
            <EmptyState
              picture="search"
              action={
                <Button variant="default" onClick={() => change({ q: "", filters: {} })}>
                  {t("list.clear")}
                </Button>
              }
            >
              {t("list.none")}
            </EmptyState>
          ) : (
            <EmptyState picture="audience" action={make}>
              {t("list.empty")}
            </EmptyState>
          )
        }
      />
    </Page>
  );
}

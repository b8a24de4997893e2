import { Button } from "@mantine/core";
import { useMemo } from "react";
import type { Reply } from "@/api/client";
import { useKeyset } from "@/api/hooks";
import { A } from "@/lib/links";
import { useListState } from "@/lib/url";
import { Page } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { EmptyState } from "@/ui/states";
import { type Column, DataTable } from "@/ui/table/DataTable";
import { FilterBar } from "@/ui/table/FilterBar";
import { SavedViews } from "@/ui/table/SavedViews";
import { When } from "@/ui/values";
import css from "../planning.module.css";
import { useT } from "../useT";
import { TouchpointBadge } from "../words";

type Row = Reply<"get", "/touchpoints">["items"][number];
const states = [
  "draft",
  "preparing",
  "running",
  "paused",
  "held",
  "finished",
  "done",
  "cancelled",
  "archived",
] as const;

/** Every touchpoint of the workspace, the newest first. */
export default function TouchpointsPage() {
  const t = useT();
  const [state, change] = useListState();
  const list = useKeyset<Row>(
    "/touchpoints",
    { query: { q: state.q, state: state.filters.state?.[0] } },
    { every: 10_000 },
  );
  const filtered = state.q !== "" || Object.keys(state.filters).length > 0;
  const columns = useMemo<Column<Row>[]>(
    () => [
      {
        id: "name",
        title: t("touchpoint.name"),
        cell: (row) => (
          <>
            <A to={`/touchpoints/${row.id}`} className={css.name}>
              {row.name}
            </A>
            <span className={css.sub}>{row.campaign_name}</span>
          </>
        ),
      },
      {
        id: "state",
        title: t("touchpoint.state"),
        width: 136,
        cell: (row) => <TouchpointBadge touchpoint={row} plain />,
      },
      {
        id: "audience",
        title: t("touchpoint.audience"),
        hide: "phone",
        cell: (row) =>
          row.audience ? (
            <A to={`/audiences/${row.audience.id}`}>{row.audience.name}</A>
          ) : (
            <span className={css.muted}>{t("touchpoint.noAudience")}</span>
          ),
      },
      {
        id: "content",
        title: t("plan.content"),
        hide: "tablet",
        cell: (row) => row.template?.name ?? <span className={css.muted}>–</span>,
      },
      {
        id: "when",
        title: t("touchpoint.when"),
        width: 184,
        hide: "phone",
        cell: (row) => (
          <When
            at={row.done_on ?? (row.launched_at && !row.send_at ? row.launched_at : row.send_at)}
            absolute
            why={t("touchpoint.atLaunch")}
          />
        ),
      },
    ],
    [t],
  );
  return (
    <Page kind="list">
      <PageHead title={t("touchpoints")} meaning={t("touchpoints.meaning")} />
      <FilterBar
        lead={t("touchpoints")}
        search={t("touchpoints.search")}
        state={state}
        onChange={change}
        filters={[
          {
            id: "state",
            name: t("touchpoint.state"),
            single: true,
            options: states.map((value) => ({ value, label: t(`touchpoint.${value}`) })),
          },
        ]}
      >
        <SavedViews id="touchpoints" state={state} onChange={change} />
      </FilterBar>
      <DataTable
        id="touchpoints"
        label={t("touchpoints")}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        to={({ id }) => `/touchpoints/${id}`}
        tall
        count={(shown) => t("touchpoints.count", { count: shown, more: list.more ? "yes" : "no" })}
        empty={
          filtered ? (
            <EmptyState picture="search">{t("touchpoints.none")}</EmptyState>
          ) : (
            <EmptyState
              picture="send"
              title={t("touchpoints.empty.title")}
              action={
                <Button component={A} to="/campaigns">
                  {t("touchpoints.toCampaigns")}
                </Button>
              }
            >
              {t("touchpoints.empty.all")}
            </EmptyState>
          )
        }
      />
    </Page>
  );
}

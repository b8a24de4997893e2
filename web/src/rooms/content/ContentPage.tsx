import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { lazy, Suspense, useMemo } from "react";
import type { Reply } from "@/api/client";
import { useKeyset } from "@/api/hooks";
import { A } from "@/lib/links";
import { useListState, useOpening, useParam } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { LiquidText, useFieldNames } from "@/ui/LiquidText";
import { Page } from "@/ui/Page";
import { PageHead, TabPanel } from "@/ui/PageHead";
import { StateBadge } from "@/ui/StateBadge";
import { EmptyState, SkeletonLines } from "@/ui/states";
import { type Column, DataTable } from "@/ui/table/DataTable";
import { FilterBar } from "@/ui/table/FilterBar";
import { Someone, When } from "@/ui/values";
import css from "./editor.module.css";
import { StarterDialog } from "./StarterDialog";
import { useT } from "./useT";

const Board = lazy(() => import("./reviewing/Board").then(({ Board }) => ({ default: Board })));

type Row = Reply<"get", "/templates">["items"][number];

/** Every email that can be sent, the newest first. */
export default function ContentPage() {
  const t = useT();
  const may = useMay("content.write");
  const [state, change] = useListState();
  const [making, setMaking] = useOpening("new");
  const archived = state.filters.state?.[0] === "archived";
  const list = useKeyset<Row>("/templates", { query: { q: state.q, archived: archived || undefined } });
  const nameOf = useFieldNames();
  const columns = useMemo<Column<Row>[]>(
    () => [
      {
        id: "name",
        title: t("list.name"),
        width: 260,
        cell: ({ id, name }) => (
          <A to={`/content/${id}`} className={css.listName}>
            {name}
          </A>
        ),
      },
      {
        id: "subject",
        title: t("list.subject"),
        hide: "phone",
        cell: ({ subject }) => (subject.trim() ? <LiquidText source={subject} nameOf={nameOf} /> : t("subject.none")),
      },
      {
        id: "state",
        title: t("list.column.state"),
        width: 148,
        cell: ({ sendable, archived_at }) =>
          archived_at ? (
            <StateBadge plain tone="quiet">
              {t("state.archived")}
            </StateBadge>
          ) : sendable ? (
            <StateBadge plain tone="good">
              {t("state.ready")}
            </StateBadge>
          ) : (
            <StateBadge plain tone="look">
              {t("state.wrong")}
            </StateBadge>
          ),
      },
      {
        id: "version",
        title: t("list.version"),
        width: 88,
        align: "end",
        hide: "tablet",
        cell: ({ version }) => version,
      },
      {
        id: "by",
        title: t("list.by"),
        width: 180,
        hide: "tablet",
        cell: ({ saved_by }) => <Someone name={saved_by} />,
      },
      {
        id: "saved",
        title: t("list.saved"),
        width: 168,
        hide: "phone",
        cell: ({ updated_at }) => <When at={updated_at} />,
      },
    ],
    [t, nameOf],
  );
  const [view] = useParam("view", "mails");
  const reviews = useMay("settings.read");
  const make = may && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking("1")}>
      {t("new")}
    </Button>
  );
  const filtered = state.q !== "" || archived;
  return (
    <Page kind="list">
      <PageHead
        title={t("nav")}
        meaning={t("meaning")}
        action={make}
        {...(reviews && {
          tabs: [
            { id: "mails", label: t("view.mails") },
            { id: "reviews", label: t("view.reviews") },
          ],
        })}
        tabParam="view"
      />
      <TabPanel param="view" open={reviews ? view : undefined}>
        {view === "reviews" && reviews ? (
          <Suspense fallback={<SkeletonLines lines={8} />}>
            <Board />
          </Suspense>
        ) : (
          <>
            <FilterBar
              lead={t("list.lead")}
              search={t("list.search")}
              state={state}
              onChange={change}
              filters={[
                {
                  id: "state",
                  name: t("list.state"),
                  single: true,
                  options: [{ value: "archived", label: t("state.archived") }],
                },
              ]}
            />
            <DataTable
              id="content"
              label={t("nav")}
              columns={columns}
              list={list}
              rowKey={({ id }) => id}
              rowName={({ name }) => name}
              to={({ id }) => `/content/${id}`}
              count={(shown) => t("list.count", { count: shown, more: list.more ? "yes" : "no" })}
              empty={
                <EmptyState picture="letter" action={filtered ? undefined : make}>
                  {filtered ? t("list.nothing") : t("list.empty")}
                </EmptyState>
              }
            />
          </>
        )}
      </TabPanel>
      {making && may && <StarterDialog onClose={() => setMaking("")} />}
    </Page>
  );
}

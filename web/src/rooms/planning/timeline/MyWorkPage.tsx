import { ActionIcon } from "@mantine/core";
import { IconCheck, IconRotateClockwise } from "@tabler/icons-react";
import { useMemo } from "react";
import type { Reply } from "@/api/client";
import { ApiError } from "@/api/errors";
import { useApi, useGet, useKeyset } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { useListState, useParam } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { Page } from "@/ui/Page";
import { PageHead, TabPanel } from "@/ui/PageHead";
import { StateBadge } from "@/ui/StateBadge";
import { EmptyState } from "@/ui/states";
import { type Column, DataTable } from "@/ui/table/DataTable";
import { FilterBar } from "@/ui/table/FilterBar";
import { SavedViews } from "@/ui/table/SavedViews";
import { say, sayRefused } from "@/ui/tray";
import css from "../planning.module.css";
import { useT } from "./useT";
import { KindIcon, useDays } from "./words";

type Row = Reply<"get", "/my-work">["items"][number];

/** What I have to do, in every campaign: open tasks by their end, or what I have done. */
export default function MyWorkPage() {
  const t = useT();
  const format = useFormat();
  const { day, span } = useDays();
  const api = useApi();
  const may = useMay("campaigns.write");
  const [tab] = useParam("tab", "open");
  const [state, change] = useListState();
  const done = tab === "done";
  const filtered = state.q !== "" || Object.keys(state.filters).length > 0;
  const campaigns = useGet("/campaigns", { query: { limit: 200 } }, { slow: true });
  const people = useGet("/members", {}, { slow: true });
  const list = useKeyset<Row>(
    "/my-work",
    {
      query: {
        q: state.q,
        done,
        campaign_id: state.filters.campaign?.[0],
        owner_id: state.filters.owner?.[0],
      },
    },
    { every: 30_000 },
  );
  const columns = useMemo<Column<Row>[]>(() => {
    const move = async (row: Row) => {
      try {
        const { handed_over } = await api.call("put", "/tasks/{task_id}/state", {
          path: { task_id: row.id },
          body: { state: done ? "todo" : "done", version: row.version },
        });
        const [next] = handed_over;
        say(
          next
            ? t("handed", { name: next.name, count: handed_over.length })
            : t(done ? "reopened" : "completed", { name: row.name }),
        );
      } catch (problem) {
        if (problem instanceof ApiError) sayRefused(problem);
        else say(t("failed"), { tone: "bad" });
        void api.reread();
      }
    };
    return [
      {
        id: "name",
        title: t("task"),
        cell: (row) => (
          <>
            <A to={`/campaigns/${row.campaign_id}?tab=timeline&task=${row.id}`} className={css.name}>
              <KindIcon kind={row.kind} /> {row.name}
            </A>
            <span className={css.sub}>{row.campaign_name}</span>
          </>
        ),
      },
      {
        id: "state",
        title: t("state"),
        width: 148,
        cell: (row) =>
          row.overdue ? (
            <StateBadge tone="bad" plain>
              {t("overdue")}
            </StateBadge>
          ) : row.waiting ? (
            <StateBadge tone="waiting" plain>
              {t("waiting")}
            </StateBadge>
          ) : (
            <StateBadge tone={row.state === "done" ? "good" : row.state === "todo" ? "quiet" : "busy"} plain>
              {t(`state.${row.state}`)}
            </StateBadge>
          ),
      },
      {
        id: "days",
        title: done ? t("doneOn") : t("when"),
        width: 190,
        hide: "phone",
        cell: (row) => (done && row.done_on ? day(row.done_on) : span(row.starts_on, row.ends_on)),
      },
      {
        id: "deadline",
        title: t("deadline"),
        width: 120,
        hide: "tablet",
        cell: (row) => (row.deadline ? day(row.deadline) : <span className={css.muted}>–</span>),
      },
      {
        id: "effort",
        title: t("effort"),
        width: 136,
        align: "end",
        hide: "tablet",
        cell: (row) =>
          row.effort_hours === null ? (
            <span className={css.muted}>–</span>
          ) : (
            t("hours", { hours: format.number(row.effort_hours) })
          ),
      },
      ...(may
        ? [
            {
              id: "act",
              title: t("act"),
              width: 64,
              cell: (row: Row) => (
                <ActionIcon
                  size={28}
                  variant="default"
                  aria-label={t(done ? "reopen" : "complete", { name: row.name })}
                  title={t(done ? "reopen" : "complete", { name: row.name })}
                  onClick={(event) => {
                    event.stopPropagation();
                    void move(row);
                  }}
                >
                  {done ? <IconRotateClockwise size={15} /> : <IconCheck size={15} />}
                </ActionIcon>
              ),
            },
          ]
        : []),
    ];
  }, [t, format, day, span, api, may, done]);
  return (
    <Page kind="list">
      <PageHead
        title={t("nav.work")}
        meaning={t("work.meaning")}
        tabs={[
          { id: "open", label: t("work.open") },
          { id: "done", label: t("work.done") },
        ]}
      />
      <TabPanel open={tab}>
        <FilterBar
          lead={t("nav.work")}
          search={t("work.search")}
          state={state}
          onChange={change}
          filters={[
            {
              id: "campaign",
              name: t("filter.campaign"),
              single: true,
              options: (campaigns.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
            },
            {
              id: "owner",
              name: t("owner"),
              single: true,
              options: (people.data ?? []).map(({ user_id, name }) => ({ value: user_id, label: name })),
            },
          ]}
        >
          <SavedViews id="my-work" state={state} onChange={change} />
        </FilterBar>
        <DataTable
          id="my-work"
          label={t("nav.work")}
          columns={columns}
          list={list}
          rowKey={({ id }) => id}
          rowName={({ name }) => name}
          to={(row) => `/campaigns/${row.campaign_id}?tab=timeline&task=${row.id}`}
          tall
          count={(shown) => t("work.count", { count: shown, more: list.more ? "yes" : "no" })}
          empty={
            <EmptyState picture={filtered ? "search" : "send"}>
              {filtered ? t("work.none") : done ? t("work.nothingDone") : t("work.empty")}
            </EmptyState>
          }
        />
      </TabPanel>
    </Page>
  );
}

import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMemo } from "react";
import { useGet, useKeyset } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { useListState, useOpening } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { type KeyNumbers, useKeyNumbers } from "@/rooms/insights/report";
import { Page } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { EmptyState } from "@/ui/states";
import { type Column, DataTable } from "@/ui/table/DataTable";
import { FilterBar } from "@/ui/table/FilterBar";
import { SavedViews } from "@/ui/table/SavedViews";
import { Someone, Unknown } from "@/ui/values";
import { Meter } from "../Meter";
import css from "../planning.module.css";
import { useT } from "../useT";
import {
  type Campaign,
  CampaignBadge,
  CategoryName,
  campaignStages,
  campaignStates,
  campaignTypes,
  categories,
  useDates,
} from "../words";
import { NewCampaign } from "./NewCampaign";
import { GoalCell, SentCell } from "./ReportCells";

/** Every campaign of the workspace, the newest first until another order is asked for. */
export default function CampaignsPage() {
  const t = useT();
  const may = useMay("campaigns.write");
  const guest = !useMay("settings.read");
  const [state, change] = useListState();
  const [making, setMaking] = useOpening("new");
  const members = useGet("/members", {}, { slow: true });
  const sort = state.sort ?? { by: "created", down: true };
  const list = useKeyset<Campaign>("/campaigns", {
    query: {
      q: state.q,
      sort: `${sort.down ? "-" : ""}${sort.by}`,
      state: state.filters.state?.[0],
      category: state.filters.category?.[0],
      type: state.filters.type?.[0],
      stage: state.filters.stage?.[0],
      leader_id: state.filters.leader?.[0],
      parent_id: state.filters.parent?.[0],
    },
  });
  const launched = list.rows.filter(({ touchpoints }) => touchpoints.launched > 0).map(({ id }) => id);
  const columns = useColumns(useKeyNumbers(launched, useMay("reports.read")).byCampaign);
  const filtered = state.q !== "" || Object.keys(state.filters).length > 0;
  const make = may && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking("1")}>
      {t("new.open")}
    </Button>
  );
  return (
    <Page kind="list">
      <PageHead
        title={t("campaigns.title")}
        meaning={t("campaigns.meaning")}
        action={list.rows.length > 0 || filtered ? make : undefined}
      />
      <FilterBar
        lead={t("campaigns.title")}
        search={t("campaigns.search")}
        state={state}
        onChange={change}
        filters={[
          {
            id: "state",
            name: t("campaign.state"),
            single: true,
            options: campaignStates.map((value) => ({ value, label: t(`campaign.${value}`) })),
          },
          {
            id: "category",
            name: t("campaign.category"),
            single: true,
            options: categories.map((value) => ({ value, label: t(`category.${value}`) })),
          },
          {
            id: "type",
            name: t("campaign.type"),
            single: true,
            options: campaignTypes.map((value) => ({ value, label: t(`type.${value}`) })),
          },
          {
            id: "stage",
            name: t("stages"),
            single: true,
            options: campaignStages.map((value) => ({ value, label: t(`stage.${value}`) })),
          },
          {
            id: "leader",
            name: t("campaign.leader"),
            single: true,
            options: (members.data ?? []).map((one) => ({ value: one.user_id, label: one.name })),
          },
        ]}
      >
        <SavedViews id="campaigns" state={state} onChange={change} />
      </FilterBar>
      <DataTable
        id="campaigns"
        label={t("campaigns.title")}
        columns={columns}
        list={list}
        sort={sort}
        onSort={(next) => change({ sort: next })}
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        to={({ id }) => `/campaigns/${id}`}
        count={(shown) => t("campaigns.count", { count: shown, more: list.more ? "yes" : "no" })}
        tall
        empty={
          filtered ? (
            <EmptyState picture="search">{t("campaigns.none")}</EmptyState>
          ) : (
            <EmptyState
              picture="banner"
              title={t(guest ? "campaigns.guest.title" : "campaigns.empty.title")}
              action={make}
            >
              {t(guest ? "campaigns.guest" : "campaigns.empty")}
            </EmptyState>
          )
        }
      />
      {making && <NewCampaign onClose={() => setMaking("")} />}
    </Page>
  );
}

function useColumns(numbers: ReadonlyMap<string, KeyNumbers>): Column<Campaign>[] {
  const t = useT();
  const format = useFormat();
  const dates = useDates();
  return useMemo(
    () => [
      {
        id: "name",
        title: t("campaign.name"),
        sort: "name",
        cell: (row) => (
          <>
            <A to={`/campaigns/${row.id}`} className={css.name}>
              {row.name}
            </A>
            <span className={css.sub}>
              {t(`type.${row.type}`)} ·{" "}
              {row.touchpoints.planned
                ? t("campaigns.touchpoints", { planned: row.touchpoints.planned, launched: row.touchpoints.launched })
                : t("campaigns.noTouchpoints")}
            </span>
          </>
        ),
      },
      {
        id: "state",
        title: t("campaign.state"),
        sort: "state",
        width: 112,
        cell: (row) => <CampaignBadge state={row.state} plain />,
      },
      {
        id: "category",
        title: t("campaign.category"),
        width: 136,
        optional: true,
        cell: (row) => <CategoryName category={row.category} />,
      },
      {
        id: "leader",
        title: t("campaign.leader"),
        sort: "leader",
        width: 148,
        hide: "tablet",
        cell: (row) =>
          row.leader ? <Someone name={row.leader.name} /> : <span className={css.muted}>{t("campaign.noLeader")}</span>,
      },
      {
        id: "dates",
        title: t("campaign.dates"),
        sort: "starts",
        width: 192,
        hide: "phone",
        cell: (row) => dates(row.starts_on, row.ends_on),
      },
      {
        id: "ends",
        title: t("campaign.ends"),
        sort: "ends",
        width: 136,
        optional: true,
        hide: "phone",
        cell: (row) => (row.ends_on ? format.day(row.ends_on) : <Unknown why={t("dates.open")} />),
      },
      {
        id: "goal",
        title: t("goal"),
        width: 160,
        hide: "phone",
        cell: (row) => <GoalCell campaign={row} numbers={numbers.get(row.id)} />,
      },
      {
        id: "sent",
        title: t("campaigns.sent"),
        width: 84,
        align: "end",
        hide: "tablet",
        cell: (row) => <SentCell campaign={row} numbers={numbers.get(row.id)} />,
      },
      {
        id: "money",
        title: t("budget.spentOfPlanned"),
        sort: "budget",
        width: 196,
        hide: "phone",
        cell: (row) =>
          row.budget.lines ? (
            <Meter
              share={
                row.budget.planned_minor
                  ? row.budget.spent_minor / row.budget.planned_minor
                  : row.budget.spent_minor
                    ? 2
                    : 0
              }
            >
              {format.money(row.budget.spent_minor)}{" "}
              <span>{t("of", { total: format.money(row.budget.planned_minor) })}</span>
            </Meter>
          ) : (
            <span className={css.muted}>{t("budget.none")}</span>
          ),
      },
    ],
    [t, format, dates, numbers],
  );
}

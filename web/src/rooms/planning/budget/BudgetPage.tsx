import { Button, SegmentedControl } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMemo } from "react";
import { useApi, useKeyset } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { minorDigits, useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { useListState, useParam } from "@/lib/url";
import { BarChart, Figure } from "@/ui/charts";
import { saveFile } from "@/ui/longWork";
import { useExactMoney } from "@/ui/numbers";
import { Page } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { EmptyState } from "@/ui/states";
import { type Column, DataTable } from "@/ui/table/DataTable";
import { FilterBar } from "@/ui/table/FilterBar";
import { SavedViews } from "@/ui/table/SavedViews";
import { say } from "@/ui/tray";
import { useT as usePlanT } from "../channelplan/useT";
import { channels } from "../channelplan/words";
import { Meter } from "../Meter";
import { campaignStates, resources } from "../words";
import css from "./BudgetPage.module.css";
import { useT } from "./useT";

type Group = Shape<"BudgetGroup">;
const ways = ["campaign", "channel", "goal", "resource", "quarter", "month"] as const;
type Way = (typeof ways)[number];
/** The key of the row that sums all others. */
const TOTAL = "·total";
const MOST_BARS = 12;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The last day of the month or quarter that begins on `first`. */
function lastDay(first: string, months: number): string {
  const [year = 0, month = 1] = first.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 0)).toISOString().slice(0, 10);
}

/** Budgets of all campaigns, summed the way one asks, and the way down to the campaigns behind each sum. */
export default function BudgetPage() {
  const t = useT();
  const api = useApi();
  const [state, change] = useListState();
  const [chosen, setBy] = useParam("by", "campaign");
  const by: Way = ways.find((way) => way === chosen) ?? "campaign";
  const one = (name: string) => state.filters[name]?.[0];
  const period = one("period");
  const asked = {
    by,
    q: state.q,
    state: one("state"),
    resource: one("resource"),
    channel: one("channel") === "-" ? "" : one("channel"),
    goal: one("goal") === "-" ? "" : one("goal"),
    parent_id: one("parent"),
    first: period?.slice(0, 10),
    last: period?.slice(11),
  };
  const list = useKeyset<Group, Shape<"BudgetSums">>("/budget/sums", { query: asked });
  const whole = list.first;
  const columns = useColumns(by);
  const [face, setFace] = useParam("face", "table");
  const take = async () => {
    try {
      const body = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
      saveFile(await api.file("/budget/sums/export", { body }), "budget.csv");
    } catch (problem) {
      say((problem as Error).message, { tone: "bad" });
    }
  };
  const exact = useExactMoney();
  const filtered = state.q !== "" || Object.keys(state.filters).length > 0;
  const parent = whole?.parent_name;
  const sum = whole?.sum;
  // The sum of everything stands under all rows, not under a part of them.
  const rows =
    sum && list.rows.length > 1 && !list.more
      ? [...list.rows, { ...sum, key: TOTAL, label: t("total"), own: false, parts: 0 } as Group]
      : list.rows;
  return (
    <Page kind="list">
      <PageHead
        title={parent ?? t("page.title")}
        crumbs={asked.parent_id ? [{ label: t("page.title"), to: "/budget" }] : undefined}
        meaning={
          sum
            ? t("page.sum", {
                planned: exact(sum.planned_minor),
                committed: exact(sum.committed_minor),
                spent: exact(sum.spent_minor),
              })
            : t("page.meaning")
        }
        action={
          <Button variant="default" leftSection={<IconDownload size={16} />} onClick={() => void take()}>
            {t("page.export")}
          </Button>
        }
      />
      <div className={css.turns}>
        <SegmentedControl
          className={css.ways}
          size="xs"
          aria-label={t("page.by")}
          value={by}
          onChange={setBy}
          data={ways.map((value) => ({ value, label: t(`by.${value}`) }))}
        />
        <SegmentedControl
          size="xs"
          aria-label={t("face")}
          value={face}
          onChange={setFace}
          data={(["table", "chart"] as const).map((value) => ({ value, label: t(`face.${value}`) }))}
        />
      </div>
      <FilterBar
        lead={t("page.title")}
        search={t("page.search")}
        state={state}
        onChange={change}
        filters={[
          {
            id: "state",
            name: t("filter.state"),
            single: true,
            options: campaignStates.map((value) => ({ value, label: t(`state.${value}`) })),
          },
          {
            id: "resource",
            name: t("kind"),
            single: true,
            options: resources.map((value) => ({ value, label: t(`resource.${value}`) })),
          },
        ]}
      >
        <SavedViews id="budget" state={state} onChange={change} />
      </FilterBar>
      <Inside filters={state.filters} goal={whole?.goal_name} onChange={(filters) => change({ filters })} />
      {face === "chart" && rows.length > 0 ? (
        <Bars by={by} rows={rows} />
      ) : (
        <DataTable
          id={`budget-${by}`}
          label={t("page.title")}
          columns={columns}
          list={{ ...list, rows }}
          rowKey={({ key, own }) => `${key} ${own}`}
          rowName={(row) => row.label || row.key || t("none.any")}
          count={(shown) => t("page.count", { count: whole?.total ?? shown })}
          empty={
            <EmptyState picture={filtered ? "search" : "banner"} title={filtered ? undefined : t("page.empty.title")}>
              {filtered ? t("page.none") : t("page.empty")}
            </EmptyState>
          }
        />
      )}
    </Page>
  );
}

/** Planned and spent beside each other, and the same as a table with its total. */
function Bars({ by, rows }: { by: Way; rows: Group[] }) {
  const t = useT();
  const format = useFormat();
  const name = useName();
  const exact = useExactMoney();
  const called = (row: Group) => row.label || name(by, row.key);
  const shown = rows.filter(({ key }) => key !== TOTAL).slice(0, MOST_BARS);
  const total = rows.find(({ key }) => key === TOTAL) ?? rows[0];
  const digits = minorDigits(format.currency);
  return (
    <Figure
      title={t("face.title")}
      point={
        total &&
        t("page.sum", {
          planned: exact(total.planned_minor),
          committed: exact(total.committed_minor),
          spent: exact(total.spent_minor),
        })
      }
      table={{
        head: [t(`by.${by}`), t("sum.planned"), t("sum.committed"), t("sum.spent")],
        rows: rows.map((row) => [
          called(row),
          exact(row.planned_minor),
          exact(row.committed_minor),
          exact(row.spent_minor),
        ]),
      }}
    >
      <BarChart
        points={shown.map((row) => ({
          x: called(row),
          planned: row.planned_minor / 10 ** digits,
          spent: row.spent_minor / 10 ** digits,
        }))}
        series={[
          { key: "planned", label: t("sum.planned"), control: true },
          { key: "spent", label: t("sum.spent") },
        ]}
        sayX={(x) => x}
        sayY={(y) => format.money(Math.round(y * 10 ** digits))}
      />
      {rows.length > MOST_BARS + 1 && <p>{t("face.more", { count: rows.length - 1 - MOST_BARS })}</p>}
    </Figure>
  );
}

/** Filters that were set by going down; each can be left again. */
function Inside({
  filters,
  goal,
  onChange,
}: {
  filters: Record<string, string[]>;
  /** What the goal is called that one went down to. */
  goal: string | null | undefined;
  onChange: (filters: Record<string, string[]>) => void;
}) {
  const t = useT();
  const name = useName();
  const down = (["channel", "goal", "period"] as const).filter((id) => filters[id]?.[0]);
  if (!down.length) return null;
  return (
    <p className={css.inside}>
      {down.map((id) => {
        const value = filters[id]?.[0] ?? "";
        const way: Way = id === "period" ? (lastDay(value, 1) === value.slice(11) ? "month" : "quarter") : id;
        const key = id === "period" ? value.slice(0, 10) : value === "-" ? "" : value;
        const said = id === "goal" && key ? (goal ?? "…") : name(way, key);
        return (
          <Button
            key={id}
            size="compact-xs"
            variant="default"
            aria-label={t("inside.leave", { name: said })}
            onClick={() => onChange(Object.fromEntries(Object.entries(filters).filter(([other]) => other !== id)))}
          >
            {said} ×
          </Button>
        );
      })}
    </p>
  );
}

/** A sum's key in words. */
function useName() {
  const t = useT();
  const plan = usePlanT();
  const { locale } = useFormat();
  return useMemo(() => {
    const month = new Intl.DateTimeFormat(locale, { timeZone: "UTC", month: "long", year: "numeric" });
    return (by: Way, key: string): string => {
      if (by === "resource") return t(`resource.${resources.find((known) => known === key) ?? "other"}`);
      if (!key) return by === "month" || by === "quarter" ? t("none.day") : t("none.any");
      if (by === "month" && DAY.test(key)) return month.format(new Date(`${key}T00:00:00Z`));
      if (by === "quarter" && DAY.test(key))
        return t("quarter.name", { quarter: Math.ceil(Number(key.slice(5, 7)) / 3), year: key.slice(0, 4) });
      const channel = by === "channel" && channels.find((known) => known === key);
      return channel ? plan(`channel.${channel}`) : key;
    };
  }, [t, plan, locale]);
}

function useColumns(by: Way): Column<Group>[] {
  const t = useT();
  const exact = useExactMoney();
  const format = useFormat();
  const name = useName();
  return useMemo(() => {
    const money = (id: "planned" | "approved" | "committed" | "spent", hide?: "phone" | "tablet"): Column<Group> => ({
      id,
      title: t(`sum.${id}`),
      width: 152,
      align: "end",
      hide,
      cell: (row) => (id === "approved" && !row.approved_minor ? "–" : exact(row[`${id}_minor`])),
    });
    const left = (row: Group) => row.planned_minor - row.committed_minor - row.spent_minor;
    return [
      {
        id: "name",
        title: t(`by.${by}`),
        cell: (row) =>
          row.key === TOTAL ? (
            <strong>{row.label}</strong>
          ) : by === "campaign" ? (
            <>
              <A to={`/campaigns/${row.key}?tab=budget`} className={css.name}>
                {row.own ? t("own") : row.label}
              </A>
              {row.parts > 0 && (
                <A to={`/budget?f.parent=${row.key}`} className={css.down}>
                  {t("parts", { count: row.parts })}
                </A>
              )}
            </>
          ) : (by === "month" || by === "quarter") && !row.key ? (
            name(by, row.key)
          ) : (
            <A to={`/budget?${drill(by, row)}`} className={css.name}>
              {(by === "goal" && row.label) || name(by, row.key)}
              {row.parts > 0 && <small className={css.down}>{t("serving", { count: row.parts })}</small>}
            </A>
          ),
      },
      money("planned"),
      money("approved", "tablet"),
      money("committed", "tablet"),
      money("spent", "phone"),
      {
        id: "left",
        title: t("sum.left"),
        width: 152,
        align: "end",
        hide: "phone",
        cell: (row) => <span data-over={left(row) < 0 || undefined}>{exact(left(row))}</span>,
      },
      {
        id: "used",
        title: t("used"),
        width: 120,
        hide: "tablet",
        cell: (row) => {
          const used = row.committed_minor + row.spent_minor;
          return (
            <Meter share={row.planned_minor ? used / row.planned_minor : used ? 2 : 0}>
              {row.planned_minor ? format.percent(used / row.planned_minor, 0) : "–"}
            </Meter>
          );
        },
      },
    ];
  }, [t, by, exact, name, format]);
}

/** The address of the campaigns behind a sum. */
function drill(by: Way, row: Group): string {
  if (by === "month" || by === "quarter") return `f.period=${row.key}:${lastDay(row.key, by === "month" ? 1 : 3)}`;
  // A goal above leads to the goals that serve it, any other to its campaign.
  return `f.${by}=${encodeURIComponent(row.key || "-")}${by === "goal" && row.parts > 0 ? "&by=goal" : ""}`;
}

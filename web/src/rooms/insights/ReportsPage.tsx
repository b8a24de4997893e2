import { SegmentedControl } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { useParam } from "@/lib/url";
import { useWorkspaceSettings } from "@/lib/workspace";
import { todayIn } from "@/rooms/teamwork/dates";
import { Figure, LineChart } from "@/ui/charts";
import { NumberRow, NumberTile } from "@/ui/NumberTile";
import { Page, Section } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { Await, EmptyState } from "@/ui/states";
import { Unknown } from "@/ui/values";
import { useMetrics } from "./metrics";
import { daysOf, type Period, periods } from "./period";
import css from "./ReportsPage.module.css";
import shared from "./report.module.css";
import { useT } from "./useT";

type Overview = Shape<"OverviewOut">;
type Brought = Shape<"BroughtOut">;
const shown = ["sent", "conversions", "revenue", "cost", "roi"] as const;
type Key = (typeof shown)[number];
/** What is money has its unit in the axis; what is spent is no good news when it grows. */
const good: Partial<Record<Key, true>> = { conversions: true, revenue: true, roi: true };

/** What all campaigns brought in a period: totals beside the period before, by month, and campaign by campaign. */
export default function ReportsPage() {
  const t = useT();
  const { timezone } = useWorkspaceSettings();
  const [chosen, choose] = useParam("period", "365");
  const period = (periods.find((one) => one === chosen) ?? "365") as Period;
  const query = daysOf(period, todayIn(timezone));
  const overview = useGet("/reports/overview", { query }, { slow: true });
  return (
    <Page kind="list">
      <PageHead
        title={t("reports")}
        meaning={t("reports.meaning")}
        action={
          <SegmentedControl
            size="xs"
            aria-label={t("period")}
            value={period}
            onChange={choose}
            data={periods.map((value) => ({ value, label: t(`period.${value}`) }))}
          />
        }
      />
      <Await query={overview} lines={8}>
        {(found) =>
          found.campaigns.length ? (
            <Shown overview={found} />
          ) : (
            <EmptyState picture="chart" title={t("reports.empty.title")}>
              {t("reports.empty")}
            </EmptyState>
          )
        }
      </Await>
    </Page>
  );
}

function Shown({ overview }: { overview: Overview }) {
  const t = useT();
  const format = useFormat();
  const metrics = useMetrics();
  const change = useChange(overview);
  const days = `${format.day(overview.before_first)} – ${format.day(overview.before_last)}`;
  const month = (first: string) =>
    new Date(`${first}T00:00:00Z`).toLocaleDateString(format.locale, {
      month: "short",
      year: "numeric",
      timeZone: "UTC",
    });
  // Months before anything happened say nothing; those in between do.
  const began = overview.months.findIndex(({ brought }) => brought.sent || brought.revenue || brought.cost);
  const months = overview.months.slice(Math.max(0, Math.min(began - 1, overview.months.length - 2)));
  const most = months.reduce((best, one) => (one.brought.revenue > best.brought.revenue ? one : best));
  return (
    <div className={shared.report}>
      <div className={shared.tiles}>
        <NumberRow>
          {shown.map((key) => (
            <NumberTile
              key={key}
              label={metrics.name(key)}
              meaning={metrics.meaning(key)}
              value={overview.now[key] === null ? undefined : metrics.say(key, overview.now[key])}
              why={t("missing.no_cost")}
              comparison={change(key)}
            />
          ))}
          <NumberTile label={t("overview.count")} value={format.number(overview.campaigns.length)} />
        </NumberRow>
        <p className={shared.hint}>{t("overview.before", { days })}</p>
      </div>
      {months.length > 1 && (
        <Section card>
          <Figure
            top
            title={t("overview.months", {
              revenue: metrics.name("revenue"),
              cost: metrics.name("cost").toLocaleLowerCase(format.locale),
            })}
            point={
              most.brought.revenue > 0
                ? t("overview.best", { month: month(most.first), revenue: format.money(most.brought.revenue) })
                : t("overview.none")
            }
            table={{
              head: [t("overview.month"), ...shown.map((key) => metrics.name(key))],
              rows: months.map(({ first, brought }) => [
                month(first),
                ...shown.map((key) => <Value key={key} brought={brought} metric={key} />),
              ]),
            }}
          >
            <LineChart
              points={months.map(({ first, brought }) => ({ x: first, ...brought }))}
              series={[
                { key: "revenue", label: metrics.name("revenue") },
                { key: "cost", label: metrics.name("cost") },
              ]}
              sayX={(first) => month(first)}
              sayY={(minor) => format.money(minor)}
              height={240}
              bars
            />
          </Figure>
        </Section>
      )}
      <Campaigns overview={overview} />
    </div>
  );
}

/** By how much a total is above or below the period before. */
function useChange(overview: Overview) {
  const t = useT();
  const format = useFormat();
  return (key: Key): { words: string; tone?: "good" | "bad" } | undefined => {
    const now = overview.now[key];
    const before = overview.before[key];
    if (now === null || before === null) return undefined;
    if (key === "roi") return { words: t("overview.was", { value: format.percent(before, 0) }) };
    if (!before) return { words: t("overview.nothing") };
    const change = (now - before) / before;
    const words = t("overview.change", { change: `${change > 0 ? "+" : ""}${format.percent(change, 0)}` });
    return { words, tone: good[key] && change !== 0 ? (change > 0 ? "good" : "bad") : undefined };
  };
}

function Value({ brought, metric }: { brought: Brought; metric: Key }) {
  const t = useT();
  const metrics = useMetrics();
  const value = brought[metric];
  return value === null ? <Unknown why={t("missing.no_cost")} /> : metrics.say(metric, value);
}

/** Campaign by campaign; a press on a heading sorts. */
function Campaigns({ overview }: { overview: Overview }) {
  const t = useT();
  const metrics = useMetrics();
  const [sort, setSort] = useParam("sort", "-revenue");
  const down = sort.startsWith("-");
  const by = sort.replace("-", "");
  const rows = [...overview.campaigns].sort((one, other) => {
    const [a, b] = down ? [other, one] : [one, other];
    if (by === "name") return a.name.localeCompare(b.name);
    const key = by as Key;
    return (a.now[key] ?? Number.NEGATIVE_INFINITY) - (b.now[key] ?? Number.NEGATIVE_INFINITY);
  });
  const Arrow = down ? IconArrowDown : IconArrowUp;
  const head = (key: string, label: string, meaning?: string) => (
    <th key={key} scope="col" title={meaning} aria-sort={by === key ? (down ? "descending" : "ascending") : undefined}>
      <button
        type="button"
        className={css.sort}
        onClick={() => setSort(by === key ? (down ? key : `-${key}`) : key === "name" ? key : `-${key}`)}
      >
        {label}
        {by === key && <Arrow size={13} aria-hidden="true" />}
      </button>
    </th>
  );
  return (
    <Section title={t("overview.campaigns")} note={t("overview.note")}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      {/* biome-ignore lint/a11y/useSemanticElements: a section in a section would be announced twice */}
      <div className={shared.scroll} tabIndex={0} role="region" aria-label={t("overview.campaigns")}>
        <table className={shared.table} aria-label={t("reports")}>
          <thead>
            <tr>
              {head("name", t("campaign"))}
              {shown.map((key) => head(key, metrics.name(key), metrics.meaning(key)))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  <A to={`/reports/${row.id}`}>{row.name}</A>
                </th>
                {shown.map((key) => (
                  <td key={key}>
                    <Value brought={row.now} metric={key} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t("overview.total")}</th>
              {shown.map((key) => (
                <td key={key}>
                  <Value brought={overview.now} metric={key} />
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
    </Section>
  );
}

import { Button, SegmentedControl } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCalendarCog,
  IconChevronLeft,
  IconChevronRight,
  IconCircleCheck,
  IconRss,
  IconStar,
} from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useGet } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { useShortcut } from "@/lib/keys";
import { useGo } from "@/lib/links";
import { useParam } from "@/lib/url";
import { instantToWall } from "@/lib/zones";
import { DayField } from "@/ui/DateField";
import { Dialog } from "@/ui/Dialog";
import { later } from "@/ui/later";
import { Page } from "@/ui/Page";
import { type MenuEntry, PageHead } from "@/ui/PageHead";
import { EmptyState, ErrorState, SkeletonLines } from "@/ui/states";
import { type Filter, FilterBar } from "@/ui/table/FilterBar";
import { Agenda, Lines } from "./Agenda";
import bars from "./bars.module.css";
import css from "./CalendarPage.module.css";
import { CollisionsPanel } from "./CollisionsPanel";
import shared from "./calendar.module.css";
import { type Colouring, type Colours, colourings, coloursOf } from "./colours";
import { ItemPanel } from "./ItemPanel";
import { Lanes } from "./Lanes";
import { type Entry, fromDay, groupings, kinds, toDay, views } from "./model";
import { PlanHere } from "./PlanHere";
import { PreviewBar } from "./PreviewBar";
import { useCalendar } from "./useCalendar";
import { type Hands, useHands } from "./useHands";
import { useT } from "./useT";
import { Weeks } from "./Weeks";
import { channels, useChannel, useDays } from "./words";

const Moments = later(() => import("./Moments"));
const Feeds = later(() => import("./Feeds"));
const Settings = later(() => import("./Settings"));

/** All that is planned, on its days: looked at, moved, and checked for people who are reached too often. */
export default function CalendarPage() {
  const t = useT();
  const { locale, timezone } = useFormat();
  const days = useDays();
  const go = useGo();
  const today = instantToWall(new Date().toISOString(), timezone).slice(0, 10);
  const calendar = useCalendar(locale, today);
  const [panel, setPanel] = useParam("panel");
  const [only, setOnly] = useState<{ id?: string; day?: number }>();
  const [opened, setOpened] = useState<Entry>();
  const [day, setDay] = useState<number>();
  const [dialog, setDialog] = useState<"moments" | "feeds" | "settings">();
  const [moment, setMoment] = useState<string>();
  const [by, setBy] = useParam("colour", "campaign");
  const colours = useMemo(
    () => coloursOf([...calendar.entries, ...calendar.undated], by as Colouring),
    [calendar.entries, calendar.undated, by],
  );
  const hands = useHands(
    calendar,
    (entry) => {
      if (entry.kind !== "moment") return setOpened(entry);
      setMoment(entry.id);
      setDialog("moments");
    },
    colours.of,
  );
  const marks = useMemo(() => {
    const found = new Map<number, number>();
    for (const { one, other } of calendar.collisions.data?.collisions ?? [])
      for (const on of new Set([one.day, other.day])) if (on) found.set(toDay(on), (found.get(toDay(on)) ?? 0) + 1);
    return found;
  }, [calendar.collisions.data]);
  const show = (what?: { id?: string; day?: number }) => {
    setOnly(what);
    setOpened(undefined);
    setPanel("collisions");
  };
  const { view, grouping, first, data, query } = calendar;
  const group = t("keys");
  useShortcut("t", t("today"), group, () => calendar.goTo(null));
  useShortcut("[", t("before"), group, () => calendar.turn(-1));
  useShortcut("]", t("after"), group, () => calendar.turn(1));
  const lanes = view === "quarter" || (view !== "agenda" && grouping !== "none");
  const menu: MenuEntry[] = [
    { label: t("moments"), icon: IconStar, act: () => setDialog("moments") },
    { label: t("feeds"), icon: IconRss, act: () => setDialog("feeds") },
    ...(calendar.may ? [{ label: t("settings"), icon: IconCalendarCog, act: () => setDialog("settings") }] : []),
  ];
  const close = () => {
    setDialog(undefined);
    setMoment(undefined);
  };
  const side = opened || panel === "collisions";
  const collides = calendar.collisions.data?.total;
  const empty = data && calendar.entries.length === 0 && calendar.undated.length === 0;
  return (
    <Page kind="list">
      <PageHead
        title={t("nav")}
        meaning={
          data && (
            <span aria-live="polite">
              {t("summary", { count: calendar.entries.length, range: days.range(first, first + calendar.days - 1) })}
            </span>
          )
        }
        action={
          <Button
            variant={panel === "collisions" ? "light" : "default"}
            aria-pressed={panel === "collisions"}
            leftSection={collides ? <IconAlertTriangle size={16} /> : <IconCircleCheck size={16} />}
            onClick={() => (panel === "collisions" && !opened ? setPanel("") : show())}
          >
            {collides === undefined ? t("collisions") : t("collisions.count", { count: collides })}
          </Button>
        }
        menu={menu}
      />
      <div className={css.bar1}>
        <div className={css.turn}>
          <button type="button" aria-label={t("before")} onClick={() => calendar.turn(-1)}>
            <IconChevronLeft size={16} />
          </button>
          <button type="button" onClick={() => calendar.goTo(null)}>
            {t("today")}
          </button>
          <button type="button" aria-label={t("after")} onClick={() => calendar.turn(1)}>
            <IconChevronRight size={16} />
          </button>
        </div>
        <div className={css.jump}>
          <DayField
            bare
            required
            label={t("jump")}
            value={fromDay(calendar.anchor)}
            onChange={(on) => on && calendar.goTo(toDay(on))}
          />
        </div>
        <SegmentedControl
          size="xs"
          aria-label={t("view")}
          value={view}
          onChange={calendar.setView}
          data={views.map((value) => ({ value, label: t(`view.${value}`) }))}
        />
        {view !== "agenda" && (
          <SegmentedControl
            size="xs"
            aria-label={t("by")}
            value={grouping}
            onChange={calendar.setGrouping}
            data={groupings.map((value) => ({
              value,
              label: view === "quarter" && value === "none" ? t("by.campaign") : t(`by.${value}`),
            }))}
          />
        )}
      </div>
      <Legend colours={colours} by={by as Colouring} onBy={setBy} calendar={calendar} />
      <Sentence calendar={calendar} />
      <div className={css.body} data-side={side || undefined}>
        <div className={css.main}>
          <PreviewBar calendar={calendar} />
          <Undated calendar={calendar} hands={hands} />
          {!data ? (
            query.error ? (
              <ErrorState error={query.error} onRetry={() => void query.refetch()} />
            ) : (
              <SkeletonLines lines={12} height={22} />
            )
          ) : empty && view === "agenda" ? (
            <Nothing />
          ) : (
            <>
              {data.truncated && <p className={shared.hint}>{t("truncated")}</p>}
              {lanes ? (
                <Lanes calendar={calendar} hands={hands} onDay={setDay} />
              ) : view === "agenda" ? (
                <Agenda calendar={calendar} hands={hands} />
              ) : (
                <Weeks
                  calendar={calendar}
                  hands={hands}
                  onDay={setDay}
                  marks={marks}
                  onMarks={(on) => show({ day: on })}
                />
              )}
              {empty && <Nothing />}
            </>
          )}
        </div>
        {side && (
          <aside className={css.side} aria-label={opened ? opened.name : t("collisions")}>
            {opened ? (
              <ItemPanel
                key={opened.key}
                entry={calendar.entries.find(({ key }) => key === opened.key) ?? opened}
                calendar={calendar}
                onClose={() => setOpened(undefined)}
                onCollisions={() => show({ id: opened.id })}
              />
            ) : (
              <>
                <header className={shared.sideHead}>
                  <h2>{t("collisions")}</h2>
                  <button type="button" onClick={() => setPanel("")}>
                    {t("close")}
                  </button>
                </header>
                <CollisionsPanel calendar={calendar} only={only} onAll={() => setOnly(undefined)} />
              </>
            )}
          </aside>
        )}
      </div>
      {day !== undefined && (
        <Dialog opened onClose={() => setDay(undefined)} title={days.full(day)} size={560}>
          <Lines
            entries={calendar.entries.filter((entry) => entry.first <= day && entry.last >= day)}
            calendar={calendar}
            hands={closing(hands, () => setDay(undefined))}
          />
          {calendar.may && day >= toDay(today) && (
            <PlanHere day={day} campaign={calendar.filters.filters.campaign?.[0]} onMade={() => setDay(undefined)} />
          )}
        </Dialog>
      )}
      {dialog === "moments" && <Moments open={moment} today={calendar.today} may={calendar.may} onClose={close} />}
      {dialog === "feeds" && <Feeds filters={feedFilters(calendar.filters.filters)} onClose={close} />}
      {dialog === "settings" && <Settings onClose={close} />}
    </Page>
  );

  function Nothing() {
    return (
      <EmptyState
        picture="plan"
        title={t("empty.title")}
        action={calendar.may && <Button onClick={() => go("/campaigns?new=1")}>{t("empty.action")}</Button>}
      >
        {t("empty")}
      </EmptyState>
    );
  }
}

/** What is opened from a dialog closes it. */
const closing = (hands: Hands, close: () => void): Hands => ({
  ...hands,
  of: (entry) => {
    const props = hands.of(entry);
    return {
      ...props,
      onClick: () => {
        close();
        props.onClick();
      },
    };
  },
});

type Shown = Record<string, string[]>;
const feedFilters = (filters: Shown) => ({
  kinds: (filters.kinds ?? []) as (typeof kinds)[number][],
  campaigns: filters.campaign ?? [],
  channels: filters.channel ?? [],
  audiences: filters.audience ?? [],
  owners: filters.owner ?? [],
});

/** By what things are coloured, and what each colour stands for. */
function Legend(props: {
  colours: Colours;
  by: Colouring;
  onBy: (by: string) => void;
  calendar: ReturnType<typeof useCalendar>;
}) {
  const { colours, by, onBy, calendar } = props;
  const t = useT();
  const channel = useChannel();
  const names = new Map(calendar.data?.campaigns.map(({ id, name }) => [id, name]));
  return (
    <div className={css.legend}>
      <SegmentedControl
        size="xs"
        aria-label={t("colour")}
        value={by}
        onChange={onBy}
        data={colourings.map((value) => ({ value, label: t(`colour.${value}`) }))}
      />
      <ul aria-label={t("legend")}>
        {colours.legend.map(({ id, colour }) => (
          <li key={id} data-colour={colour}>
            {by === "channel" ? channel(id) : (names.get(id) ?? "–")}
          </li>
        ))}
        {colours.others && <li>{t("legend.others")}</li>}
      </ul>
    </div>
  );
}

/** What is shown, as a sentence. */
function Sentence({ calendar }: { calendar: ReturnType<typeof useCalendar> }) {
  const t = useT();
  const channel = useChannel();
  const campaigns = useGet("/campaigns", { query: { limit: 200 } }, { slow: true });
  const audiences = useGet("/audiences", { query: { limit: 200 } }, { slow: true });
  const { data } = calendar;
  const named = (list: { id: string; name: string }[] = []) => list.map(({ id, name }) => ({ value: id, label: name }));
  const filters: Filter[] = [
    { id: "kinds", name: t("filter.kinds"), options: kinds.map((value) => ({ value, label: t(`kind.${value}`) })) },
    { id: "campaign", name: t("filter.campaign"), options: named(campaigns.data?.items) },
    { id: "channel", name: t("filter.channel"), options: channels.map((value) => ({ value, label: channel(value) })) },
    { id: "audience", name: t("filter.audience"), options: named(audiences.data?.items) },
    { id: "owner", name: t("filter.owner"), options: named(data?.people) },
  ];
  return <FilterBar lead={t("nav")} filters={filters} state={calendar.filters} onChange={calendar.setFilters} />;
}

/** Drafts that nobody gave a day: taken from here onto one. */
function Undated({ calendar, hands }: { calendar: ReturnType<typeof useCalendar>; hands: Hands }) {
  const t = useT();
  const { undated } = calendar;
  if (!undated.length) return null;
  return (
    <details className={css.undated}>
      <summary>{t("undated", { count: undated.length })}</summary>
      <div className={css.chips} data-calendar>
        {undated.map((entry) => (
          <button
            key={entry.key}
            type="button"
            className={bars.bar}
            data-kind="touchpoint"
            data-state="draft"
            {...hands.of(entry)}
          >
            <span>{entry.name}</span>
            <small>{entry.note}</small>
          </button>
        ))}
      </div>
    </details>
  );
}

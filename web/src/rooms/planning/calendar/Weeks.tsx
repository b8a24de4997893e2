import { IconAlertTriangle } from "@tabler/icons-react";
import { memo, useMemo } from "react";
import { useFormat } from "@/lib/format";
import { dotted } from "@/lib/text";
import bars from "./bars.module.css";
import calendarCss from "./calendar.module.css";
import { type Entry, isoWeek, type Placed, pack, toDay, weekday } from "./model";
import type { CalendarState } from "./useCalendar";
import type { Hands } from "./useHands";
import { useT } from "./useT";
import shared from "./Weeks.module.css";
import { KindIcon, useDays, useSpoken } from "./words";

const LANES = { month: 6, week: 40 };
const BARS = { month: 3, week: 16 };

interface Props {
  calendar: CalendarState;
  hands: Hands;
  onDay: (day: number) => void;
  /** Pairs that collide, by the days on which one of them goes out. */
  marks: Map<number, number>;
  onMarks: (day: number) => void;
}

/** Weeks under each other: long things as bars, the rest as lines on their day; what does not fit is one click away. */
export function Weeks({ calendar, hands, onDay, marks, onMarks }: Props) {
  const t = useT();
  const days = useDays();
  const { first, view, entries, moving } = calendar;
  const weeks = view === "week" ? 1 : 6;
  const shown = useMemo(() => withMove(entries, moving), [entries, moving]);
  return (
    <section
      className={shared.weeks}
      data-calendar
      data-view={view}
      aria-label={days.range(first, first + weeks * 7 - 1)}
    >
      <div className={shared.weekdays} aria-hidden="true">
        <span>{t("week.short")}</span>
        {Array.from({ length: 7 }, (_, at) => (
          <span key={at}>{days.weekday(first + at)}</span>
        ))}
      </div>
      {Array.from({ length: weeks }, (_, week) => (
        <Week
          key={first + week * 7}
          first={first + week * 7}
          entries={shown}
          kind={view === "week" ? "week" : "month"}
          {...{ calendar, hands, onDay, marks, onMarks }}
        />
      ))}
    </section>
  );
}

/** The entries with the one that is being moved where it would be. */
export function withMove(entries: Entry[], moving: CalendarState["moving"]): Entry[] {
  if (!moving?.move.day) return entries;
  const { entry, move } = moving;
  const first = toDay(move.day ?? "");
  const last = Number.isNaN(entry.first) ? first : first + entry.last - entry.first;
  const moved = { ...entry, first, last };
  return entries.some(({ key }) => key === entry.key)
    ? entries.map((each) => (each.key === entry.key ? moved : each))
    : [...entries, moved];
}

interface WeekProps extends Props {
  first: number;
  entries: Entry[];
  kind: keyof typeof LANES;
}

function Week({ first, entries, kind, calendar, hands, onDay, marks, onMarks }: WeekProps) {
  const t = useT();
  const days = useDays();
  const { placed, more } = useMemo(() => pack(entries, first, 7, LANES[kind], 1, BARS[kind]), [entries, first, kind]);
  const { today, hits } = calendar;
  const rows = Math.max(0, ...placed.map(({ lane }) => lane + 1)) + Number(more.some(Boolean));
  const week = isoWeek(first + ((10 - weekday(first)) % 7));
  return (
    <div className={shared.week} data-week style={{ "--rows": rows } as React.CSSProperties}>
      <span className={shared.weekNumber} title={t("week", { week })}>
        {week}
      </span>
      {Array.from({ length: 7 }, (_, at) => {
        const day = first + at;
        const pairs = marks.get(day);
        const written = days.number(day) === "1" || at === 0 ? days.short(day) : days.number(day);
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the date in it is a button for keys
          <div
            key={day}
            className={shared.day}
            style={{ gridColumn: at + 2 }}
            data-day={day}
            data-today={day === today || undefined}
            data-past={day < today || undefined}
            data-free={calendar.isFree(day) || undefined}
            onClick={(event) => event.target === event.currentTarget && onDay(day)}
          >
            <span className={shared.dayHead}>
              <button
                type="button"
                className={shared.date}
                onClick={() => onDay(day)}
                aria-label={`${written}, ${days.full(day)}`}
              >
                {written}
              </button>
              {pairs && (
                <button
                  type="button"
                  className={bars.mark}
                  title={t("marks", { count: pairs })}
                  aria-label={`${pairs}: ${t("marks", { count: pairs })}, ${days.full(day)}`}
                  onClick={() => onMarks(day)}
                >
                  <IconAlertTriangle size={12} />
                  {pairs}
                </button>
              )}
            </span>
          </div>
        );
      })}
      {placed.map((one) => (
        <Bar key={one.entry.key} {...one} hands={hands} people={hits.get(one.entry.id)} />
      ))}
      {more.map(
        (count, at) =>
          count > 0 && (
            <button
              key={first + at}
              type="button"
              className={calendarCss.more}
              style={{ gridColumn: at + 2, gridRow: rows + 1 }}
              onClick={() => onDay(first + at)}
              aria-label={`${t("more", { count })}, ${days.full(first + at)}`}
            >
              {t("more", { count })}
            </button>
          ),
      )}
    </div>
  );
}

const Bar = memo(function Bar({
  entry,
  column,
  width,
  lane,
  before,
  after,
  hands,
  people,
}: Placed & { hands: Hands; people?: number }) {
  const format = useFormat();
  const spoken = useSpoken();
  const fixed = entry.kind === "holiday";
  const Tag = fixed ? "span" : "button";
  return (
    <Tag
      type={fixed ? undefined : "button"}
      className={bars.bar}
      data-kind={entry.kind}
      data-state={entry.state}
      data-before={before || undefined}
      data-after={after || undefined}
      data-collides={people ? true : undefined}
      style={{ gridColumn: `${column + 2} / span ${width}`, gridRow: lane + 2 }}
      title={dotted([entry.name, entry.note])}
      aria-label={fixed ? undefined : spoken(entry, people)}
      {...(fixed ? {} : hands.of(entry))}
    >
      <KindIcon kind={entry.kind} channel={entry.channel} />
      {entry.at && <time>{format.time(entry.at)} </time>}
      <span>{entry.name}</span>
      {people ? <IconAlertTriangle size={12} className={bars.warn} aria-hidden="true" /> : null}
    </Tag>
  );
});

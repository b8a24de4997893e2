import { IconAlertTriangle } from "@tabler/icons-react";
import { useMemo } from "react";
import { useFormat } from "@/lib/format";
import { dotted } from "@/lib/text";
import css from "./Agenda.module.css";
import bars from "./bars.module.css";
import shared from "./lists.module.css";
import { type Entry, isoWeek } from "./model";
import type { CalendarState } from "./useCalendar";
import type { Hands } from "./useHands";
import { useT } from "./useT";
import { KindIcon, useChannel, useDays } from "./words";

/** Day after day as a list: what begins there, with its time; everything the other views show. */
export function Agenda({ calendar, hands }: { calendar: CalendarState; hands: Hands }) {
  const t = useT();
  const days = useDays();
  const { entries, first, days: count, today } = calendar;
  const listed = useMemo(() => byDay(entries, first, first + count - 1), [entries, first, count]);
  return (
    <div className={css.agenda} data-calendar>
      {listed.map(([day, found]) => (
        <section key={day} className={css.agendaDay} data-today={day === today || undefined} data-day={day}>
          <h2>
            {days.full(day)}
            <small>{t("week", { week: isoWeek(day) })}</small>
          </h2>
          <Lines entries={found} calendar={calendar} hands={hands} />
        </section>
      ))}
    </div>
  );
}

/** Each entry on its first day in the range. */
function byDay(entries: Entry[], first: number, last: number): [number, Entry[]][] {
  const found = new Map<number, Entry[]>();
  for (const entry of entries) {
    if (entry.last < first || entry.first > last) continue;
    const day = Math.max(entry.first, first);
    found.set(day, [...(found.get(day) ?? []), entry]);
  }
  return [...found].sort(([a], [b]) => a - b);
}

/** Entries as lines: time or span, what it is, its campaign, whether it collides. */
export function Lines({ entries, calendar, hands }: { entries: Entry[]; calendar: CalendarState; hands: Hands }) {
  const t = useT();
  const format = useFormat();
  const days = useDays();
  const channel = useChannel();
  const { hits } = calendar;
  return (
    <ul className={shared.lines}>
      {entries.map((entry) => {
        const people = hits.get(entry.id);
        const words = (
          <>
            <span className={css.lineTime}>
              {entry.at
                ? format.time(entry.at)
                : entry.last > entry.first
                  ? t("until", { day: days.short(entry.last) })
                  : t("all.day")}
            </span>
            <KindIcon kind={entry.kind} channel={entry.channel} size={16} />
            <span className={shared.lineName}>
              {entry.name}
              <small>{dotted([entry.channel ? channel(entry.channel) : t(`kind.${entry.kind}`), entry.note])}</small>
              {people ? (
                <span className={bars.warn}>
                  <IconAlertTriangle size={14} aria-hidden="true" />
                  {t("item.collides", { people })}
                </span>
              ) : null}
            </span>
          </>
        );
        return (
          <li key={entry.key}>
            {entry.kind === "holiday" ? (
              <span className={shared.line} data-line>
                {words}
              </span>
            ) : (
              <button
                type="button"
                className={shared.line}
                data-line
                data-kind={entry.kind}
                data-state={entry.state}
                {...hands.of(entry)}
              >
                {words}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

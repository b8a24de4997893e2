import { IconAlertTriangle } from "@tabler/icons-react";
import { useMemo } from "react";
import { dotted } from "@/lib/text";
import { Gradually } from "../Gradually";
import bars from "./bars.module.css";
import calendarCss from "./calendar.module.css";
import shared from "./Lanes.module.css";
import { type Entry, isoWeek, pack, weekday } from "./model";
import type { CalendarState } from "./useCalendar";
import type { Hands } from "./useHands";
import { useT } from "./useT";
import { withMove } from "./Weeks";
import { KindIcon, useChannel, useDays, useSpoken } from "./words";

const MOST_LANES = 12;
/** With more days than this beside each other, a single one is too narrow to be hit. */
const NARROW = 60;

/** About how tall a row is: few things of one campaign are on the same days. */
const heightOf = ({ entries }: Group) => Math.min(entries.length, 2) * 24 + 7;

interface Group {
  id: string;
  name: string;
  entries: Entry[];
}

/** A row for every channel, audience or member, with all days beside each other. */
export function Lanes({
  calendar,
  hands,
  onDay,
}: {
  calendar: CalendarState;
  hands: Hands;
  onDay: (day: number) => void;
}) {
  const t = useT();
  const days = useDays();
  const { first, days: count, entries, moving, today } = calendar;
  const groups = useGroups(
    calendar,
    useMemo(() => withMove(entries, moving), [entries, moving]),
  );
  const columns = Array.from({ length: count }, (_, at) => first + at);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section className={shared.lanes} data-calendar tabIndex={0} aria-label={days.range(first, first + count - 1)}>
      <div className={shared.scale} style={{ "--days": count } as React.CSSProperties}>
        <span className={shared.corner} />
        {columns
          .filter((day) => day === first || weekday(day) === 0)
          .map((day) => (
            <span key={day} className={shared.tick} style={{ gridColumn: day - first + 2 }}>
              <b>{days.short(day)}</b>
              <small>{t("week.of", { week: isoWeek(day) })}</small>
            </span>
          ))}
      </div>
      <Gradually rows={groups} height={heightOf} tag="div">
        {(group) => (
          <Row key={group.id} group={group} {...{ calendar, hands, onDay }} columns={columns} today={today} />
        )}
      </Gradually>
    </section>
  );
}

interface RowProps {
  group: Group;
  calendar: CalendarState;
  hands: Hands;
  onDay: (day: number) => void;
  columns: number[];
  today: number;
}

function Row({ group, calendar, hands, onDay, columns, today }: RowProps) {
  const t = useT();
  const spoken = useSpoken();
  const { first, days: count, hits } = calendar;
  const { placed, more } = useMemo(
    () => pack(group.entries, first, count, MOST_LANES, count > NARROW ? 2 : 1),
    [group, first, count],
  );
  const lanes = Math.max(1, ...placed.map(({ lane }) => lane + 1));
  const hidden = Math.max(0, ...more);
  return (
    <div className={shared.row} data-lanes style={{ "--days": count, "--lanes": lanes } as React.CSSProperties}>
      <h2 className={shared.rowName} title={group.name}>
        <span>{group.name}</span>
        {hidden > 0 && (
          <button type="button" className={calendarCss.more} onClick={() => onDay(first + more.indexOf(hidden))}>
            {t("more", { count: hidden })}
          </button>
        )}
      </h2>
      {columns.map((day) => (
        <span
          key={day}
          className={shared.cell}
          style={{ gridColumn: day - first + 2 }}
          data-day={day}
          data-today={day === today || undefined}
          data-free={calendar.isFree(day) || undefined}
        />
      ))}
      {placed.map(({ entry, column, width, lane, before, after }) => {
        const people = hits.get(entry.id);
        return (
          <button
            key={entry.key}
            type="button"
            className={bars.bar}
            data-kind={entry.kind}
            data-state={entry.state}
            data-before={before || undefined}
            data-after={after || undefined}
            data-narrow={width < (count > NARROW ? 5 : 2) || undefined}
            style={{ gridColumn: `${column + 2} / span ${width}`, gridRow: lane + 1 }}
            title={dotted([entry.name, entry.note])}
            aria-label={spoken(entry, people)}
            {...hands.of(entry)}
          >
            {people ? (
              <IconAlertTriangle size={12} className={bars.warn} aria-hidden="true" />
            ) : (
              <KindIcon kind={entry.kind} channel={entry.channel} />
            )}
            <span>{entry.name}</span>
          </button>
        );
      })}
    </div>
  );
}

/** Moments and holidays come first and are nobody's; a campaign stands in every row in which something of it stands. */
function useGroups(calendar: CalendarState, entries: Entry[]): Group[] {
  const t = useT();
  const channel = useChannel();
  const { grouping, data } = calendar;
  return useMemo(() => {
    const audiences = new Map(data?.audiences.map(({ id, name }) => [id, name]));
    const people = new Map(data?.people.map(({ id, name }) => [id, name]));
    const general: Entry[] = [];
    const found = new Map<string, Group>();
    const put = (id: string | null, name: string, entry: Entry) => {
      const key = id ?? "";
      const group = found.get(key) ?? { id: key, name, entries: [] };
      found.set(key, group);
      group.entries.push(entry);
    };
    const campaigns: Entry[] = [];
    for (const entry of entries) {
      if (entry.kind === "moment" || entry.kind === "holiday") general.push(entry);
      else if (entry.kind === "campaign" && grouping !== "team") campaigns.push(entry);
      else if (grouping === "channel")
        put(entry.channel, entry.channel ? channel(entry.channel) : t("by.none.channel"), entry);
      else if (grouping === "audience")
        put(entry.audienceId, audiences.get(entry.audienceId ?? "") ?? t("by.none.audience"), entry);
      else if (grouping === "team") put(entry.ownerId, people.get(entry.ownerId ?? "") ?? t("by.none.team"), entry);
      else put(entry.campaignId, entry.note, entry);
    }
    if (grouping === "none") {
      for (const entry of campaigns) {
        const group = found.get(entry.id);
        if (group) group.entries.unshift(entry);
        else put(entry.id, entry.name, entry);
      }
    }
    const groups = [...found.values()].sort((a, b) =>
      grouping === "none"
        ? Math.min(...a.entries.map(({ first }) => first)) - Math.min(...b.entries.map(({ first }) => first))
        : Number(!a.id) - Number(!b.id) || a.name.localeCompare(b.name),
    );
    if (grouping !== "none" && campaigns.length)
      groups.unshift({ id: "campaigns", name: t("kind.campaign"), entries: campaigns });
    if (general.length) groups.unshift({ id: "general", name: t("by.general"), entries: general });
    return groups;
  }, [entries, grouping, data, t, channel]);
}

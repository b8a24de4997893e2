import { ActionIcon, Button } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { useDayParam } from "@/lib/url";
import { Dialog } from "@/ui/Dialog";
import { later } from "@/ui/later";
import { Page } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { Await } from "@/ui/states";
import css from "./CapacityPage.module.css";
import { fromDay, toDay } from "./model";
import shared from "./timeline.module.css";
import { useT } from "./useT";
import { useDays } from "./words";

const CalendarDialog = later(() => import("./CalendarDialog"));
type Capacity = Shape<"CapacityOut">;
type Person = Capacity["people"][number];
const WEEKS = 12;

/** Hours asked of everybody, week by week across campaigns, beside the hours they have. */
export default function CapacityPage() {
  const t = useT();
  const { day } = useDays();
  const [from, setFrom] = useDayParam("from");
  const [calendar, setCalendar] = useState(false);
  const [asked, setAsked] = useState<{ person: Person; week: string }>();
  const answer = useGet("/capacity", { query: from ? { from, to: fromDay(toDay(from) + 7 * (WEEKS - 1)) } : {} });
  const turn = (weeks: number) => answer.data && setFrom(fromDay(toDay(answer.data.first) + 7 * weeks));
  return (
    <Page>
      <PageHead
        title={t("nav.capacity")}
        meaning={t("capacity.meaning")}
        action={
          <Button variant="default" onClick={() => setCalendar(true)}>
            {t("calendar")}
          </Button>
        }
      />
      <Await query={answer} lines={8}>
        {(data) => (
          <>
            <div className={shared.bar}>
              <ActionIcon variant="default" size={30} aria-label={t("capacity.before")} onClick={() => turn(-WEEKS)}>
                <IconChevronLeft size={16} />
              </ActionIcon>
              <Button size="xs" variant="default" onClick={() => setFrom("")}>
                {t("capacity.now")}
              </Button>
              <ActionIcon variant="default" size={30} aria-label={t("capacity.after")} onClick={() => turn(WEEKS)}>
                <IconChevronRight size={16} />
              </ActionIcon>
              <p className={shared.summary}>
                {day(data.first)} – {day(data.last)}
                <Point data={data} />
              </p>
            </div>
            <Heat data={data} onOpen={(person, week) => setAsked({ person, week })} />
          </>
        )}
      </Await>
      {asked && <Asked {...asked} onClose={() => setAsked(undefined)} />}
      {calendar && <CalendarDialog onClose={() => setCalendar(false)} />}
    </Page>
  );
}

/** Who has most to do in a single week comes first; that is who one looks for. */
function fullestFirst(people: Person[]): Person[] {
  const fill = (person: Person) => Math.max(...person.weeks.map(({ load, capacity }) => load / Math.max(capacity, 1)));
  return people.toSorted((a, b) => fill(b) - fill(a));
}

/** The table's point in one sentence. */
function Point({ data }: { data: Capacity }) {
  const t = useT();
  const over = fullestFirst(data.people).filter((person) => person.weeks.some(({ load, capacity }) => load > capacity));
  if (over.length === 0) return <span>{t("capacity.fine")}</span>;
  return <span data-late>{t("capacity.over", { count: over.length, name: over[0]?.name })}</span>;
}

function Heat({ data, onOpen }: { data: Capacity; onOpen: (person: Person, week: string) => void }) {
  const t = useT();
  const format = useFormat();
  const { day, short } = useDays();
  // Who has most to do comes first; that is who one looks for.
  const people = useMemo(() => {
    const fill = (person: Person) =>
      Math.max(...person.weeks.map(({ load, capacity }) => load / Math.max(capacity, 1)));
    return data.people.toSorted((a, b) => fill(b) - fill(a));
  }, [data]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section className={css.heat} tabIndex={0} aria-label={t("nav.capacity")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("capacity.person")}</th>
            {data.people[0]?.weeks.map(({ week }) => (
              <th scope="col" key={week}>
                {short(week)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <th scope="row">
                {person.name}
                {person.unestimated > 0 && <small>{t("capacity.unestimated", { count: person.unestimated })}</small>}
              </th>
              {person.weeks.map(({ week, load, capacity }) => {
                const share = capacity ? load / capacity : load ? 2 : 0;
                const level =
                  load > capacity ? "over" : share === 0 ? "none" : String(Math.min(4, Math.ceil(share * 4)));
                return (
                  <td key={week}>
                    <button
                      type="button"
                      data-level={level}
                      disabled={load === 0}
                      title={t("capacity.cell", {
                        name: person.name,
                        week: day(week),
                        load: format.number(load),
                        capacity: format.number(capacity),
                      })}
                      onClick={() => onOpen(person, week)}
                    >
                      <b>{load ? format.number(Math.round(load * 10) / 10) : "–"}</b>
                      <small>
                        {level === "over"
                          ? t("capacity.excess", { hours: format.number(Math.round((load - capacity) * 10) / 10) })
                          : t("capacity.of", { hours: format.number(capacity) })}
                      </small>
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Asked({ person, week, onClose }: { person: Person; week: string; onClose: () => void }) {
  const t = useT();
  const { day, span } = useDays();
  const format = useFormat();
  const answer = useGet("/capacity/{user_id}", { path: { user_id: person.id }, query: { from: week, to: week } });
  return (
    <Dialog opened onClose={onClose} title={t("capacity.asked", { name: person.name, week: day(week) })} size={560}>
      <Await query={answer} lines={4}>
        {({ items, more }) => (
          <ul className={css.asked}>
            {items.map((row) => (
              <li key={row.id}>
                <A to={`/campaigns/${row.campaign_id}?tab=timeline&task=${row.id}`}>{row.name}</A>
                <span>
                  {row.campaign_name} · {span(row.starts_on, row.ends_on)}
                </span>
                <b>{row.effort_hours === null ? "–" : t("hours", { hours: format.number(row.effort_hours) })}</b>
              </li>
            ))}
            {items.length === 0 && <li>{t("capacity.hidden")}</li>}
            {more && <li>{t("capacity.more")}</li>}
          </ul>
        )}
      </Await>
    </Dialog>
  );
}

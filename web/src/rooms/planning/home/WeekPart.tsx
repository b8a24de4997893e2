import { useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { useWorkspaceSettings } from "@/lib/workspace";
import { instantToWall } from "@/lib/zones";
import { plusDays, todayIn } from "@/rooms/teamwork/dates";
import { Section } from "@/ui/Page";
import { ErrorState, SkeletonLines } from "@/ui/states";
import { useT } from "../useT";
import home from "./home.module.css";

type Calendar = Shape<"CalendarOut">;
interface Entry {
  key: string;
  day: string;
  at?: string;
  name: string;
  note?: string;
  to: string;
}
const DAYS = 7;
const SHOWN = 14;

/** The next seven days, nearest first: what goes out, what is due, and what the world has on. */
export default function WeekPart() {
  const t = useT();
  const format = useFormat();
  const { timezone } = useWorkspaceSettings();
  const today = todayIn(timezone);
  const query = {
    from: today,
    to: plusDays(today, DAYS - 1),
    kinds: ["touchpoint", "deliverable", "milestone", "moment", "holiday"] as const,
  };
  const found = useGet("/calendar", { query: { ...query, kinds: [...query.kinds] } }, { every: 300_000 });
  if (found.error) return <ErrorState error={found.error} onRetry={() => void found.refetch()} inline />;
  if (!found.data) return <SkeletonLines lines={4} />;
  const kinds: Record<string, string> = {
    deliverable: t("home.week.deliverable"),
    milestone: t("home.week.milestone"),
    moment: t("home.week.moment"),
    holiday: t("home.week.holiday"),
  };
  const all = entries(found.data, today, timezone, kinds);
  const days = [...new Set(all.slice(0, SHOWN).map(({ day }) => day))];
  const say = (day: string) =>
    day === today
      ? t("home.week.today")
      : day === plusDays(today, 1)
        ? t("home.week.tomorrow")
        : format.weekdayOfYear(day);
  return (
    <Section title={<A to="/calendar">{t("home.week")}</A>}>
      {all.length === 0 && <p className={home.calm}>{t("home.week.none")}</p>}
      {days.map((day) => (
        <div key={day} className={home.day}>
          <h3>{say(day)}</h3>
          <ul>
            {all
              .slice(0, SHOWN)
              .filter((entry) => entry.day === day)
              .map(({ key, at, name, note, to }) => (
                <li key={key}>
                  <time>{at ?? ""}</time>
                  <span className={home.line}>
                    <A to={to}>{name}</A>
                    {note && <small>{note}</small>}
                  </span>
                </li>
              ))}
          </ul>
        </div>
      ))}
      {all.length > SHOWN && (
        <p className={home.more}>
          <A to="/calendar">{t("home.week.more", { count: all.length - SHOWN })}</A>
        </p>
      )}
    </Section>
  );
}

/** By day and time; what lasts for days stands on the day it ends, holidays and moments on their first. */
function entries(calendar: Calendar, today: string, zone: string, kinds: Record<string, string>): Entry[] {
  const names = new Map(calendar.campaigns.map(({ id, name }) => [id, name]));
  const items = calendar.items.flatMap(({ kind, id, name, campaign_id, at, ends_on, starts_on, state }): Entry[] => {
    const day = at ? instantToWall(at, zone).slice(0, 10) : (ends_on ?? starts_on);
    if (!day || day < today || day > calendar.last || state === "done") return [];
    const note = [kinds[kind], names.get(campaign_id)].filter(Boolean).join(" · ");
    const to = kind === "touchpoint" ? `/touchpoints/${id}` : `/campaigns/${campaign_id}?tab=timeline&task=${id}`;
    return [{ key: id, day, at: at ? instantToWall(at, zone).slice(11, 16) : undefined, name, note, to }];
  });
  const place = (day: string) => (day < today ? today : day);
  const moments = calendar.moments.map(
    ({ id, name, starts_on }): Entry => ({
      key: `${id} ${starts_on}`,
      day: place(starts_on),
      name,
      note: kinds.moment,
      to: "/calendar",
    }),
  );
  const holidays = calendar.holidays.map(
    ({ day, name, place: where }): Entry => ({
      key: `${where} ${day}`,
      day,
      name,
      note: `${kinds.holiday} · ${where}`,
      to: "/calendar",
    }),
  );
  return [...items, ...moments, ...holidays].sort(
    (a, b) => a.day.localeCompare(b.day) || (a.at ?? "").localeCompare(b.at ?? "") || a.name.localeCompare(b.name),
  );
}

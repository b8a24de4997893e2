import { useQueries } from "@tanstack/react-query";
import { useApi } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { useWords } from "@/lib/i18n";
import { A } from "@/lib/links";
import { type DayHit, useRooms } from "@/lib/rooms";
import { useMe } from "@/lib/session";
import { useWorkspaceSettings } from "@/lib/workspace";
import { Section } from "@/ui/Page";
import { ErrorState, SkeletonLines } from "@/ui/states";
import { useT } from "../useT";
import css from "./HomePage.module.css";

const LIVE = 60_000;
const SHOWN = 12;

/** What waits for this person, of all rooms: what is over its day first, then today's, then what has no day. */
export function Waiting() {
  const t = useT();
  const format = useFormat();
  const words = useWords();
  const { id: me } = useMe();
  const { slug, permissions } = useWorkspaceSettings();
  const { read } = useApi();
  const today = format.dayIn();
  const sections = useRooms()
    .flatMap((room) => room.myDay ?? [])
    .filter(({ permission }) => !permission || permissions.has(permission))
    .sort((a, b) => a.order - b.order);
  const answers = useQueries({
    queries: sections.map((section) => ({
      queryKey: ["w", slug, "my-day", section.id, today],
      queryFn: () => section.read(read, { me, today, dayOf: format.dayIn }),
      refetchInterval: LIVE,
      staleTime: 0,
    })),
  });
  const failed = answers.find(({ error }) => error);
  const all = sections
    .flatMap((section, index) => (answers[index]?.data ?? []).map((hit) => ({ section, hit })))
    .sort((a, b) => (a.hit.day ?? today).localeCompare(b.hit.day ?? today));
  const more = all.length - SHOWN;
  return (
    <Section title={t("home.waiting")}>
      {failed && <ErrorState error={failed.error} onRetry={() => void failed.refetch()} inline />}
      {answers.some(({ isPending }) => isPending) ? (
        <SkeletonLines lines={4} />
      ) : all.length === 0 && !failed ? (
        <p className={css.calm}>{t("home.calm")}</p>
      ) : (
        <ul className={css.list}>
          {all.slice(0, SHOWN).map(({ section, hit }) => (
            <Line key={`${section.id} ${hit.id}`} kind={words(section.label)} hit={hit} today={today} />
          ))}
        </ul>
      )}
      {more > 0 && (
        <p className={css.more}>
          {sections.map(
            ({ id, to, label }) =>
              to && (
                <A key={id} to={to}>
                  {words(label)}
                </A>
              ),
          )}
        </p>
      )}
    </Section>
  );
}

function Line({ kind, hit, today }: { kind: string; hit: DayHit; today: string }) {
  const t = useT();
  const words = useWords();
  const format = useFormat();
  const { day } = hit;
  const when = !day ? undefined : day < today ? "late" : day === today ? "today" : "later";
  return (
    <li>
      <div>
        <A to={hit.to}>{hit.words ? words(hit.words.id, hit.words.values) : hit.title}</A>
        <span>{hit.note ? `${kind} · ${hit.note}` : kind}</span>
      </div>
      {day && (
        <time dateTime={day} data-when={when}>
          {when === "late"
            ? t("home.late", { on: format.day(day) })
            : when === "today"
              ? t("home.today")
              : t("home.due", { on: format.day(day) })}
        </time>
      )}
    </li>
  );
}

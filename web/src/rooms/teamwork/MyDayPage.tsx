import { useQueries } from "@tanstack/react-query";
import { useApi } from "@/api/hooks";
import { useMe } from "@/app/session";
import { useFormat } from "@/lib/format";
import { useWords } from "@/lib/i18n";
import { A } from "@/lib/links";
import { type DayHit, useRooms } from "@/lib/rooms";
import { useWorkspaceSettings } from "@/lib/workspace";
import { Page, Section } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { EmptyState, ErrorState, SkeletonLines } from "@/ui/states";
import { todayIn } from "./dates";
import css from "./teamwork.module.css";
import { useT } from "./useT";

const LIVE = 60_000;

/** What waits for this person today, room by room: what is due, what to decide, what they were told. */
export default function MyDayPage() {
  const t = useT();
  const words = useWords();
  const format = useFormat();
  const { id: me } = useMe();
  const { slug, timezone, permissions } = useWorkspaceSettings();
  const { loose } = useApi();
  const today = todayIn(timezone);
  const sections = useRooms()
    .flatMap((room) => room.myDay ?? [])
    .filter(({ permission }) => !permission || permissions.has(permission))
    .sort((a, b) => a.order - b.order);
  const answers = useQueries({
    queries: sections.map((section) => ({
      queryKey: ["w", slug, "my-day", section.id, today],
      queryFn: () => section.read((path, args) => loose("get", path, args), { me, today }),
      refetchInterval: LIVE,
      staleTime: 0,
    })),
  });
  const loading = answers.some(({ isPending }) => isPending);
  const empty = !loading && answers.every(({ data, error }) => !error && !data?.length);
  return (
    <Page>
      <PageHead title={t("day.nav")} meaning={format.date(new Date())} />
      {loading && <SkeletonLines lines={6} height={20} />}
      {empty && (
        <EmptyState picture="plan" title={t("day.none.title")}>
          {t("day.none")}
        </EmptyState>
      )}
      <div className={css.day}>
        {sections.map(({ id, label, to }, index) => {
          const answer = answers[index];
          if (answer?.error)
            return (
              <Section key={id} title={words(label)}>
                <ErrorState error={answer.error} onRetry={() => void answer.refetch()} inline />
              </Section>
            );
          if (!answer?.data?.length) return null;
          return (
            <Section key={id} title={to ? <A to={to}>{words(label)}</A> : words(label)}>
              <ul className={css.hits}>
                {answer.data.map((hit) => (
                  <Hit key={hit.id} hit={hit} today={today} />
                ))}
              </ul>
            </Section>
          );
        })}
      </div>
    </Page>
  );
}

function Hit({ hit, today }: { hit: DayHit; today: string }) {
  const t = useT();
  const words = useWords();
  const format = useFormat();
  const { day } = hit;
  const when = !day ? undefined : day < today ? "late" : day === today ? "today" : "later";
  return (
    <li>
      <A to={hit.to}>
        {hit.words ? words(hit.words.id, hit.words.values) : hit.title}
        {hit.note && <small>{hit.note}</small>}
      </A>
      {day && (
        <time dateTime={day} data-when={when}>
          {when === "late"
            ? t("day.late", { on: format.day(day) })
            : when === "today"
              ? t("day.today")
              : format.day(day)}
        </time>
      )}
    </li>
  );
}

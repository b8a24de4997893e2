import { useGet } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { Section } from "@/ui/Page";
import { LessonText } from "./LessonText";
import css from "./playbook.module.css";
import { useT } from "./useT";
import type { places } from "./words";

/** Lessons of other campaigns that fit this one, while its brief is written; contradictions side by side. */
export function MatchingLessons({ campaignId }: { campaignId: string }) {
  const t = useT();
  const format = useFormat();
  const found = useGet(
    "/campaigns/{campaign_id}/lessons/matching",
    { path: { campaign_id: campaignId } },
    { every: 20_000 },
  );
  if (!found.data?.length) return null;
  // Two that contradict each other stand together, once.
  const shown = found.data.filter(
    ({ id }, place, all) =>
      !all.slice(0, place).some(({ contradicts }) => contradicts.some((other) => other.id === id)),
  );
  return (
    <Section title={t("matching")}>
      <ul className={css.lessons}>
        {shown.slice(0, 5).map((lesson) => (
          <li key={lesson.id}>
            <LessonText lesson={lesson} />
            <small>{t("because", { reasons: format.list(lesson.because.map((one) => t(`because.${one}`))) })}</small>
            {lesson.contradicts.map((other) => (
              <div key={other.id} className={css.against}>
                <small>{t("matching.against")}</small>
                <LessonText lesson={other} />
              </div>
            ))}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Pages of the playbook that apply here. */
export function PagesBeside({ place }: { place: (typeof places)[number] }) {
  const t = useT();
  const found = useGet("/playbook/pages", { query: { applies: place, limit: 10 } }, { fresh: 60_000 });
  if (!found.data?.items.length) return null;
  return (
    <Section title={t("beside")}>
      <ul className={css.beside}>
        {found.data.items.map((page) => (
          <li key={page.id}>
            <A to={`/playbook/pages/${page.id}`}>{page.title}</A> <small>{t(`kind.${page.kind}`)}</small>
          </li>
        ))}
      </ul>
    </Section>
  );
}

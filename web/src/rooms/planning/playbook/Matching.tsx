import { useGet } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { Section } from "@/ui/Page";
import { LessonText } from "./LessonText";
import css from "./playbook.module.css";
import { useT } from "./useT";

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

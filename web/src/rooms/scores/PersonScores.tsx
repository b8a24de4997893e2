import { useLooseGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { Sparkline } from "@/ui/charts";
import { Section } from "@/ui/Page";
import { Await } from "@/ui/states";
import type { Definition } from "./draft";
import css from "./scores.module.css";
import { useT } from "./useT";
import { useScoreWords } from "./words";

type PersonScore = Omit<Shape<"PersonScore">, "definition"> & { definition: Definition };

/** What a person has of every score that runs, and why: what each rule gives makes the sum. */
export default function PersonScores({ person }: { person: number }) {
  const may = useMay("audiences.read");
  const scores = useLooseGet<{ items: PersonScore[] }>(
    "/people/{person_id}/scores",
    { path: { person_id: person } },
    { enabled: may, slow: true },
  );
  if (!may) return null;
  return (
    <Await query={scores} lines={2}>
      {({ items }) => (items.length ? items.map((one) => <One key={one.score_id} score={one} />) : null)}
    </Await>
  );
}

function One({ score }: { score: PersonScore }) {
  const t = useT();
  const format = useFormat();
  const words = useScoreWords();
  const given = score.reasons.toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points));
  const first = score.history[0];
  const line = first ? [first.before, ...score.history.map(({ total }) => total)] : [];
  return (
    <Section title={t("person.title", { name: score.name })}>
      <p className={css.sum}>
        <strong>{format.number(score.total)}</strong>
        <A to={`/scores/${score.score_id}`}>{score.stage}</A>
        <span className={css.muted}>{t("person.parts", { fit: score.fit, engagement: score.engagement })}</span>
      </p>
      {line.length > 2 && <Sparkline values={line} />}
      <details>
        <summary>{t("person.why", { total: score.total })}</summary>
        <ul className={css.reasons}>
          {given.map(({ rule, points, times, last }) => (
            <li key={rule} data-none={points === 0 || undefined}>
              <span>{format.signed(points)}</span>
              <span>
                {score.definition.rules[rule] && words.rule(score.definition.rules[rule])}
                {times !== null && (
                  <span className={css.muted}>
                    {" "}
                    {last ? t("person.times", { count: times, when: format.when(last) }) : t("person.never")}
                  </span>
                )}
              </span>
            </li>
          ))}
          <li>
            <span>{format.number(score.total)}</span>
            <span>{t("person.sum")}</span>
          </li>
        </ul>
      </details>
      {score.kept !== null && score.kept !== score.total && (
        <p className={css.muted}>{t("person.kept", { kept: score.kept })}</p>
      )}
    </Section>
  );
}

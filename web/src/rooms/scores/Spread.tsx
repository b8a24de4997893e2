import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import css from "./scores.module.css";
import { useT } from "./useT";

/** How many people have how many points, in steps of ten; every bar says its number to who hovers and who listens. */
export function Spread({ buckets }: { buckets: Shape<"ScoreBucket">[] }) {
  const t = useT();
  const format = useFormat();
  const highest = Math.max(...buckets.map(({ people }) => people), 1);
  return (
    <ol className={css.spread} aria-label={t("spread")}>
      {buckets.map(({ at_least, people }) => {
        const said = t("spread.bucket", { low: at_least, high: at_least + 9, count: people });
        return (
          <li key={at_least} title={said} aria-label={said}>
            <span className={css.bar} style={{ blockSize: `${(people / highest) * 100}%` }} data-some={people > 0} />
            <span aria-hidden="true">{format.number(at_least)}</span>
          </li>
        );
      })}
    </ol>
  );
}

/** The stages with their people, as a table of three columns. */
export function StageList({ stages, total }: { stages: Shape<"StageSize">[]; total: number }) {
  const format = useFormat();
  return (
    <ul className={css.stages}>
      {stages.map(({ name, people }) => (
        <li key={name}>
          <span>{name}</span>
          <span className="g-num">{format.number(people)}</span>
          <span className={css.muted}>{total > 0 ? format.percent(people / total) : "–"}</span>
        </li>
      ))}
    </ul>
  );
}

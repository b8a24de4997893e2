import type { UseQueryResult } from "@tanstack/react-query";
import type { ApiError } from "@/api/errors";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { personName } from "@/rooms/people/values";
import { ErrorState, SkeletonLines } from "@/ui/states";
import { type Count, useEverybody } from "../live";
import { ReachBox } from "../ReachBox";
import { conditionsOf, type Group } from "../rule";
import { useT } from "../useT";
import type { RuleWords } from "../words";
import css from "./LiveResult.module.css";

interface Props {
  root: Group;
  count: UseQueryResult<Count, ApiError>;
  vocabulary: Shape<"Vocabulary"> | undefined;
  words: RuleWords;
}

/** The count, the reach and some of the people, always on screen while the rule is made. */
export function LiveResult({ root, count, vocabulary, words }: Props) {
  const t = useT();
  const format = useFormat();
  const everybody = useEverybody();
  const { data, error, isPlaceholderData, isFetching } = count;
  const broken = error?.code === "audience_rule_invalid";
  if (error && !broken && !data) return <ErrorState inline error={error} onRetry={() => void count.refetch()} />;
  if (!data) return broken ? <p className={css.stale}>{t("live.broken")}</p> : <SkeletonLines lines={8} />;
  const old = isPlaceholderData || !!error;
  return (
    <div className={css.live} data-old={(old && !isFetching) || undefined} aria-busy={isFetching}>
      <div role="status" className={css.total}>
        <span className={css.number}>{format.number(data.total)}</span> {t("live.people", { count: data.total })}
        {everybody.data && everybody.data.total > 0 && (
          <span className={css.share}>
            {t("live.share", {
              share: format.percent(data.total / everybody.data.total),
              all: format.number(everybody.data.total),
            })}
          </span>
        )}
      </div>
      {old && !isFetching && <p className={css.stale}>{t(broken ? "live.broken" : "live.stale")}</p>}
      {data.total === 0 ? (
        <p className={css.stale}>{t("live.nobody")}</p>
      ) : (
        <>
          <section className={css.liveSection}>
            <h2>{t("live.reach")}</h2>
            <ReachBox
              count={data}
              words={words}
              topicName={(key) => vocabulary?.topics.find((one) => one.key === key)?.name ?? key}
            />
          </section>
          {data.sample.length > 0 && (
            <section className={css.liveSection}>
              <h2>{t("live.sample")}</h2>
              <Sample people={data.sample} root={root} vocabulary={vocabulary} words={words} />
            </section>
          )}
        </>
      )}
    </div>
  );
}

/** Some of the people with the values the rule speaks of: one sees whether it means what was meant. */
function Sample({ people, root, vocabulary, words }: { people: Count["sample"] } & Omit<Props, "count">) {
  const asked = new Set(conditionsOf(root).flatMap(({ leaf }) => (leaf.kind === "attribute" ? [leaf.key] : [])));
  const shown = (vocabulary?.attributes ?? []).filter(({ key }) => asked.has(key)).slice(0, 4);
  return (
    <ul className={css.sample}>
      {people.map((person) => (
        <li key={person.id}>
          <A to={`/people/${person.id}`}>{personName(person)}</A>
          <span>
            {shown
              .filter(({ key }) => person.attributes[key] !== undefined)
              .map(({ key, label, type }) => `${label}: ${words.value(type, person.attributes[key])}`)
              .join(" · ")}
          </span>
        </li>
      ))}
    </ul>
  );
}

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ApiError, waitForCopy } from "@/api/errors";
import { useApi } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { useWorkspaceSettings } from "@/lib/workspace";
import { personName } from "@/rooms/people/values";
import { ErrorState, SkeletonLines } from "@/ui/states";
import type { Definition } from "./draft";
import { Spread, StageList } from "./Spread";
import css from "./scores.module.css";
import { useT } from "./useT";

type Simulated = Shape<"ScoreSimulation">;

/** What rules and stages would give everybody now; the last answer stays while a new one is on its way. */
export function useSimulation(definition: Definition | undefined) {
  const { slug } = useWorkspaceSettings();
  const { ask } = useApi();
  return useQuery<Simulated, ApiError>({
    queryKey: ["w", slug, "/scores/simulate", JSON.stringify(definition)],
    queryFn: () => ask("post", "/scores/simulate", { body: { definition: definition as Definition } }),
    enabled: definition !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    meta: { slow: true },
    retry: false,
    refetchInterval: waitForCopy,
  });
}

/** The trial beside the editor: who would have how many points, who would be where, and how it was before. */
export function Simulation({ found, waits }: { found: ReturnType<typeof useSimulation>; waits: boolean }) {
  const t = useT();
  const format = useFormat();
  const { data, error, isFetching } = found;
  const broken = error?.code === "audience_rule_invalid";
  if (error && !broken && !data) return <ErrorState inline error={error} onRetry={() => void found.refetch()} />;
  if (!data) return waits || broken ? <p className={css.muted}>{t("trial.waits")}</p> : <SkeletonLines lines={8} />;
  if (data.total === 0) return <p className={css.muted}>{t("trial.nobody")}</p>;
  return (
    <div className={css.trial} aria-busy={isFetching} data-old={isFetching || waits || !!error || undefined}>
      <p role="status">{t("trial.range", { count: data.total, low: data.lowest ?? 0, high: data.highest ?? 0 })}</p>
      <Spread buckets={data.buckets} />
      <section>
        <h2>{t("trial.stages")}</h2>
        <StageList stages={data.stages} total={data.total} />
      </section>
      <section>
        <h2>{t("trial.past")}</h2>
        <ul className={css.past}>
          {data.past.map(({ days, stages, reason }) => (
            <li key={days}>
              <span>{t("trial.days", { days })}</span>
              <span className={css.muted}>
                {reason
                  ? t(reason === "no_behaviour" ? "trial.noBehaviour" : "trial.tooEarly")
                  : stages.map(({ name, people }) => `${name} ${format.number(people)}`).join(" · ")}
              </span>
            </li>
          ))}
        </ul>
        <p className={css.muted}>{t("trial.past.note")}</p>
      </section>
      {data.samples.length > 0 && (
        <section>
          <h2>{t("trial.sample")}</h2>
          <ul className={css.people}>
            {data.samples.map((one) => (
              <li key={one.person_id}>
                <A to={`/people/${one.person_id}`}>{personName({ ...one, id: one.person_id })}</A>
                <span className={css.muted}>{one.stage}</span>
                <span className="g-num">{format.number(one.total)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

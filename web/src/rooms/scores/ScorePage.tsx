import { Button } from "@mantine/core";
import {
  IconAdjustmentsHorizontal,
  IconArchive,
  IconArchiveOff,
  IconPlayerPause,
  IconPlayerPlay,
} from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { useGet, useKeyset, useLooseGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { A, useGo } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { useFaultWords } from "@/rooms/audiences/faults";
import { personName } from "@/rooms/people/values";
import { Act } from "@/ui/Act";
import { Figure, LineChart } from "@/ui/charts";
import { Facts, Page, Section, ThingLayout } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { Await, ErrorState } from "@/ui/states";
import { say } from "@/ui/tray";
import { Someone, When } from "@/ui/values";
import type { Score } from "./draft";
import { ScoreState } from "./ScoreState";
import { Spread, StageList } from "./Spread";
import css from "./scores.module.css";
import { useT } from "./useT";
import { useScoreWords } from "./words";

/** One score: how its points spread, its stages over time, who moved and who has most. */
export default function ScorePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const score = useLooseGet<Score>("/scores/{score_id}", { path: { score_id: id } });
  return <Await query={score}>{(found) => <Loaded score={found} />}</Await>;
}

function Loaded({ score }: { score: Score }) {
  const t = useT();
  const go = useGo();
  const faultWords = useFaultWords();
  const may = useMay("audiences.write");
  const mayPeople = useMay("people.read");
  const path = { score_id: score.id };
  const start = useSend("post", "/scores/{score_id}/start", { onSuccess: () => say(t("started")) });
  const pause = useSend("post", "/scores/{score_id}/pause", { onSuccess: () => say(t("paused")) });
  const restore = useSend("post", "/scores/{score_id}/restore");
  const archive = useSend("post", "/scores/{score_id}/archive", {
    onSuccess: () => {
      go("/scores");
      const action = { label: t("undo"), undo: true, act: () => restore.mutate({ path }) };
      say(t("archived", { name: score.name }), { action });
    },
  });
  const archived = score.archived_at !== null;
  const ready = score.definition.rules.length > 0 && score.faults.length === 0;
  const error = start.error ?? pause.error ?? archive.error ?? restore.error;
  const actions = archived ? (
    <Button
      leftSection={<IconArchiveOff size={16} />}
      loading={restore.isPending}
      onClick={() => restore.mutate({ path })}
    >
      {t("restore")}
    </Button>
  ) : (
    <span className={css.buttons}>
      <Button
        variant="default"
        component={A}
        to={`/scores/${score.id}/edit`}
        leftSection={<IconAdjustmentsHorizontal size={16} />}
      >
        {t("edit")}
      </Button>
      {score.state !== "running" && (
        <Act
          why={{ sentence: t("start.notReady") }}
          leftSection={<IconPlayerPlay size={16} />}
          loading={start.isPending}
          disabled={!ready}
          onClick={() => start.mutate({ path })}
        >
          {t("start")}
        </Act>
      )}
    </span>
  );
  return (
    <Page>
      <PageHead
        title={score.name}
        crumbs={[{ label: t("title"), to: "/scores" }]}
        meaning={
          <span className={css.meaning}>
            <ScoreState score={score} />
            {score.description && <span>{score.description}</span>}
          </span>
        }
        action={may && actions}
        menu={
          may && !archived
            ? [
                ...(score.state === "running"
                  ? [{ label: t("pause"), icon: IconPlayerPause, act: () => pause.mutate({ path }) }]
                  : []),
                { label: t("archive"), icon: IconArchive, act: () => archive.mutate({ path }) },
              ]
            : undefined
        }
      />
      {error && <ErrorState inline error={error} />}
      {score.faults.map(({ rule, ...fault }) => (
        <p key={rule} role="alert" className={css.fault}>
          {t("stuck", { number: rule + 1, why: faultWords(fault) })}
        </p>
      ))}
      <ThingLayout factsTitle={t("facts")} facts={<About score={score} />}>
        {score.refreshed_at === null ? (
          <Section>
            <p className={css.muted} role="status">
              {t(score.state === "running" ? "counting" : "uncounted")}
            </p>
          </Section>
        ) : (
          <Figures score={score} />
        )}
        {mayPeople && score.refreshed_at !== null && (
          <div className={css.columns}>
            <Moves score={score.id} />
            <Top score={score.id} />
          </div>
        )}
      </ThingLayout>
    </Page>
  );
}

function About({ score }: { score: Score }) {
  const t = useT();
  const format = useFormat();
  const words = useScoreWords();
  return (
    <>
      <Section>
        <Facts
          items={[
            [t("owner"), score.owner_name ? <Someone key="o" name={score.owner_name} /> : "–"],
            [t("list.counted"), <When key="c" at={score.refreshed_at} why={t("list.uncounted")} />],
          ]}
        />
      </Section>
      <Section title={t("rules")}>
        <ul className={css.reasons}>
          {score.definition.rules.map((rule, index) => (
            <li key={index}>
              <span>{format.signed(rule.points)}</span>
              <span>
                {words.rule(rule)} <span className={css.muted}>{t(`category.${rule.category}`)}</span>
              </span>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

function Figures({ score }: { score: Score }) {
  const t = useT();
  const figures = useGet("/scores/{score_id}/figures", { path: { score_id: score.id } }, { slow: true });
  return (
    <Await query={figures} lines={8}>
      {(found) => (
        <>
          <Section title={t("spread")} note={t("spread.note", { count: found.total })}>
            <Spread buckets={found.buckets} />
          </Section>
          <Section title={t("stages")}>
            <StageList stages={score.stages} total={found.total} />
          </Section>
          <StagesOverTime score={score} days={found.days} />
        </>
      )}
    </Await>
  );
}

function StagesOverTime({ score, days }: { score: Score; days: Shape<"StageDay">[] }) {
  const t = useT();
  const format = useFormat();
  const stages = score.definition.stages.map(({ name }) => name);
  const byDay = new Map<string, Record<string, number>>();
  for (const { day, stage, people } of days) byDay.set(day, { ...byDay.get(day), [stage]: people });
  if (byDay.size < 2) return <p className={css.muted}>{t("days.none")}</p>;
  const points = [...byDay].map(([x, sizes]) => ({
    x,
    ...Object.fromEntries(stages.map((name, at) => [`s${at}`, sizes[name] ?? null])),
  }));
  return (
    <Section>
      <Figure
        top
        title={t("days")}
        point={t("days.point", { first: format.day(points[0]?.x ?? "") })}
        table={{
          head: [t("days.day"), ...stages],
          rows: points.toReversed().map(({ x }) => [
            format.day(x),
            ...stages.map((name) => {
              const people = byDay.get(x)?.[name];
              return people === undefined ? "–" : format.number(people);
            }),
          ]),
        }}
      >
        <LineChart
          points={points}
          series={stages.map((label, at) => ({ key: `s${at}`, label }))}
          sayX={(day, short) => (short ? format.dayOfYear(day) : format.day(day))}
          sayY={(people) => format.number(people)}
          height={220}
        />
      </Figure>
    </Section>
  );
}

function Moves({ score }: { score: string }) {
  const t = useT();
  const list = useKeyset<Shape<"ScoreMove">>("/scores/{score_id}/moves", { path: { score_id: score } }, { limit: 8 });
  return (
    <Section title={t("moves")}>
      {list.state === "failed" && <ErrorState inline error={list.error} onRetry={list.retry} />}
      {list.state === "ready" && list.rows.length === 0 && <p className={css.muted}>{t("moves.none")}</p>}
      <ul className={css.people}>
        {list.rows.map((one) => (
          <li key={one.id}>
            <span>
              <A to={`/people/${one.person_id}`}>{personName({ ...one, id: one.person_id })}</A>
              <span className={css.muted}>
                {" "}
                {t("moves.from", { before: one.before, stage: one.stage })}
                {one.cause === "rules" && ` · ${t("moves.rules")}`}
              </span>
            </span>
            <span />
            <When at={one.at} />
          </li>
        ))}
      </ul>
      {list.more && (
        <Button variant="default" size="xs" loading={list.loadingMore} onClick={list.loadMore}>
          {t("more")}
        </Button>
      )}
    </Section>
  );
}

function Top({ score }: { score: string }) {
  const t = useT();
  const format = useFormat();
  const list = useKeyset<Shape<"Scored">>("/scores/{score_id}/people", { path: { score_id: score } }, { limit: 8 });
  return (
    <Section title={t("top")}>
      {list.state === "failed" && <ErrorState inline error={list.error} onRetry={list.retry} />}
      {list.state === "ready" && list.rows.length === 0 && <p className={css.muted}>{t("top.none")}</p>}
      <ul className={css.people}>
        {list.rows.map((one) => (
          <li key={one.person_id}>
            <A to={`/people/${one.person_id}`}>{personName({ ...one, id: one.person_id })}</A>
            <span className={css.muted}>{one.stage}</span>
            <span className="g-num">{format.number(one.total)}</span>
          </li>
        ))}
      </ul>
      {list.more && (
        <Button variant="default" size="xs" loading={list.loadingMore} onClick={list.loadMore}>
          {t("more")}
        </Button>
      )}
    </Section>
  );
}

import { Button } from "@mantine/core";
import { IconArrowRight, IconCircleCheck, IconCircleDashed } from "@tabler/icons-react";
import { useQueries } from "@tanstack/react-query";
import { useApi } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { useWords } from "@/lib/i18n";
import { A } from "@/lib/links";
import { type Ask, type HomeList, type HomeNumber, type HomeStep, useRooms } from "@/lib/rooms";
import { useWorkspaceSettings } from "@/lib/workspace";
import { NumberRow, NumberTile } from "@/ui/NumberTile";
import { Page, Section } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { ErrorState, SkeletonLines } from "@/ui/states";
import { useMe } from "../session";
import { useT } from "../useT";
import css from "./HomePage.module.css";

/** Asks something of every entry of the rooms, keeping their order. */
function useAsked<E extends { id: string; order: number; permission?: string }, T>(
  kind: string,
  entries: E[],
  ask: (entry: E, ask: Ask) => Promise<T>,
) {
  const { slug, permissions } = useWorkspaceSettings();
  const { loose } = useApi();
  const mine = entries
    .filter((entry) => !entry.permission || permissions.has(entry.permission))
    .sort((a, b) => a.order - b.order);
  const answers = useQueries({
    queries: mine.map((entry) => ({
      queryKey: ["w", slug, `home ${kind}`, entry.id],
      queryFn: () => ask(entry, (path, args) => loose("get", path, args)),
      staleTime: 0,
    })),
  });
  return mine.map((entry, index) => ({ entry, answer: answers[index]?.data, error: answers[index]?.error }));
}

/** Where a day begins: the key numbers, and the next step of a workspace that is not under way yet. */
export default function HomePage() {
  const t = useT();
  const me = useMe();
  const { name } = useWorkspaceSettings();
  const rooms = useRooms();
  const steps = useAsked(
    "step",
    rooms.flatMap((room) => room.steps ?? []),
    (step: HomeStep, ask) => step.done(ask),
  );
  const numbers = useAsked(
    "number",
    rooms.flatMap((room) => room.numbers ?? []),
    (number: HomeNumber, ask) => number.read(ask),
  );
  const lists = useAsked(
    "list",
    rooms.flatMap((room) => room.lists ?? []),
    (list: HomeList, ask) => list.read(ask),
  );
  const known = steps.every(({ answer, error }) => answer !== undefined || error);
  const failure = [...steps, ...numbers, ...lists].find(({ error }) => error)?.error;
  const open = steps.filter(({ answer }) => answer === false);
  const shown = numbers.filter(({ answer }) => answer);
  const first = me.name.split(" ")[0] ?? me.name;
  return (
    <Page>
      <PageHead
        title={t("home.title", { name: first })}
        meaning={known && open.length ? t("home.young", { workspace: name }) : name}
      />
      {shown.length > 0 && (
        <NumberRow>
          {shown.map(({ entry, answer }) => (
            <HomeTile key={entry.id} entry={entry} answer={answer ?? null} />
          ))}
        </NumberRow>
      )}
      {failure && <ErrorState error={failure} safe={t("home.partly")} inline />}
      {!known && <SkeletonLines lines={5} height={20} />}
      {known && open.length > 0 && (
        <Steps steps={steps.map(({ entry, answer }) => ({ entry, done: answer === true }))} />
      )}
      {lists.some(({ answer }) => answer?.length) && (
        <div className={css.lists}>
          {lists.map(({ entry, answer }) => answer?.length && <Latest key={entry.id} entry={entry} hits={answer} />)}
        </div>
      )}
      {known && !failure && open.length === 0 && shown.length === 0 && <p className={css.calm}>{t("home.calm")}</p>}
    </Page>
  );
}

function HomeTile({ entry, answer }: { entry: HomeNumber; answer: Awaited<ReturnType<HomeNumber["read"]>> }) {
  const words = useWords();
  const format = useFormat();
  if (!answer) return null;
  const say = { number: format.number, money: format.money, share: format.percent }[answer.kind];
  return (
    <NumberTile
      label={words(entry.label)}
      value={say(answer.value)}
      to={entry.to}
      comparison={answer.note ? { words: answer.note } : undefined}
    />
  );
}

function Latest({ entry, hits }: { entry: HomeList; hits: Awaited<ReturnType<HomeList["read"]>> }) {
  const words = useWords();
  const format = useFormat();
  return (
    <Section title={<A to={entry.to}>{words(entry.label)}</A>}>
      <ul className={css.latest}>
        {hits.map(({ id, title, note, day, to }) => (
          <li key={id}>
            <A to={to}>{title}</A>
            {note && <span>{note}</span>}
            {day && <time dateTime={day}>{format.day(day)}</time>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Steps({ steps }: { steps: { entry: HomeStep; done: boolean }[] }) {
  const t = useT();
  const words = useWords();
  const next = steps.find(({ done }) => !done)?.entry;
  const done = steps.filter((step) => step.done).length;
  return (
    <Section title={t("home.steps")} note={t("home.progress", { done, of: steps.length })}>
      <ol className={css.steps}>
        {steps.map(({ entry, done: isDone }) => (
          <li key={entry.id} data-state={isDone ? "done" : entry === next ? "next" : "later"}>
            {isDone ? <IconCircleCheck size={20} stroke={1.6} /> : <IconCircleDashed size={20} stroke={1.6} />}
            <div>
              <p className={css.step}>
                {isDone || entry === next ? words(entry.label) : <A to={entry.to}>{words(entry.label)}</A>}
                {isDone && <span className={css.done}> {t("home.done")}</span>}
              </p>
              {!isDone && <p className={css.why}>{words(entry.why)}</p>}
            </div>
            {entry === next && (
              <Button component={A} to={entry.to} rightSection={<IconArrowRight size={16} />}>
                {words(entry.action)}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}

import { Button } from "@mantine/core";
import { IconArrowRight, IconCircleCheck, IconCircleDashed } from "@tabler/icons-react";
import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { useApi } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { homeWords, useWords } from "@/lib/i18n";
import { A } from "@/lib/links";
import { type Ask, type HomePart, type HomeStep, useRooms } from "@/lib/rooms";
import { useMe } from "@/lib/session";
import { useWorkspaceSettings } from "@/lib/workspace";
import { later } from "@/ui/later";
import { Page, Section } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { ErrorState, SkeletonLines } from "@/ui/states";
import { useT } from "../useT";
import css from "./HomePage.module.css";
import { Waiting } from "./Waiting";

/** Asks something of every entry of the rooms, keeping their order. */
function useAsked<E extends { id: string; order: number; permission?: string }, T>(
  kind: string,
  entries: E[],
  ask: (entry: E, ask: Ask) => Promise<T>,
) {
  const { slug, permissions } = useWorkspaceSettings();
  const { read } = useApi();
  const mine = entries
    .filter((entry) => !entry.permission || permissions.has(entry.permission))
    .sort((a, b) => a.order - b.order);
  const answers = useQueries({
    queries: mine.map((entry) => ({
      queryKey: ["w", slug, `home ${kind}`, entry.id],
      queryFn: () => ask(entry, read),
      staleTime: 0,
    })),
  });
  return mine.map((entry, index) => ({ entry, answer: answers[index]?.data, error: answers[index]?.error }));
}

const waiting = () => <SkeletonLines lines={4} />;

/** The parts of the page that rooms bring, for who may see them, by their place. */
function useParts() {
  const rooms = useRooms();
  const { permissions } = useWorkspaceSettings();
  return useMemo(() => {
    const parts = rooms
      .flatMap((room) => room.home ?? [])
      .filter(({ permission }) => !permission || permissions.has(permission))
      .sort((a, b) => a.order - b.order)
      .map(({ id, place, load }) => ({
        id,
        place,
        // The page itself is there before the words of rooms, which come with their parts.
        Show: later(async () => {
          await homeWords();
          return load();
        }, waiting),
      }));
    return (place: HomePart["place"]) =>
      parts.filter((part) => part.place === place).map(({ id, Show }) => <Show key={id} />);
  }, [rooms, permissions]);
}

/** Where a day begins: what waits for this person, what comes, and how it is going; first steps while it is young. */
export default function HomePage() {
  const t = useT();
  const me = useMe();
  const format = useFormat();
  const { name } = useWorkspaceSettings();
  const rooms = useRooms();
  const parts = useParts();
  const steps = useAsked(
    "step",
    rooms.flatMap((room) => room.steps ?? []),
    (step: HomeStep, ask) => step.done(ask),
  );
  const known = steps.every(({ answer, error }) => answer !== undefined || error);
  const failure = steps.find(({ error }) => error)?.error;
  const young = known && steps.some(({ answer }) => answer === false);
  const first = me.name.split(" ")[0] ?? me.name;
  return (
    <Page>
      <PageHead
        title={t("home.title", { name: first })}
        meaning={young ? t("home.young", { workspace: name }) : `${name} · ${format.date(new Date())}`}
      />
      {failure && <ErrorState error={failure} safe={t("home.partly")} inline />}
      {!known && <SkeletonLines lines={5} height={20} />}
      {young && <Steps steps={steps.map(({ entry, answer }) => ({ entry, done: answer === true }))} />}
      {known && (
        <>
          <div className={css.columns}>
            <div className={css.column}>
              <Waiting />
              {parts("main")}
            </div>
            <div className={css.column}>{parts("side")}</div>
          </div>
          {parts("below")}
        </>
      )}
    </Page>
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

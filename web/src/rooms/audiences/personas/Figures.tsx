import { useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { Figure, LineChart } from "@/ui/charts";
import { NumberRow, NumberTile } from "@/ui/NumberTile";
import { Section } from "@/ui/Page";
import { Await } from "@/ui/states";
import { useTraitWords } from "../Profile";
import { useT } from "../useT";
import css from "./persona.module.css";

type Members = Shape<"MemberFigures">;
type Drift = Shape<"Drift">;
type Vocabulary = Shape<"Vocabulary"> | undefined;

const parts = ["active", "bought", "clicked"] as const;

/** What a persona's people are like now, how that differs from the last review, and from week to week. */
export function Figures({ persona, vocabulary }: { persona: Shape<"Persona">; vocabulary: Vocabulary }) {
  const t = useT();
  const path = { persona_id: persona.id };
  const figures = useGet("/personas/{persona_id}/figures", { path }, { slow: true });
  return (
    <Section title={t("personas.figures")}>
      <Await query={figures} lines={6}>
        {({ now, everybody, before, drifts, days }) =>
          now && everybody ? (
            <>
              <p className={css.muted}>
                {t("personas.figures.note", { count: now.figures.people, all: everybody.people })}
              </p>
              <Tiles now={now.figures} everybody={everybody} />
              <Drifts drifts={drifts} since={before?.on} vocabulary={vocabulary} />
              <Weeks days={days} />
            </>
          ) : (
            <p className={css.muted}>{t(persona.audience ? "personas.figures.broken" : "personas.figures.none")}</p>
          )
        }
      </Await>
    </Section>
  );
}

function Tiles({ now, everybody }: { now: Members; everybody: Members }) {
  const t = useT();
  const format = useFormat();
  const share = (of: Members, key: (typeof parts)[number]) =>
    of.people ? format.percent(of[key] / of.people) : undefined;
  return (
    <NumberRow>
      {parts.map((key) => (
        <NumberTile
          key={key}
          label={t(`personas.${key}`)}
          meaning={t(`personas.${key}.meaning`)}
          value={share(now, key)}
          why={t("personas.nobody")}
          base={t("personas.everybody", { share: share(everybody, key) ?? "–" })}
        />
      ))}
      <NumberTile
        label={t("personas.value")}
        meaning={t("personas.value.meaning")}
        value={now.people ? format.money(Math.round(now.value_minor / now.people)) : undefined}
        why={t("personas.nobody")}
      />
    </NumberRow>
  );
}

function Drifts({ drifts, since, vocabulary }: { drifts: Drift[]; since: string | undefined; vocabulary: Vocabulary }) {
  const t = useT();
  const format = useFormat();
  if (!since) return <p className={css.muted}>{t("personas.drift.later")}</p>;
  const day = format.day(since);
  if (drifts.length === 0) return <p className={css.muted}>{t("personas.drift.none", { day })}</p>;
  return (
    <div className={css.drifts}>
      <p>{t("personas.drift", { day })}</p>
      <ul>
        {drifts.map((drift) => (
          <DriftLine key={`${drift.of} ${drift.key} ${drift.value}`} drift={drift} vocabulary={vocabulary} />
        ))}
      </ul>
    </div>
  );
}

function DriftLine({ drift, vocabulary }: { drift: Drift; vocabulary: Vocabulary }) {
  const t = useT();
  const format = useFormat();
  const trait = useTraitWords(drift, vocabulary);
  const say = (value: number) =>
    drift.of === "people"
      ? format.number(value)
      : drift.of === "value"
        ? format.money(Math.round(value))
        : format.percent(value);
  const name = drift.of === "trait" ? trait : t(`personas.${drift.of}`);
  return <li>{t("personas.drift.line", { name, before: say(drift.before), after: say(drift.after) })}</li>;
}

function Weeks({ days }: { days: Shape<"MeasuredDay">[] }) {
  const t = useT();
  const format = useFormat();
  const last = days.at(-1);
  if (days.length < 2 || !last) return null;
  return (
    <Figure
      top
      title={t("personas.weeks")}
      point={t("personas.weeks.point", { count: last.figures.people, day: format.day(last.day) })}
      table={{
        head: [t("sizes.day"), t("personas.people"), ...parts.map((key) => t(`personas.${key}`))],
        rows: days
          .toReversed()
          .map(({ day, figures }) => [
            format.day(day),
            format.number(figures.people),
            ...parts.map((key) => (figures.people ? format.percent(figures[key] / figures.people) : "–")),
          ]),
      }}
    >
      <LineChart
        points={days.map(({ day, figures }) => ({ x: day, people: figures.people }))}
        series={[{ key: "people", label: t("personas.people"), colour: 1 }]}
        sayX={(day, short) => (short ? format.dayOfYear(day) : format.day(day))}
        sayY={(people) => format.number(people)}
        height={180}
      />
    </Figure>
  );
}

import { Button } from "@mantine/core";
import { IconCalendarDue, IconTarget, IconTrendingUp } from "@tabler/icons-react";
import { useState } from "react";
import { useFormat } from "@/lib/format";
import { dotted } from "@/lib/text";
import { useMetrics } from "@/rooms/insights/metrics";
import { type GoalProgress, useMissing } from "@/rooms/insights/report";
import { later } from "@/ui/later";
import { StateBadge } from "@/ui/StateBadge";
import { Unknown } from "@/ui/values";
import { useT } from "../useT";
import type { Campaign } from "../words";
import { daysLeft } from "./days";
import css from "./GoalCard.module.css";
import { barOf, filled, part } from "./way";

const GoalForm = later(async () => ({ default: (await import("./GoalForm")).GoalForm }));

interface Props {
  campaign: Campaign;
  progress: GoalProgress | undefined;
  /** The progress is still being read. */
  coming: boolean;
  mayEdit: boolean;
}

/** The campaign's one goal: where it began, where it stands, where it is to get to, and how long there is left. */
export function GoalCard({ campaign, progress, coming, mayEdit }: Props) {
  const t = useT();
  const [editing, setEditing] = useState(false);
  const { goal } = campaign;
  return (
    <>
      {goal ? (
        <section className={css.card} id="goal" aria-label={t("goal")}>
          <Shown
            campaign={campaign}
            goal={goal}
            progress={progress}
            coming={coming}
            onEdit={mayEdit ? () => setEditing(true) : undefined}
          />
        </section>
      ) : (
        <section className={css.card} data-empty id="goal" aria-label={t("goal")}>
          <IconTarget size={26} stroke={1.4} />
          <div>
            <h2>{t("goal.empty.title")}</h2>
            <p>{t("goal.empty")}</p>
          </div>
          {mayEdit && (
            <Button variant="default" onClick={() => setEditing(true)}>
              {t("goal.set")}
            </Button>
          )}
        </section>
      )}
      {editing && <GoalForm campaign={campaign} onClose={() => setEditing(false)} onNext={() => setEditing(true)} />}
    </>
  );
}

type Goal = NonNullable<Campaign["goal"]>;

function Shown(props: {
  campaign: Campaign;
  goal: Goal;
  progress: GoalProgress | undefined;
  coming: boolean;
  onEdit: (() => void) | undefined;
}) {
  const { campaign, goal, progress, coming, onEdit } = props;
  const t = useT();
  const format = useFormat();
  const metrics = useMetrics();
  const missing = useMissing();
  const say = (value: number) => metrics.say(goal.metric, value);
  const now = campaign.touchpoints.launched ? (progress?.now ?? undefined) : undefined;
  const expected = progress?.expected ?? undefined;
  const why = missing(progress?.missing) ?? t("goal.notYet");
  const late = daysLeft(goal.deadline, new Date()) < 0;
  const behind =
    now !== undefined &&
    expected !== undefined &&
    !progress?.reached &&
    (goal.lower_is_better ? now > expected : now < expected);
  return (
    <>
      <header className={css.head}>
        <p className={css.metric} title={metrics.meaning(goal.metric)}>
          <IconTarget size={16} stroke={1.8} />
          {goal.name || metrics.name(goal.metric)}
        </p>
        {progress?.reached ? (
          <StateBadge tone="good">{t("goal.reached")}</StateBadge>
        ) : now === undefined ? null : late ? (
          <StateBadge tone="look">{t("goal.missed")}</StateBadge>
        ) : behind ? (
          <StateBadge tone="look">{t("goal.behind")}</StateBadge>
        ) : expected !== undefined ? (
          <StateBadge tone="good" icon={IconTrendingUp}>
            {t("goal.onTrack")}
          </StateBadge>
        ) : null}
        <span className={css.deadline}>
          <IconCalendarDue size={15} stroke={1.7} />
          {t("goal.by", {
            day: format.day(goal.deadline),
            days: Math.abs(daysLeft(goal.deadline, new Date())),
            late: late ? "yes" : "no",
          })}
        </span>
        {onEdit && (
          <Button size="xs" variant="default" onClick={onEdit}>
            {t("goal.change")}
          </Button>
        )}
      </header>
      <p className={css.numbers}>
        <span className={css.now}>{now !== undefined ? say(now) : coming ? "…" : <Unknown why={why} />}</span>
        <span className={css.target}>
          {t(goal.lower_is_better ? "goal.atMost" : goal.unit === "share" ? "goal.target.at" : "goal.of", {
            target: say(goal.target),
            value: say(goal.target),
          })}
        </span>
        {now === undefined && !coming && <span className={css.why}>{why}</span>}
      </p>
      <p className={css.why}>
        {dotted([
          goal.name && metrics.name(goal.metric),
          goal.owner?.name,
          goal.parent && t("goal.serves", { name: goal.parent.name }),
        ])}
      </p>
      <Gauge goal={goal} now={now} expected={expected} say={say} />
    </>
  );
}

/** The way from the start to the target as a line: what is done, where one should be today, the target in gold. */
function Gauge({
  goal,
  now,
  expected,
  say,
}: {
  goal: Goal;
  now: number | undefined;
  expected: number | undefined;
  say: (value: number) => string;
}) {
  const t = useT();
  const values = [goal.baseline, now, expected].filter((value) => typeof value === "number");
  const bar = barOf(goal, values);
  const fill = now === undefined ? undefined : filled(goal, bar, now);
  const marks = [
    ...(goal.baseline === null
      ? []
      : [{ kind: "baseline", value: goal.baseline, words: t("goal.baseline.at", { value: say(goal.baseline) }) }]),
    ...(expected === undefined
      ? []
      : [{ kind: "expected", value: expected, words: t("goal.expected.at", { value: say(expected) }) }]),
    { kind: "target", value: goal.target, words: t("goal.target.at", { value: say(goal.target) }) },
  ];
  const words = [
    ...(now === undefined ? [] : [t("goal.now.at", { value: say(now) })]),
    ...marks.map((mark) => mark.words),
  ];
  return (
    <div className={css.gauge} role="img" aria-label={words.join(", ")}>
      <span className={css.rail} />
      {fill && <span className={css.fill} data-over={fill.back || undefined} style={fill.style} />}
      {marks.map(({ kind, value }) => (
        <i key={kind} className={css.mark} data-kind={kind} style={{ left: part(bar(value)) }} />
      ))}
      <span className={css.legend}>
        {marks.map(({ kind, words }) => (
          <span key={kind}>
            <i className={css.tick} data-kind={kind} />
            {words}
          </span>
        ))}
      </span>
    </div>
  );
}

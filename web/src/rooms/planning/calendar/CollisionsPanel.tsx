import { Button } from "@mantine/core";
import { IconCalendarSearch, IconCircleCheck } from "@tabler/icons-react";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { ConfirmDanger } from "@/ui/Dialog";
import { Await, FormError } from "@/ui/states";
import { say } from "@/ui/tray";
import css from "./CollisionsPanel.module.css";
import shared from "./calendar.module.css";
import lists from "./lists.module.css";
import { type Collision, type Collisions, type Entry, type Fix, toDay } from "./model";
import type { CalendarState } from "./useCalendar";
import { lightUp } from "./useHands";
import { useT } from "./useT";
import { useDays } from "./words";

const FIRST = 25;

interface Props {
  calendar: CalendarState;
  /** Only pairs of this touchpoint or day. */
  only?: { id?: string; day?: number };
  onAll: () => void;
}

/** Pairs of touchpoints that hit the same people too soon, most people first, each with what can be done about it. */
export function CollisionsPanel({ calendar, only, onAll }: Props) {
  const t = useT();
  const format = useFormat();
  return (
    <Await query={calendar.collisions} lines={6}>
      {(data) => {
        const found = data.collisions.filter((pair) => fits(pair, only));
        return (
          <div className={shared.collisions}>
            <p className={shared.hint} aria-live="polite">
              {data.at
                ? t("collisions.summary", { count: data.total, days: data.days, when: format.when(data.at) })
                : t("collisions.counting", { sets: data.sets })}
              {data.at && data.computing && ` ${t("collisions.again")}`}
            </p>
            {only && (
              <Button size="compact-xs" variant="default" onClick={onAll}>
                {t("collisions.all")}
              </Button>
            )}
            {!only && <Over over={data.over} />}
            {data.at && found.length === 0 && (
              <p className={css.fine}>
                <IconCircleCheck size={16} aria-hidden="true" />
                {t("collisions.none")}
              </p>
            )}
            <Pairs pairs={found} calendar={calendar} />
            {!only && data.total > data.collisions.length && (
              <p className={shared.hint}>{t("collisions.rest", { count: data.total - data.collisions.length })}</p>
            )}
            {!only && <Unknown data={data} />}
          </div>
        );
      }}
    </Await>
  );
}

const fits = ({ one, other }: Collision, only: Props["only"]) =>
  !only ||
  (only.id
    ? one.id === only.id || other.id === only.id
    : [one.day, other.day].some((day) => day && toDay(day) === only.day));

function Pairs({ pairs, calendar }: { pairs: Collision[]; calendar: CalendarState }) {
  const t = useT();
  const [shown, setShown] = useState(FIRST);
  return (
    <>
      <ol className={lists.pairs}>
        {pairs.slice(0, shown).map((pair) => (
          <Pair key={pair.one.id + pair.other.id} pair={pair} calendar={calendar} />
        ))}
      </ol>
      {pairs.length > shown && (
        <Button size="xs" variant="default" onClick={() => setShown(shown + FIRST)}>
          {t("more", { count: pairs.length - shown })}
        </Button>
      )}
    </>
  );
}

/** A touchpoint of a collision as an entry that can be moved. */
function entryOf({
  id,
  name,
  day,
  at,
  campaign,
  campaign_id,
  channel,
  audience_id,
  launched,
}: Collision["one"]): Entry {
  const on = day ? toDay(day) : Number.NaN;
  return {
    key: `touchpoint-${id}`,
    kind: "touchpoint",
    id,
    name,
    note: campaign,
    first: on,
    last: on,
    at,
    state: launched ? "finished" : "draft",
    movable: !launched,
    campaignId: campaign_id,
    channel,
    audienceId: audience_id,
    ownerId: null,
  };
}

function Pair({ pair, calendar }: { pair: Collision; calendar: CalendarState }) {
  const t = useT();
  const days = useDays();
  const { one, other, people, fixes } = pair;
  return (
    <li className={css.pair}>
      <p className={css.pairPeople}>
        {t.rich("collisions.people", { people, b: (words) => <b>{words}</b> })}{" "}
        <span>{pair.days === 0 ? t("collisions.same.day") : t("collisions.apart", { days: pair.days })}</span>
      </p>
      {[one, other].map((touch) => (
        <p key={touch.id} className={lists.pairTouch}>
          <time>{touch.day ? days.short(toDay(touch.day)) : "–"}</time>
          <span>
            <A to={`/touchpoints/${touch.id}`}>{touch.name}</A>
            <small>
              {touch.campaign} · {t("collisions.hits", { people: touch.people ?? 0 })}
              {touch.launched && ` · ${t("launched")}`}
            </small>
          </span>
        </p>
      ))}
      {(one.day ?? other.day) && (
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconCalendarSearch size={14} />}
          onClick={() => {
            calendar.goTo(toDay(one.day ?? other.day ?? ""));
            lightUp([`touchpoint-${one.id}`, `touchpoint-${other.id}`]);
          }}
        >
          {t("collisions.jump")}
        </Button>
      )}
      {calendar.may &&
        (fixes.length ? (
          <div className={css.fixes}>
            {fixes.map((fix, at) => (
              <FixButton key={fix.kind} fix={fix} pair={pair} calendar={calendar} cheapest={at === 0} />
            ))}
          </div>
        ) : (
          <p className={shared.hint}>{t("collisions.nofix")}</p>
        ))}
    </li>
  );
}

interface FixProps {
  fix: Fix;
  pair: Collision;
  calendar: CalendarState;
  cheapest: boolean;
}

/** A way out with its price in people; moves are shown before they are made, the others say what they do first. */
function FixButton({ fix, pair, calendar, cheapest }: FixProps) {
  const t = useT();
  const days = useDays();
  const mayTrim = useMay("audiences.write");
  const [sure, setSure] = useState(false);
  const trim = useSend("post", "/calendar/collisions/trim");
  const remove = useSend("delete", "/touchpoints/{touchpoint_id}");
  const [touch, other] = fix.id === pair.one.id ? [pair.one, pair.other] : [pair.other, pair.one];
  const values = {
    name: touch.name,
    other: other.name,
    people: fix.people,
    day: fix.day ? days.short(toDay(fix.day)) : "",
  };
  if (fix.kind === "trim" && !mayTrim) return null;
  const act = () => {
    const entry = entryOf(touch);
    if (fix.kind === "move" && fix.day) calendar.ask(entry, moveTo(touch.id, fix.day));
    else if (fix.kind === "give_way") calendar.ask(entry, moveTo(touch.id, null));
    else if (fix.kind === "merge") setSure(true);
    else
      trim.mutate(
        { body: { touchpoint_id: fix.id, other_id: fix.other_id } },
        { onSuccess: ({ audience }) => say(t("fix.trimmed", { name: touch.name, audience })) },
      );
  };
  return (
    <>
      <button
        type="button"
        className={css.fix}
        data-cheapest={cheapest || undefined}
        onClick={act}
        disabled={trim.isPending}
      >
        <span>{t(`fix.${fix.kind}`, values)}</span>
        <small>{t(`price.${fix.kind}`, values)}</small>
      </button>
      <FormError error={trim.error} />
      {sure && (
        <ConfirmDanger
          opened
          onClose={() => setSure(false)}
          title={t("merge.title", values)}
          loses={[t("merge.loses", values)]}
          keeps={[t("merge.keeps", values)]}
          action={t("merge.action", values)}
          onConfirm={() => remove.mutateAsync({ path: { touchpoint_id: fix.id } })}
        />
      )}
    </>
  );
}

const moveTo = (id: string, day: string | null) => ({
  kind: "touchpoint" as const,
  id,
  day,
  edge: "whole" as const,
  touchpoints: false,
  tasks: false,
});

/** People who would get more than the contact limit allows, by week. */
function Over({ over }: { over: Collisions["over"] }) {
  const t = useT();
  const days = useDays();
  if (!over || over.people === null) return null;
  return (
    <div className={lists.over} data-bad={over.people > 0 || undefined}>
      <p>{t("over", { people: over.people, messages: over.messages, days: over.days })}</p>
      {over.weeks.length > 0 && (
        <ul>
          {over.weeks.map(({ week, people }) => (
            <li key={week}>
              <span>{t("over.week", { day: days.short(toDay(week)) })}</span>
              <b>{t("people", { people })}</b>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Touchpoints of which nobody can say whom they hit. */
function Unknown({ data }: { data: Collisions }) {
  const t = useT();
  if (data.unknown.length === 0 && data.left_out === 0) return null;
  return (
    <div className={lists.unknown}>
      {data.unknown.length > 0 && <h3>{t("unknown", { count: data.unknown.length })}</h3>}
      <ul>
        {data.unknown.slice(0, FIRST).map(({ id, name, reason }) => (
          <li key={id}>
            <A to={`/touchpoints/${id}`}>{name}</A>{" "}
            <small>{t(reason === "no_audience" ? "unknown.bare" : "unknown.broken")}</small>
          </li>
        ))}
      </ul>
      {data.left_out > 0 && <p className={shared.hint}>{t("left.out", { count: data.left_out })}</p>}
    </div>
  );
}

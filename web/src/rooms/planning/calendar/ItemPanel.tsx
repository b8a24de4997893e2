import { Button, Select } from "@mantine/core";
import { IconArrowUpRight, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useLooseSend } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { instantToWall } from "@/lib/zones";
import { Act } from "@/ui/Act";
import { DayField, TimeField } from "@/ui/DateField";
import { Facts } from "@/ui/Page";
import { FormError } from "@/ui/states";
import css from "./calendar.module.css";
import { type Entry, fromDay, moveOf, pageOf, toDay } from "./model";
import type { CalendarState } from "./useCalendar";
import { useT } from "./useT";
import { KindIcon, useChannel, useDays } from "./words";

interface Props {
  entry: Entry;
  calendar: CalendarState;
  onClose: () => void;
  onCollisions: () => void;
}

/** What is opened: its facts, the way to its page, and moving it without dragging. */
export function ItemPanel({ entry, calendar, onClose, onCollisions }: Props) {
  const t = useT();
  const format = useFormat();
  const days = useDays();
  const channel = useChannel();
  const { data, hits } = calendar;
  const page = pageOf(entry);
  const people = hits.get(entry.id);
  const name = (list: { id: string; name: string }[] | undefined, id: string | null) =>
    list?.find((each) => each.id === id)?.name;
  const facts: [React.ReactNode, React.ReactNode][] = [[t("fact.kind"), t(`kind.${entry.kind}`)]];
  if (entry.note)
    facts.push([
      t("fact.campaign"),
      <A key="c" to={`/campaigns/${entry.campaignId}`}>
        {entry.note}
      </A>,
    ]);
  facts.push([
    t("fact.when"),
    Number.isNaN(entry.first)
      ? t("undated.one")
      : `${days.range(entry.first, entry.last)}${entry.at ? ` · ${format.time(entry.at)}` : ""}`,
  ]);
  if (entry.channel) facts.push([t("fact.channel"), channel(entry.channel)]);
  if (entry.kind === "touchpoint")
    facts.push([t("fact.audience"), name(data?.audiences, entry.audienceId) ?? t("unknown.bare")]);
  const owner = name(data?.people, entry.ownerId);
  if (owner) facts.push([t("fact.owner"), owner]);
  return (
    <div className={css.itemPanel}>
      <header>
        <KindIcon kind={entry.kind} channel={entry.channel} size={18} />
        <h2>{entry.name}</h2>
        <button type="button" onClick={onClose} aria-label={t("close")}>
          <IconX size={16} />
        </button>
      </header>
      <Facts items={facts} />
      {people ? (
        <Button size="xs" variant="default" onClick={onCollisions}>
          {t("item.show", { people })}
        </Button>
      ) : null}
      {page && (
        <Button component={A} to={page} variant="default" rightSection={<IconArrowUpRight size={14} />}>
          {t("open")}
        </Button>
      )}
      {calendar.may && entry.kind === "campaign" && <Priority entry={entry} calendar={calendar} />}
      {calendar.may &&
        page &&
        (entry.movable ? (
          <MoveForm key={`${entry.first} ${entry.at}`} entry={entry} calendar={calendar} />
        ) : (
          <p className={css.hint}>{t("stays")}</p>
        ))}
    </div>
  );
}

function MoveForm({ entry, calendar }: { entry: Entry; calendar: CalendarState }) {
  const t = useT();
  const { timezone } = useFormat();
  const [day, setDay] = useState<string | null>(Number.isNaN(entry.first) ? null : fromDay(entry.first));
  const [time, setTime] = useState(entry.at ? instantToWall(entry.at, timezone).slice(11, 16) : "09:00");
  const touchpoint = entry.kind === "touchpoint";
  return (
    <form
      className={css.moveForm}
      onSubmit={(event) => {
        event.preventDefault();
        if (!day && !touchpoint) return;
        const move = day ? moveOf(entry, toDay(day), 0) : { ...moveOf(entry, calendar.today, 0), day: null };
        calendar.ask(entry, touchpoint && day ? { ...move, time } : move);
      }}
    >
      <DayField
        label={t(entry.first === entry.last || touchpoint ? "move.day" : "move.first")}
        value={day}
        onChange={setDay}
        required={!touchpoint}
      />
      {touchpoint && <TimeField label={t("move.time")} value={time} onChange={setTime} />}
      <Act type="submit" variant="default" disabled={!day && !touchpoint}>
        {t("move.look")}
      </Act>
    </form>
  );
}

/** Whose touchpoints give way. */
function Priority({ entry, calendar }: { entry: Entry; calendar: CalendarState }) {
  const t = useT();
  const set = useLooseSend("put", "/calendar/priorities/{campaign_id}");
  const now = calendar.data?.campaigns.find(({ id }) => id === entry.id)?.priority ?? 2;
  return (
    <>
      <Select
        label={t("priority")}
        description={t("priority.meaning")}
        value={String(now)}
        allowDeselect={false}
        data={([1, 2, 3] as const).map((value) => ({ value: String(value), label: t(`priority.${value}`) }))}
        onChange={(value) =>
          value && set.mutate({ path: { campaign_id: entry.id }, body: { priority: Number(value) } })
        }
      />
      <FormError error={set.error} />
    </>
  );
}

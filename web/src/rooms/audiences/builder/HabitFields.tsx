import { Autocomplete, Select } from "@mantine/core";
import type { Shape } from "@/api/schema";
import { NumberField } from "@/rooms/people/fields";
import { families, type Leaf, levels, type Step, scores, stages } from "../rule";
import { useT } from "../useT";
import shared from "./builder.module.css";
import css from "./EventFields.module.css";
import { PeriodFields } from "./PeriodFields";
import { newProperty, WhereFields } from "./PropertyFields";

type Of<Kind extends Leaf["kind"]> = Leaf & { kind: Kind };
export type Habit = Of<
  "sequence" | "frequency" | "intent" | "active" | "engagement" | "lifecycle" | "rfm" | "preference" | "place"
>;
interface Props<L extends Leaf> {
  leaf: L;
  onChange: (leaf: Leaf) => void;
  vocabulary: Shape<"Vocabulary"> | undefined;
}

/** The controls of what people do in order, often, lately and where. */
export function HabitFields({ leaf, onChange, vocabulary }: Props<Habit>) {
  const t = useT();
  const events = vocabulary?.events ?? [];
  switch (leaf.kind) {
    case "sequence":
      return <SequenceFields leaf={leaf} onChange={onChange} events={events} />;
    case "frequency":
      return <FrequencyFields leaf={leaf} onChange={onChange} events={events} />;
    case "intent":
      return <IntentFields leaf={leaf} onChange={onChange} vocabulary={vocabulary} />;
    case "active":
      return (
        <>
          <Choice
            label={t("field.state")}
            value={leaf.did ? "active" : "inactive"}
            values={["active", "inactive"] as const}
            words={(one) => t(`field.${one}`)}
            onChange={(one) => onChange({ ...leaf, did: one === "active" })}
          />
          <PeriodFields value={leaf} onChange={(when) => onChange({ ...leaf, ...when })} />
        </>
      );
    case "engagement":
      return (
        <>
          <Choice
            label={t("subject.engagement")}
            value={leaf.level}
            values={levels}
            words={(one) => t(`level.${one}`)}
            onChange={(level) => onChange({ ...leaf, level })}
          />
          <span className={shared.word}>{t(`level.${leaf.level}.note`)}</span>
        </>
      );
    case "lifecycle":
      return (
        <>
          <Choice
            label={t("subject.lifecycle")}
            value={leaf.stage}
            values={stages}
            words={(one) => t(`stage.${one}`)}
            onChange={(stage) => onChange({ ...leaf, stage })}
          />
          <span className={shared.word}>{t(`stage.${leaf.stage}.note`)}</span>
        </>
      );
    case "rfm":
      return <FifthFields leaf={leaf} onChange={onChange} />;
    case "preference":
      return (
        <>
          <Choice
            label={t("field.state")}
            value={leaf.prefers ? "prefers" : "prefersNot"}
            values={["prefers", "prefersNot"] as const}
            words={(one) => t(`field.${one}`)}
            onChange={(one) => onChange({ ...leaf, prefers: one === "prefers" })}
          />
          <Choice
            label={t("field.channel")}
            value={leaf.channel}
            values={vocabulary?.channels ?? []}
            words={(one) => (one === "email" || one === "sms" || one === "push" ? t(`channel.${one}`) : one)}
            onChange={(channel) => onChange({ ...leaf, channel })}
          />
        </>
      );
    case "place":
      return <PlaceFields leaf={leaf} onChange={onChange} vocabulary={vocabulary} />;
  }
}

/** One of a few words. */
function Choice<Value extends string>({
  label,
  value,
  values,
  words,
  onChange,
  width = 170,
}: {
  label: string;
  value: Value | "";
  values: readonly Value[];
  words: (value: Value) => string;
  onChange: (value: Value) => void;
  width?: number;
}) {
  return (
    <Select
      w={width}
      aria-label={label}
      allowDeselect={false}
      value={value || null}
      data={values.map((one) => ({ value: one, label: words(one) }))}
      onChange={(next) => next && onChange(next as Value)}
    />
  );
}

function EventName({
  label,
  name,
  events,
  onChange,
}: {
  label: string;
  name: string;
  events: string[];
  onChange: (name: string) => void;
}) {
  return (
    <Autocomplete
      className={shared.text}
      aria-label={label}
      placeholder={label}
      data={events}
      value={name}
      onChange={onChange}
    />
  );
}

const HOURS_A_DAY = 24;

function SequenceFields({
  leaf,
  onChange,
  events,
}: { leaf: Of<"sequence">; events: string[] } & Omit<Props<Leaf>, "leaf" | "vocabulary">) {
  const t = useT();
  const unit = leaf.within_hours !== null && leaf.within_hours % HOURS_A_DAY === 0 ? "daysUnit" : "hoursUnit";
  const size = unit === "daysUnit" ? HOURS_A_DAY : 1;
  const step = (which: "first" | "second") => (
    <WhereFields
      name={leaf[which].name}
      where={leaf[which].where}
      events={events}
      onChange={(where) => onChange({ ...leaf, [which]: { ...leaf[which], where } })}
    />
  );
  const adder = (which: "first" | "second") => (
    <button
      type="button"
      className={css.adder}
      onClick={() => onChange({ ...leaf, [which]: withProperty(leaf[which]) })}
    >
      {t(which === "first" ? "field.firstProperty" : "field.thenProperty")}
    </button>
  );
  return (
    <>
      <EventName
        label={t("field.firstEvent")}
        name={leaf.first.name}
        events={events}
        onChange={(name) => onChange({ ...leaf, first: { ...leaf.first, name } })}
      />
      <PeriodFields value={leaf} onChange={(when) => onChange({ ...leaf, ...when })} />
      {step("first")}
      <Choice
        label={t("field.state")}
        value={leaf.followed ? "then" : "thenNot"}
        values={["then", "thenNot"] as const}
        words={(one) => t(`field.${one}`)}
        onChange={(one) => onChange({ ...leaf, followed: one === "then" })}
      />
      <EventName
        label={t("field.thenEvent")}
        name={leaf.second.name}
        events={events}
        onChange={(name) => onChange({ ...leaf, second: { ...leaf.second, name } })}
      />
      <Choice
        label={t("field.gap")}
        value={leaf.within_hours === null ? "anyTime" : unit}
        values={["anyTime", "hoursUnit", "daysUnit"] as const}
        words={(one) => t(one === "anyTime" ? "field.anyTime" : `field.gap.${one}`)}
        onChange={(one) =>
          onChange({ ...leaf, within_hours: one === "anyTime" ? null : one === "daysUnit" ? HOURS_A_DAY : 1 })
        }
      />
      {leaf.within_hours !== null && (
        <NumberField
          label={t("field.gap")}
          value={leaf.within_hours / size}
          whole
          min={1}
          width={112}
          suffix={` ${t(`field.${unit}`)}`}
          onChange={(n) => onChange({ ...leaf, within_hours: Math.max(1, n ?? 1) * size })}
        />
      )}
      {step("second")}
      <span className={css.adders}>
        {adder("first")}
        {adder("second")}
      </span>
    </>
  );
}

const withProperty = (step: Step): Step => ({ ...step, where: [...step.where, newProperty()] });

function FrequencyFields({
  leaf,
  onChange,
  events,
}: { leaf: Of<"frequency">; events: string[] } & Omit<Props<Leaf>, "leaf" | "vocabulary">) {
  const t = useT();
  return (
    <>
      <EventName
        label={t("field.event")}
        name={leaf.name}
        events={events}
        onChange={(name) => onChange({ ...leaf, name })}
      />
      <span className={shared.word}>{t("field.least")}</span>
      <NumberField
        label={t("field.count")}
        value={leaf.at_least}
        whole
        min={1}
        width={92}
        suffix={` ${t("field.timesUnit")}`}
        onChange={(n) => onChange({ ...leaf, at_least: Math.min(1000, Math.max(1, n ?? 1)) })}
      />
      <Choice
        label={t("field.how")}
        value={leaf.how}
        values={["each", "average"] as const}
        words={(one) => t(`field.${one}`)}
        width={200}
        onChange={(how) => onChange({ ...leaf, how })}
      />
      <NumberField
        label={t("field.weeks")}
        value={leaf.weeks}
        whole
        min={1}
        width={112}
        suffix={` ${t("field.weeksUnit")}`}
        onChange={(n) => onChange({ ...leaf, weeks: Math.min(52, Math.max(1, n ?? 1)) })}
      />
      <WhereFields
        name={leaf.name}
        where={leaf.where}
        events={events}
        onChange={(where) => onChange({ ...leaf, where })}
      />
      <button
        type="button"
        className={css.adder}
        onClick={() => onChange({ ...leaf, where: [...leaf.where, newProperty()] })}
      >
        {t("field.addProperty")}
      </button>
    </>
  );
}

function IntentFields({ leaf, onChange, vocabulary }: Props<Of<"intent">>) {
  const t = useT();
  const names = vocabulary?.intents[leaf.family] ?? [];
  const counted = leaf.at_least != null;
  return (
    <>
      <Choice
        label={t("subject.intent")}
        value={leaf.family}
        values={families}
        words={(one) => t(`family.${one}`)}
        onChange={(family) => onChange({ ...leaf, family })}
      />
      <Choice
        label={t("field.state")}
        value={!leaf.did ? "didNot" : counted ? "least" : "did"}
        values={["did", "least", "didNot"] as const}
        words={(one) => t(`field.${one}`)}
        onChange={(one) =>
          onChange({ ...leaf, did: one !== "didNot", at_least: one === "least" ? 2 : null, at_most: null })
        }
      />
      {counted && (
        <NumberField
          label={t("field.count")}
          value={leaf.at_least}
          whole
          min={1}
          width={92}
          suffix={` ${t("field.timesUnit")}`}
          onChange={(n) => onChange({ ...leaf, at_least: n ?? 1 })}
        />
      )}
      <PeriodFields value={leaf} onChange={(when) => onChange({ ...leaf, ...when })} />
      <span className={shared.word}>
        {names.length ? t("field.familyOf", { names: names.join(", ") }) : t("field.familyNone")}
      </span>
    </>
  );
}

function FifthFields({ leaf, onChange }: { leaf: Of<"rfm">; onChange: (leaf: Leaf) => void }) {
  const t = useT();
  const score = (label: string, value: number, change: (score: number) => void) => (
    <Choice
      label={label}
      value={String(value)}
      values={["1", "2", "3", "4", "5"]}
      words={(one) => one}
      width={72}
      onChange={(one) => change(Number(one))}
    />
  );
  return (
    <>
      <Choice
        label={t("subject.rfm")}
        value={leaf.what}
        values={scores}
        words={(one) => t(`score.${one}`)}
        width={220}
        onChange={(what) => onChange({ ...leaf, what })}
      />
      <span className={shared.word}>{t("field.score")}</span>
      {score(t("field.low"), leaf.at_least, (low) =>
        onChange({ ...leaf, at_least: low, at_most: Math.max(low, leaf.at_most) }),
      )}
      <span className={shared.word}>{t("field.scoreTo")}</span>
      {score(t("field.high"), leaf.at_most, (high) =>
        onChange({ ...leaf, at_most: high, at_least: Math.min(high, leaf.at_least) }),
      )}
      <span className={shared.word}>{t("field.scoreNote")}</span>
    </>
  );
}

function PlaceFields({ leaf, onChange, vocabulary }: Props<Of<"place">>) {
  const t = useT();
  const numbers = (vocabulary?.attributes ?? []).filter(({ type }) => type === "number");
  const key = (label: string, value: string, change: (key: string) => void) => (
    <Choice
      label={label}
      value={value}
      values={numbers.map((one) => one.key)}
      words={(one) => numbers.find((known) => known.key === one)?.label ?? one}
      width={140}
      onChange={change}
    />
  );
  const degrees = (label: string, value: number | null, limit: number, change: (degrees: number | null) => void) => (
    <NumberField
      label={label}
      value={value}
      decimals={6}
      width={124}
      suffix="°"
      onChange={(n) => change(n === null ? null : Math.min(limit, Math.max(-limit, n)))}
    />
  );
  return (
    <>
      <Choice
        label={t("field.state")}
        value={leaf.inside ? "inside" : "outside"}
        values={["inside", "outside"] as const}
        words={(one) => t(`field.${one}`)}
        onChange={(one) => onChange({ ...leaf, inside: one === "inside" })}
      />
      <NumberField
        label={t("field.radius")}
        value={leaf.km}
        min={0}
        width={104}
        suffix=" km"
        onChange={(km) => onChange({ ...leaf, km: km && Math.min(20_000, km) })}
      />
      <span className={shared.word}>{t("field.around")}</span>
      {degrees(t("field.latitude"), leaf.latitude, 90, (latitude) => onChange({ ...leaf, latitude }))}
      {degrees(t("field.longitude"), leaf.longitude, 180, (longitude) => onChange({ ...leaf, longitude }))}
      <span className={shared.word}>{t("field.placeBy")}</span>
      {key(t("field.latitudeKey"), leaf.latitude_key, (latitude_key) => onChange({ ...leaf, latitude_key }))}
      {key(t("field.longitudeKey"), leaf.longitude_key, (longitude_key) => onChange({ ...leaf, longitude_key }))}
    </>
  );
}

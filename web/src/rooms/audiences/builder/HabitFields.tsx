import type { Shape } from "@/api/schema";
import { NumberField } from "@/rooms/people/fields";
import { families, type Leaf, levels, scores, stages } from "../rule";
import { useT } from "../useT";
import { useChannelName } from "../words";
import shared from "./builder.module.css";
import { Choice } from "./Choice";
import { FrequencyFields } from "./FrequencyFields";
import { PeriodFields } from "./PeriodFields";
import { SequenceFields } from "./SequenceFields";

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
  const channelName = useChannelName();
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
            words={channelName}
            onChange={(channel) => onChange({ ...leaf, channel })}
          />
        </>
      );
    case "place":
      return <PlaceFields leaf={leaf} onChange={onChange} vocabulary={vocabulary} />;
  }
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

import { Autocomplete, Select } from "@mantine/core";
import type { Shape } from "@/api/schema";
import { type Leaf, type Op, refit } from "../rule";
import { useT } from "../useT";
import { useChannelName } from "../words";
import css from "./builder.module.css";
import { Choice, YesNo } from "./Choice";
import { CompanyFields } from "./CompanyFields";
import { EventFields } from "./EventFields";
import { HabitFields } from "./HabitFields";
import { MessageFields } from "./MessageFields";
import { ScoreFields } from "./ScoreFields";
import { ValueField } from "./ValueField";

interface Props {
  leaf: Leaf;
  onChange: (leaf: Leaf) => void;
  vocabulary: Shape<"Vocabulary"> | undefined;
  audiences: { id: string; name: string }[];
}

const createdOps: Op[] = ["in_last_days", "not_in_last_days", "during", "before", "after", "on", "between"];

/** The controls of one condition after its subject. */
export function ConditionFields({ leaf, onChange, vocabulary, audiences }: Props) {
  const t = useT();
  const channelName = useChannelName();
  const topics = vocabulary?.topics ?? [];
  const opField = (name: string, op: Op, ops: Op[], change: (op: Op) => void) => (
    <Choice
      label={`${name}: ${t("field.op")}`}
      value={op}
      values={ops}
      words={(one) => t(`op.${one}`)}
      onChange={change}
    />
  );
  switch (leaf.kind) {
    case "company":
      return <CompanyFields leaf={leaf} onChange={onChange} />;
    case "attribute": {
      const known = vocabulary?.attributes.find(({ key }) => key === leaf.key);
      const name = known?.label ?? leaf.key;
      // "is" with several values says the same as "is any of": one operator is enough on screen.
      const ops = (known?.operators ?? [leaf.op]).filter(
        (op) => !(known && (known.type === "text" || known.type === "choice") && (op === "is" || op === "is_not")),
      );
      const order = [...ops].sort((a, b) => rank(a) - rank(b));
      return (
        <>
          {opField(name, leaf.op, order, (op) => onChange({ ...leaf, op, value: refit(leaf.value, leaf.op, op) }))}
          <ValueField
            name={name}
            type={known?.type ?? "text"}
            op={leaf.op}
            value={leaf.value}
            attribute={leaf.key}
            choices={known?.choices}
            onChange={(value) => onChange({ ...leaf, value })}
          />
        </>
      );
    }
    case "created":
      return (
        <>
          {opField(t("subject.created"), leaf.op, createdOps, (op) =>
            onChange({ ...leaf, op, value: refit(leaf.value, leaf.op, op) }),
          )}
          <ValueField
            name={t("subject.created")}
            type="date"
            op={leaf.op}
            value={leaf.value}
            onChange={(value) => onChange({ ...leaf, value })}
          />
        </>
      );
    case "tag":
      return (
        <>
          <Autocomplete
            className={css.text}
            aria-label={t("field.tag")}
            placeholder={t("field.tag")}
            data={vocabulary?.tags ?? []}
            value={leaf.tag}
            onChange={(tag) => onChange({ ...leaf, tag })}
          />
          <YesNo
            value={leaf.has}
            yes={t("field.has")}
            no={t("field.hasNot")}
            onChange={(has) => onChange({ ...leaf, has })}
          />
        </>
      );
    case "identity":
      return (
        <YesNo
          value={leaf.has}
          yes={t("field.knownHas")}
          no={t("field.knownNot")}
          onChange={(has) => onChange({ ...leaf, has })}
        />
      );
    case "audience":
      return (
        <>
          <YesNo
            value={leaf.member}
            yes={t("field.in")}
            no={t("field.notIn")}
            onChange={(member) => onChange({ ...leaf, member })}
          />
          <Select
            className={css.values}
            aria-label={t("field.audience")}
            placeholder={t("field.choose")}
            searchable
            allowDeselect={false}
            value={leaf.audience || null}
            data={audiences.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(audience) => audience && onChange({ ...leaf, audience })}
          />
        </>
      );
    case "consent":
      return (
        <>
          <Choice
            label={t("field.state")}
            value={leaf.state}
            values={["granted", "withdrawn", "none"]}
            words={(one) => t(`field.${one}`)}
            onChange={(state) => onChange({ ...leaf, state })}
          />
          <Choice
            label={t("field.topic")}
            placeholder={t("field.choose")}
            value={leaf.topic}
            values={topics.map(({ key }) => key)}
            words={(one) => topics.find(({ key }) => key === one)?.name ?? one}
            onChange={(topic) => onChange({ ...leaf, topic })}
          />
          <span className={css.word}>{t("field.by")}</span>
          <Choice
            width={104}
            label={t("field.channel")}
            value={leaf.channel}
            values={vocabulary?.channels ?? [leaf.channel]}
            words={channelName}
            onChange={(channel) => onChange({ ...leaf, channel })}
          />
        </>
      );
    case "event":
      return <EventFields leaf={leaf} onChange={onChange} events={vocabulary?.events ?? []} />;
    case "score":
      return <ScoreFields leaf={leaf} onChange={onChange} scores={vocabulary?.scores ?? []} />;
    case "message":
      return <MessageFields leaf={leaf} onChange={onChange} campaigns={vocabulary?.campaigns ?? []} />;
    default:
      return <HabitFields leaf={leaf} onChange={onChange} vocabulary={vocabulary} />;
  }
}

const ranks: Op[] = [
  "any_of",
  "none_of",
  "is_true",
  "is_false",
  "in_last_days",
  "not_in_last_days",
  "in_next_days",
  "during",
  "anniversary_in_days",
  "anniversary_during",
  "le",
  "ge",
  "lt",
  "gt",
  "between",
];
const rank = (op: Op) => (ranks.includes(op) ? ranks.indexOf(op) : op === "known" ? 90 : op === "unknown" ? 91 : 50);

import { Autocomplete, Select } from "@mantine/core";
import type { Shape } from "@/api/schema";
import { type Leaf, type Op, refit } from "../rule";
import { useT } from "../useT";
import css from "./builder.module.css";
import { CompanyFields } from "./CompanyFields";
import { EventFields } from "./EventFields";
import { HabitFields } from "./HabitFields";
import { MessageFields } from "./MessageFields";
import { ValueField } from "./ValueField";

interface Props {
  leaf: Leaf;
  onChange: (leaf: Leaf) => void;
  vocabulary: Shape<"Vocabulary"> | undefined;
  audiences: { id: string; name: string }[];
}

const createdOps: Op[] = ["in_last_days", "not_in_last_days", "during", "before", "after", "on", "between"];
const channels = ["email", "sms", "push"] as const;

/** The controls of one condition after its subject. */
export function ConditionFields({ leaf, onChange, vocabulary, audiences }: Props) {
  const t = useT();
  const opField = (name: string, op: Op, ops: Op[], change: (op: Op) => void) => (
    <Select
      w={170}
      aria-label={`${name}: ${t("field.op")}`}
      allowDeselect={false}
      value={op}
      maxDropdownHeight={360}
      data={ops.map((value) => ({ value, label: t(`op.${value}`) }))}
      onChange={(value) => value && change(value as Op)}
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
          <Select
            w={170}
            aria-label={t("field.state")}
            allowDeselect={false}
            value={leaf.state}
            data={(["granted", "withdrawn", "none"] as const).map((value) => ({ value, label: t(`field.${value}`) }))}
            onChange={(state) => state && onChange({ ...leaf, state: state as typeof leaf.state })}
          />
          <Select
            w={170}
            aria-label={t("field.topic")}
            placeholder={t("field.choose")}
            allowDeselect={false}
            value={leaf.topic || null}
            data={(vocabulary?.topics ?? []).map(({ key, name }) => ({ value: key, label: name }))}
            onChange={(topic) => topic && onChange({ ...leaf, topic })}
          />
          <span className={css.word}>{t("field.by")}</span>
          <Select
            w={104}
            aria-label={t("field.channel")}
            allowDeselect={false}
            value={leaf.channel}
            data={channels.map((value) => ({ value, label: t(`channel.${value}`) }))}
            onChange={(channel) => channel && onChange({ ...leaf, channel })}
          />
        </>
      );
    case "event":
      return <EventFields leaf={leaf} onChange={onChange} events={vocabulary?.events ?? []} />;
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

function YesNo({
  value,
  yes,
  no,
  onChange,
}: {
  value: boolean;
  yes: string;
  no: string;
  onChange: (value: boolean) => void;
}) {
  const t = useT();
  return (
    <Select
      w={170}
      aria-label={t("field.state")}
      allowDeselect={false}
      value={value ? "yes" : "no"}
      data={[
        { value: "yes", label: yes },
        { value: "no", label: no },
      ]}
      onChange={(next) => onChange(next === "yes")}
    />
  );
}

import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { minorDigits, useFormat } from "@/lib/format";
import { MoneyField, NumberField } from "@/rooms/people/fields";
import type { Leaf } from "../rule";
import { useT } from "../useT";
import shared from "./builder.module.css";
import { Choice } from "./Choice";
import css from "./EventFields.module.css";
import { EventName } from "./EventName";
import { MeasureFields, newMeasure } from "./MeasureFields";
import { PeriodFields } from "./PeriodFields";
import { newProperty, WhereFields } from "./PropertyFields";

type EventLeaf = Leaf & { kind: "event" };

/** Which event, whether it happened, how often, when, and what is known of it. */
export function EventFields({
  leaf,
  onChange,
  events,
}: {
  leaf: EventLeaf;
  onChange: (leaf: Leaf) => void;
  events: string[];
}) {
  const t = useT();
  const { currency } = useFormat();
  return (
    <>
      <EventName
        label={t("field.event")}
        name={leaf.name}
        events={events}
        onChange={(name) => onChange({ ...leaf, name })}
      />
      <Choice
        label={t("field.state")}
        value={leaf.did ? "did" : "didNot"}
        values={["did", "didNot"] as const}
        words={(one) => t(`field.${one}`)}
        width={148}
        onChange={(one) => onChange({ ...leaf, ...ONCE, did: one === "did", total_at_least: null, measure: null })}
      />
      {leaf.did && <TimesFields leaf={leaf} onChange={onChange} />}
      <PeriodFields value={leaf} ever={leaf.which === "any"} onChange={(when) => onChange({ ...leaf, ...when })} />
      {leaf.total_at_least != null && (
        <span className={css.part}>
          <span className={shared.word}>{t("field.total")}</span>
          <MoneyField
            label={t("field.total")}
            value={leaf.total_at_least}
            min={0}
            onChange={(amount) => onChange({ ...leaf, total_at_least: Math.max(1, amount ?? 0) })}
          />
          <ActionIcon
            aria-label={t("field.removeTotal")}
            size={24}
            onClick={() => onChange({ ...leaf, total_at_least: null })}
          >
            <IconX size={14} />
          </ActionIcon>
        </span>
      )}
      {leaf.measure && (
        <MeasureFields
          name={leaf.name}
          events={events}
          measure={leaf.measure}
          onChange={(measure) => onChange({ ...leaf, measure })}
        />
      )}
      <WhereFields
        name={leaf.name}
        where={leaf.where}
        events={events}
        onChange={(where) => onChange({ ...leaf, where })}
      />
      <span className={css.adders}>
        <button
          type="button"
          className={css.adder}
          onClick={() => onChange({ ...leaf, where: [...leaf.where, newProperty()] })}
        >
          {t("field.addProperty")}
        </button>
        {leaf.did && leaf.which === "any" && !leaf.measure && (
          <button
            type="button"
            className={css.adder}
            onClick={() => onChange({ ...leaf, measure: newMeasure(minorDigits(currency)) })}
          >
            {t("field.addMeasure")}
          </button>
        )}
      </span>
    </>
  );
}

const ONCE = { at_least: null, at_most: null, which: "any" } as const;
const HOW_OFTEN = ["once", "least", "most", "exactly", "first", "last"] as const;
type HowOften = (typeof HOW_OFTEN)[number];

function howOften({ which, at_least, at_most }: EventLeaf): HowOften {
  if (which !== "any") return which;
  if (at_least != null) return at_least === at_most ? "exactly" : "least";
  return at_most != null ? "most" : "once";
}

const changes: Record<HowOften, Partial<EventLeaf>> = {
  once: ONCE,
  least: { ...ONCE, at_least: 2 },
  most: { ...ONCE, at_most: 1 },
  exactly: { ...ONCE, at_least: 1, at_most: 1 },
  first: { ...ONCE, which: "first", total_at_least: null, measure: null },
  last: { ...ONCE, which: "last", total_at_least: null, measure: null },
};

/** How often, or whether the first or the last time is meant. */
function TimesFields({ leaf, onChange }: { leaf: EventLeaf; onChange: (leaf: Leaf) => void }) {
  const t = useT();
  const times = howOften(leaf);
  const choose = (next: HowOften) => {
    const bound = leaf.within_days != null || leaf.calendar != null || leaf.since != null || leaf.until != null;
    const edge = next === "first" || next === "last";
    onChange({ ...leaf, ...changes[next], ...(edge && !bound && { within_days: 30 }) });
  };
  const counted = times === "least" || times === "most" || times === "exactly";
  return (
    <>
      <Choice
        label={t("field.times")}
        value={times}
        values={HOW_OFTEN}
        words={(one) => t(`field.${one}`)}
        width={160}
        onChange={choose}
      />
      {counted && (
        <NumberField
          label={t("field.count")}
          value={leaf.at_least ?? leaf.at_most}
          whole
          min={0}
          width={92}
          suffix={` ${t("field.timesUnit")}`}
          onChange={(n) =>
            onChange({
              ...leaf,
              at_least: times === "most" ? null : (n ?? 1),
              at_most: times === "least" ? null : (n ?? 0),
            })
          }
        />
      )}
    </>
  );
}

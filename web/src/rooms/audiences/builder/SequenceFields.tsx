import { NumberField } from "@/rooms/people/fields";
import type { Leaf, Step } from "../rule";
import { useT } from "../useT";
import { Choice } from "./Choice";
import css from "./EventFields.module.css";
import { EventName } from "./EventName";
import { PeriodFields } from "./PeriodFields";
import { newProperty, WhereFields } from "./PropertyFields";

const HOURS_A_DAY = 24;

/** One event and then another, or not, within some time. */
export function SequenceFields({
  leaf,
  onChange,
  events,
}: {
  leaf: Leaf & { kind: "sequence" };
  onChange: (leaf: Leaf) => void;
  events: string[];
}) {
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

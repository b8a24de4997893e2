import { NumberField } from "@/rooms/people/fields";
import type { Leaf } from "../rule";
import { useT } from "../useT";
import shared from "./builder.module.css";
import { Choice } from "./Choice";
import css from "./EventFields.module.css";
import { EventName } from "./EventName";
import { newProperty, WhereFields } from "./PropertyFields";

/** How often a week an event happens. */
export function FrequencyFields({
  leaf,
  onChange,
  events,
}: {
  leaf: Leaf & { kind: "frequency" };
  onChange: (leaf: Leaf) => void;
  events: string[];
}) {
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

import { ActionIcon, Autocomplete } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { type Measure, type Op, refit } from "../rule";
import { useT } from "../useT";
import shared from "./builder.module.css";
import { Choice } from "./Choice";
import css from "./EventFields.module.css";
import { useEventProperties } from "./PropertyFields";
import { ValueField } from "./ValueField";

/** A measure to begin with: a sum of amounts of at least a hundred. */
export const newMeasure = (digits: number): Measure => ({
  of: "sum",
  property: null,
  op: "ge",
  value: 10 ** (digits + 2),
});

const kinds: Measure["of"][] = ["sum", "avg", "min", "max"];
const ops: Op[] = ["ge", "gt", "le", "lt", "between"];

/** The sum, average, least or greatest value of the events' amount or of a property. */
export function MeasureFields({
  name,
  events,
  measure,
  onChange,
}: {
  name: string;
  events: string[];
  measure: Measure;
  onChange: (measure: Measure | null) => void;
}) {
  const t = useT();
  const numeric = useEventProperties(name, events, true).filter(({ type }) => type === "number");
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be laid out as a row
    <span className={css.part} role="group" aria-label={t("field.measure")}>
      <Choice
        label={t("field.measure")}
        value={measure.of}
        values={kinds}
        words={(one) => t(`field.${one}`)}
        width={160}
        onChange={(of) => onChange({ ...measure, of })}
      />
      <Autocomplete
        className={shared.text}
        aria-label={t("field.measured")}
        placeholder={t("field.amount")}
        data={numeric.map(({ property }) => property)}
        value={measure.property ?? ""}
        maxLength={200}
        onChange={(property) =>
          onChange({
            ...measure,
            property: property || null,
            // an amount is a number of minor units, a property is as it is
            ...((property === "") !== (measure.property === null) && { value: null }),
          })
        }
      />
      <Choice
        label={t("field.op")}
        value={measure.op}
        values={ops}
        words={(one) => t(`op.${one}`)}
        width={150}
        onChange={(op) => onChange({ ...measure, op, value: refit(measure.value, measure.op, op) })}
      />
      <ValueField
        name={t("field.measure")}
        type={measure.property === null ? "money" : "number"}
        op={measure.op}
        value={measure.value}
        onChange={(value) => onChange({ ...measure, value })}
      />
      <ActionIcon aria-label={t("field.removeMeasure")} size={24} onClick={() => onChange(null)}>
        <IconX size={14} />
      </ActionIcon>
    </span>
  );
}

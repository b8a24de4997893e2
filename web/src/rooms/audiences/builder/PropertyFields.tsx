import { ActionIcon, Autocomplete } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { type Op, type Property, refit } from "../rule";
import { useT } from "../useT";
import { Choice } from "./Choice";
import css from "./EventFields.module.css";
import { ValueField } from "./ValueField";

/** What an event's properties must be: conditions one below the other, and the button for another one. */
export function WhereFields({
  name,
  where,
  events,
  onChange,
}: {
  name: string;
  where: Property[];
  events: string[];
  onChange: (where: Property[]) => void;
}) {
  const offered = useEventProperties(name, events, where.length > 0);
  return where.map((property, index) => (
    <PropertyFields
      key={index}
      property={property}
      offered={offered}
      onChange={(next) => onChange(where.flatMap((one, at) => (at === index ? (next ? [next] : []) : [one])))}
    />
  ));
}

/** A condition on a property to begin with. */
export const newProperty = (): Property => ({ property: "", type: "text", op: "is", value: "" });

/** The properties that such events have, with their types. */
export function useEventProperties(name: string, events: string[], enabled: boolean): Shape<"EventProperty">[] {
  const found = useGet(
    "/events/properties",
    { query: { name } },
    { enabled: enabled && events.includes(name), slow: true },
  );
  return found.data ?? [];
}

export const propertyOps: Record<Property["type"], Op[]> = {
  text: ["is", "is_not", "contains", "not_contains", "starts_with", "known", "unknown"],
  number: ["is", "is_not", "lt", "le", "gt", "ge", "between", "known", "unknown"],
  boolean: ["is_true", "is_false", "known", "unknown"],
};
export const beginnings: Record<Property["type"], { op: Op; value: Property["value"] }> = {
  text: { op: "is", value: "" },
  number: { op: "ge", value: null },
  boolean: { op: "is_true", value: null },
};

function PropertyFields({
  property,
  offered,
  onChange,
}: {
  property: Property;
  offered: Shape<"EventProperty">[];
  onChange: (property: Property | undefined) => void;
}) {
  const t = useT();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be laid out as a row
    <span className={css.part} role="group" aria-label={`${t("field.property")} ${property.property}`}>
      <Autocomplete
        w={180}
        aria-label={t("field.property")}
        placeholder={t("field.property")}
        data={offered.map((one) => one.property)}
        value={property.property}
        maxLength={200}
        onChange={(name) => {
          const type = offered.find((one) => one.property === name)?.type ?? property.type;
          onChange({ ...property, property: name, ...(type !== property.type && { type, ...beginnings[type] }) });
        }}
      />
      <Choice
        width={112}
        label={t("field.propertyType")}
        value={property.type}
        values={["text", "number", "boolean"] as const}
        words={(one) => t(`field.${one}`)}
        onChange={(type) => onChange({ ...property, type, ...beginnings[type] })}
      />
      <Choice
        width={150}
        label={t("field.op")}
        value={property.op}
        values={propertyOps[property.type]}
        words={(one) => t(`op.${one}`)}
        onChange={(op) => onChange({ ...property, op, value: refit(property.value, property.op, op) })}
      />
      <ValueField
        name={property.property || t("field.value")}
        type={property.type}
        op={property.op}
        value={property.value}
        onChange={(value) => onChange({ ...property, value })}
      />
      <ActionIcon
        aria-label={t("field.removeProperty", { name: property.property })}
        size={24}
        onClick={() => onChange(undefined)}
      >
        <IconX size={14} />
      </ActionIcon>
    </span>
  );
}

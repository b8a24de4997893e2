import { MultiSelect, TagsInput, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useLooseGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { BareDay, MoneyField, NumberField } from "@/rooms/people/fields";
import { type Op, slotOf, type Value } from "../rule";
import { useT } from "../useT";
import css from "./builder.module.css";
import { CalendarField } from "./PeriodFields";

interface Props {
  op: Op;
  type: "text" | "number" | "money" | "date" | "boolean" | "choice";
  value: Value;
  onChange: (value: Value) => void;
  /** What the value is of, for screen readers: "Area". */
  name: string;
  /** The attribute whose real values are offered. */
  attribute?: string;
  choices?: string[];
}

/** The value of a comparison, by its type: days, numbers and money as the reader writes them, known values to choose from. */
export function ValueField(props: Props) {
  const t = useT();
  const { op, value, onChange, name, type } = props;
  switch (slotOf(op)) {
    case "none":
      return null;
    case "days":
      return (
        <NumberField
          label={`${name}, ${t("field.days")}`}
          value={value}
          onChange={onChange}
          whole
          min={0}
          suffix={` ${t("field.daysUnit")}`}
          width={104}
        />
      );
    case "calendar":
      return <CalendarField label={name} value={typeof value === "string" ? value : ""} onChange={onChange} />;
    case "many":
      return <ManyValues {...props} />;
    case "two": {
      const [low, high] = Array.isArray(value) ? value : [null, null];
      const both = (next: [unknown, unknown]) => onChange(next as Value);
      const date = type === "date";
      return (
        <>
          <OneValue
            {...props}
            name={`${name}, ${t(date ? "field.from" : "field.low")}`}
            value={low ?? null}
            onChange={(next) => both([next, high ?? null])}
          />
          <span className={css.word}>{t("and")}</span>
          <OneValue
            {...props}
            name={`${name}, ${t(date ? "field.to" : "field.high")}`}
            value={high ?? null}
            onChange={(next) => both([low ?? null, next])}
          />
        </>
      );
    }
    case "one":
      return <OneValue {...props} />;
  }
}

function OneValue({ type, value, onChange, name }: Props) {
  if (type === "date") return <BareDay label={name} value={value} onChange={onChange} />;
  if (type === "number") return <NumberField label={name} value={value} onChange={onChange} width={112} />;
  if (type === "money") return <MoneyField label={name} value={value} onChange={onChange} />;
  return (
    <TextInput
      className={css.text}
      aria-label={name}
      value={typeof value === "string" ? value : ""}
      maxLength={500}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** Several values: of a choice from its list, of a text from what people really have, or typed. */
function ManyValues({ value, onChange, name, attribute, choices, type }: Props) {
  const t = useT();
  const format = useFormat();
  const [text, setText] = useState("");
  const [q] = useDebouncedValue(text, 200);
  const [asked, setAsked] = useState(false);
  const closed = type === "choice" && !!choices?.length;
  const known = useLooseGet<Shape<"ValueCount">[]>(
    "/audiences/values",
    { query: { attribute, q: closed ? undefined : q } },
    { enabled: asked && !!attribute, slow: true },
  );
  const counts = new Map(known.data?.map(({ value: one, people }) => [one, people]));
  const values = Array.isArray(value) ? value.map(String) : [];
  const shared = {
    "aria-label": name,
    className: css.values,
    value: values,
    onChange: (next: string[]) => onChange(next),
    onFocus: () => setAsked(true),
    placeholder: values.length ? undefined : t(closed ? "field.choose" : "field.values"),
    maxDropdownHeight: 280,
    renderOption: ({ option }: { option: { value: string; label?: string } }) => (
      <span className={css.option}>
        <span>{option.label ?? option.value}</span>
        {counts.has(option.value) && (
          <span className={css.optionCount}>{format.number(counts.get(option.value) ?? 0)}</span>
        )}
      </span>
    ),
  };
  if (closed)
    return (
      <MultiSelect {...shared} data={[...new Set([...(choices ?? []), ...values])]} searchable hidePickedOptions />
    );
  return (
    <TagsInput
      {...shared}
      data={[...new Set([...counts.keys(), ...values])]}
      searchValue={text}
      onSearchChange={setText}
      acceptValueOnBlur
    />
  );
}

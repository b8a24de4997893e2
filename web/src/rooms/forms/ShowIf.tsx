import { Checkbox, MultiSelect, Select, TextInput } from "@mantine/core";
import type { Condition, Field } from "./definition";
import css from "./forms.module.css";
import { useT } from "./useT";

interface Props {
  condition: Condition | null;
  /** The fields it may look at. */
  above: Field[];
  onChange: (condition: Condition | null) => void;
}

const compares: Condition["compare"][] = ["is", "is_not", "answered", "not_answered", "at_least", "at_most"];

/** Shows a field only where an earlier answer is so. */
export function ShowIf({ condition, above, onChange }: Props) {
  const t = useT();
  const looked = above.find(({ id }) => id === condition?.field);
  const options = looked ? answersOf(looked, t("other.word"), t("yes")) : undefined;
  const valued = condition && !condition.compare.endsWith("answered");
  return (
    <div className={css.showIf}>
      <Checkbox
        label={t("showIf")}
        checked={condition !== null}
        onChange={(event) => {
          const last = above.at(-1);
          onChange(event.currentTarget.checked && last ? { field: last.id, compare: "answered", values: [] } : null);
        }}
      />
      {condition && (
        <div className={css.pair}>
          <Select
            label={t("showIf.field")}
            allowDeselect={false}
            data={above.map(({ id, label }) => ({ value: id, label: label || id }))}
            value={condition.field}
            onChange={(field) => field && onChange({ field, compare: "answered", values: [] })}
          />
          <Select
            label={t("showIf.compare")}
            allowDeselect={false}
            data={compares.map((value) => ({ value, label: t(`compare.${value}`) }))}
            value={condition.compare}
            onChange={(compare) => compare && onChange({ ...condition, compare: compare as Condition["compare"] })}
          />
          {valued &&
            (options && !condition.compare.startsWith("at_") ? (
              <MultiSelect
                searchable
                label={t("showIf.values")}
                data={options}
                value={condition.values}
                onChange={(values) => onChange({ ...condition, values })}
              />
            ) : (
              <TextInput
                label={t("showIf.values")}
                value={condition.values[0] ?? ""}
                onChange={(event) => onChange({ ...condition, values: [event.currentTarget.value] })}
              />
            ))}
        </div>
      )}
    </div>
  );
}

/** What a field can be answered with; undefined where anything can be written. */
function answersOf(field: Field, other: string, yes: string): { value: string; label: string }[] | undefined {
  if (field.kind === "tick" || field.kind === "consent") return [{ value: "yes", label: yes }];
  if (field.kind === "scale" || field.kind === "nps") {
    const [least, most] = field.kind === "nps" ? [0, 10] : [field.least ?? 1, field.most ?? 5];
    return Array.from({ length: most - least + 1 }, (_, at) => ({ value: `${least + at}`, label: `${least + at}` }));
  }
  if (field.kind !== "choice" && field.kind !== "choices") return undefined;
  const options = (field.options ?? []).map(({ value, label }) => ({ value, label }));
  return field.other ? [...options, { value: "other", label: other }] : options;
}

import { Select } from "@mantine/core";
import { useT } from "../useT";

/** One of a few words, or of names. */
export function Choice<Value extends string>({
  label,
  value,
  values,
  words,
  onChange,
  width = 170,
  placeholder,
}: {
  label: string;
  value: Value | "";
  values: readonly Value[];
  words: (value: Value) => string;
  onChange: (value: Value) => void;
  width?: number;
  placeholder?: string;
}) {
  return (
    <Select
      w={width}
      aria-label={label}
      placeholder={placeholder}
      maxDropdownHeight={360}
      allowDeselect={false}
      value={value || null}
      data={values.map((one) => ({ value: one, label: words(one) }))}
      onChange={(next) => next && onChange(next as Value)}
    />
  );
}

/** One of two answers. */
export function YesNo({
  value,
  yes,
  no,
  onChange,
  width = 170,
}: {
  value: boolean;
  yes: string;
  no: string;
  onChange: (value: boolean) => void;
  width?: number;
}) {
  const t = useT();
  return (
    <Choice
      label={t("field.state")}
      value={value ? "yes" : "no"}
      values={["yes", "no"]}
      words={(one) => (one === "yes" ? yes : no)}
      onChange={(one) => onChange(one === "yes")}
      width={width}
    />
  );
}

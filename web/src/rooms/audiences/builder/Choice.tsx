import { Select } from "@mantine/core";

/** One of a few words. */
export function Choice<Value extends string>({
  label,
  value,
  values,
  words,
  onChange,
  width = 170,
}: {
  label: string;
  value: Value | "";
  values: readonly Value[];
  words: (value: Value) => string;
  onChange: (value: Value) => void;
  width?: number;
}) {
  return (
    <Select
      w={width}
      aria-label={label}
      allowDeselect={false}
      value={value || null}
      data={values.map((one) => ({ value: one, label: words(one) }))}
      onChange={(next) => next && onChange(next as Value)}
    />
  );
}

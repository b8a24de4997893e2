import { Select } from "@mantine/core";
import { useMembers } from "./members";
import { useT } from "./useT";

interface Props {
  /** A member's id. */
  value: string | null;
  onChange: (id: string | null) => void;
  label?: string;
  /** Named for screen readers only, where the field stands in a row. */
  hidden?: boolean;
  placeholder?: string;
  /** False: somebody has to be chosen. */
  clearable?: boolean;
  /** Guests of the workspace can be chosen too. Default true. */
  guests?: boolean;
  disabled?: boolean;
  size?: "xs" | "sm" | "md";
  /** Shown while a value is not a member any more. */
  formerName?: string;
}

/** A field for one member of the workspace, found by typing. */
export function PersonPicker({
  value,
  onChange,
  label,
  hidden,
  guests = true,
  formerName,
  size = "sm",
  ...rest
}: Props) {
  const t = useT();
  const members = useMembers();
  const data = members
    .filter(({ user_id, role }) => guests || role !== "guest" || user_id === value)
    .map(({ user_id, name }) => ({ value: user_id, label: name }));
  if (value && !data.some((one) => one.value === value))
    data.unshift({ value, label: formerName ? t("picker.left", { name: formerName }) : t("someone") });
  const name = label ?? t("picker.label");
  return (
    <Select
      {...rest}
      size={size}
      label={hidden || !label ? undefined : name}
      aria-label={hidden || !label ? name : undefined}
      placeholder={rest.placeholder ?? t("picker.none")}
      searchable
      clearable={rest.clearable ?? true}
      data={data}
      value={value}
      nothingFoundMessage={t("picker.nobody")}
      onChange={onChange}
    />
  );
}

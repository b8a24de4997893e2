import { Select } from "@mantine/core";
import type { Shape } from "@/api/schema";
import { useT } from "./useT";

export type Role = Shape<"Role">;
export const roles: Role[] = ["owner", "manager", "creator", "approver", "analyst", "guest"];

/** The name of a role in the reader's language. */
export function useRoleName(): (role: Role) => string {
  const t = useT();
  return (role) => t(`role.${role}`);
}

/** What a role may do, in plain words. */
export function RoleText({ role }: { role: Role }) {
  const t = useT();
  return <>{t(`role.${role}.may`)}</>;
}

interface Props {
  value: Role;
  onChange: (role: Role) => void;
  /** With a label and the explanation under it; without, bare for a table row. */
  label?: string;
  name?: string;
}

/** A role; each option says what it may do. */
export function RoleField({ value, onChange, label, name }: Props) {
  const t = useT();
  const roleName = useRoleName();
  return (
    <Select
      label={label}
      aria-label={label ? undefined : t("members.roleOf", { name: name ?? "" })}
      size={label ? "sm" : "xs"}
      value={value}
      allowDeselect={false}
      comboboxProps={{ width: 320, position: "bottom-start" }}
      data={roles.map((role) => ({ value: role, label: roleName(role) }))}
      renderOption={({ option }) => (
        <span>
          <strong style={{ fontWeight: 550 }}>{option.label}</strong>
          <br />
          <small style={{ color: "var(--g-muted)" }}>
            <RoleText role={option.value as Role} />
          </small>
        </span>
      )}
      onChange={(role) => role && onChange(role as Role)}
    />
  );
}

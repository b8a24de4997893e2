import type { PasswordInputProps } from "@mantine/core";
import { PasswordField as Field } from "@/ui/PasswordField";
import { useT } from "./useT";

/** As in accounts/rules.py. */
const LEAST = 10;

interface Props extends Omit<PasswordInputProps, "onChange"> {
  value: string;
  onChange: (value: string) => void;
  /** It is chosen here, not proved. */
  fresh?: boolean;
}

/** A password of an account. */
export function PasswordField({ fresh = false, onChange, ...props }: Props) {
  const t = useT();
  return (
    <Field
      label={t("field.password")}
      description={fresh ? t("field.password.note") : undefined}
      name="password"
      autoComplete={fresh ? "new-password" : "current-password"}
      required
      minLength={fresh ? LEAST : undefined}
      data-missing={t("field.missing.password")}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...props}
    />
  );
}

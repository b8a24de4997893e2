import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { useT } from "./useT";

/** A password, which can be looked at while it is typed. */
export function PasswordField(props: PasswordInputProps) {
  const t = useT();
  return <PasswordInput visibilityToggleButtonProps={{ "aria-label": t("password.show") }} {...props} />;
}

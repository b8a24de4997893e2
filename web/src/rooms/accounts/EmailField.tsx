import { TextInput } from "@mantine/core";
import { useT } from "./useT";

interface Props {
  value: string;
  onChange: (value: string) => void;
  autoFocus?: boolean;
}

/** The address somebody signs in with. In a file of its own: the sign-in page needs no other field. */
export function EmailField({ value, onChange, autoFocus }: Props) {
  const t = useT();
  return (
    <TextInput
      label={t("field.email")}
      type="email"
      name="email"
      autoComplete="username"
      required
      withAsterisk={false}
      autoFocus={autoFocus}
      maxLength={254}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

import { TextInput, type TextInputProps } from "@mantine/core";
import { useT } from "./useT";

interface Props extends Omit<TextInputProps, "onChange" | "type"> {
  value: string;
  onChange: (value: string) => void;
}

/**
 * An email address. The browser's own type for it refuses letters that addresses may have (“zoë@…”); ours asks for
 * something on both sides of the sign, and the server looks closer.
 */
export function EmailField({ onChange, ...props }: Props) {
  const t = useT();
  return (
    <TextInput
      name="email"
      inputMode="email"
      pattern="\s*[^@\s]+@[^@\s]+\s*"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={254}
      data-missing={t("wrong.missing.email")}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...props}
    />
  );
}

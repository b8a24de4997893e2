import { Button, type ButtonProps } from "@mantine/core";
import type { ComponentPropsWithoutRef } from "react";
import { say } from "./tray";
import { useT } from "./useT";

type Reason = "missing" | "unchanged" | "saving" | "errors" | "before";

interface Props extends ButtonProps, Omit<ComponentPropsWithoutRef<"button">, keyof ButtonProps> {
  /** Why it can't be pressed now: one of the usual reasons, or a sentence. */
  why?: Reason | { sentence: string };
}

/** A button that says why it can't be pressed while it can't: on hover, to who hears the page, and when it is pressed. */
export function Act({ disabled, why, loading, onClick, ...rest }: Props) {
  const t = useT();
  if (!disabled || loading) return <Button {...rest} loading={loading} onClick={onClick} />;
  const reason = why ?? (rest.type === "submit" ? "missing" : "before");
  const sentence = typeof reason === "string" ? t(`why.${reason}`) : reason.sentence;
  return (
    <Button
      {...rest}
      data-disabled
      aria-disabled
      title={sentence}
      onClick={(event) => {
        event.preventDefault();
        say(sentence);
      }}
    />
  );
}

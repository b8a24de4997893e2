import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { request } from "@/api/client";
import type { ApiError } from "@/api/errors";
import { A } from "@/lib/links";
import { EmailField } from "@/ui/EmailField";
import { FormError } from "@/ui/states";
import { OutsideFrame } from "./OutsideFrame";
import css from "./OutsideFrame.module.css";
import { useT } from "./useT";

/** Asks for a link for a new password. What it says afterwards is the same whether the address is a member's or not. */
export default function ForgotPage() {
  const t = useT();
  const [email, setEmail] = useState("");
  const ask = useMutation<unknown, ApiError>({
    mutationFn: () => request("post", "/api/v1/password-links", { body: { email } }),
  });
  if (ask.isSuccess) {
    return (
      <OutsideFrame title={t("forgot.sent")} text={t("forgot.sent.text", { email })}>
        <p className={css.hint} role="status">
          {t("forgot.none")}
        </p>
        <p className={css.hint}>
          <A to="/sign-in" outside>
            {t("forgot.back")}
          </A>
        </p>
      </OutsideFrame>
    );
  }
  return (
    <OutsideFrame title={t("forgot.title")} text={t("forgot.text")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          ask.mutate();
        }}
      >
        <EmailField
          label={t("field.email")}
          autoComplete="username"
          required
          autoFocus
          value={email}
          onChange={setEmail}
        />
        <FormError error={ask.error} />
        <Button type="submit" size="md" loading={ask.isPending}>
          {t("forgot.action")}
        </Button>
      </form>
      <p className={css.hint}>
        <A to="/sign-in" outside>
          {t("forgot.back")}
        </A>
      </p>
    </OutsideFrame>
  );
}

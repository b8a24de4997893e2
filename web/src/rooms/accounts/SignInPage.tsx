import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { request } from "@/api/client";
import type { ApiError } from "@/api/errors";
import { A, useGo } from "@/lib/links";
import { useParam } from "@/lib/url";
import { EmailField } from "@/ui/EmailField";
import { FormError } from "@/ui/states";
import { OutsideFrame } from "./OutsideFrame";
import css from "./OutsideFrame.module.css";
import { PasswordField } from "./PasswordField";
import { useT } from "./useT";

/** Where to go after signing in: a path of this site only, never another address. */
export function safeBack(back: string): string {
  return /^\/(?![/\\])/.test(back) ? back : "/";
}

export default function SignInPage() {
  const t = useT();
  const go = useGo();
  const client = useQueryClient();
  const [back] = useParam("back", "/");
  const [changed] = useParam("changed");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const signIn = useMutation<unknown, ApiError>({
    mutationFn: () => request("post", "/api/v1/session", { body: { email, password } }),
    onSuccess: () => {
      client.clear();
      go(safeBack(back), { outside: true, replace: true });
    },
  });
  const why = changed ? t("signIn.changed") : back === "/" ? undefined : t("signIn.back");
  return (
    <OutsideFrame title={t("signIn.title")} text={why}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate();
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
        <PasswordField value={password} onChange={setPassword} />
        <FormError error={signIn.error} />
        <Button type="submit" size="md" loading={signIn.isPending}>
          {t("signIn.action")}
        </Button>
      </form>
      <p className={css.hint}>
        <A to="/forgot-password" outside>
          {t("signIn.forgot")}
        </A>
      </p>
      <p className={css.hint}>{t("signIn.new")}</p>
    </OutsideFrame>
  );
}

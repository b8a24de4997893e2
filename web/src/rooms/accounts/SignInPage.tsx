import { Button, PasswordInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { request } from "@/api/client";
import { A, useGo } from "@/lib/links";
import { useParam } from "@/lib/url";
import { FormError } from "@/ui/states";
import { EmailField } from "./EmailField";
import { OutsideFrame } from "./OutsideFrame";
import css from "./OutsideFrame.module.css";
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
  const signIn = useMutation({
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
        <EmailField autoFocus value={email} onChange={setEmail} />
        <PasswordInput
          label={t("field.password")}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
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

import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { request } from "@/api/client";
import type { ApiError } from "@/api/errors";
import type { Shape } from "@/api/schema";
import { useGo } from "@/lib/links";
import { useParam } from "@/lib/url";
import { Await, FormError } from "@/ui/states";
import { OutsideFrame } from "./OutsideFrame";
import { PasswordField } from "./PasswordField";
import { useT } from "./useT";

/** Where a link for a new password leads. */
export default function NewPasswordPage() {
  const [token] = useParam("token");
  const link = useQuery<Shape<"LinkState">, ApiError>({
    queryKey: ["password link", token],
    queryFn: () => request("get", "/api/v1/password-links", { query: { token } }),
  });
  return (
    <Await query={link}>
      {({ open, email }) => (open && email ? <NewPassword token={token} email={email} /> : <Gone />)}
    </Await>
  );
}

function Gone() {
  const t = useT();
  return (
    <OutsideFrame title={t("newPassword.gone")} text={t("newPassword.gone.text")}>
      <form action="/forgot-password">
        <Button type="submit" size="md">
          {t("newPassword.gone.action")}
        </Button>
      </form>
    </OutsideFrame>
  );
}

function NewPassword({ token, email }: { token: string; email: string }) {
  const t = useT();
  const go = useGo();
  const client = useQueryClient();
  const [password, setPassword] = useState("");
  const save = useMutation<unknown, ApiError>({
    mutationFn: () => request("post", "/api/v1/password-links/use", { body: { token, password } }),
    onSuccess: () => {
      client.clear();
      go("/sign-in?changed=1", { outside: true, replace: true });
    },
  });
  return (
    <OutsideFrame title={t("newPassword.title")} text={t("newPassword.text")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <TextInput label={t("field.email")} type="email" value={email} readOnly autoComplete="username" />
        <PasswordField fresh autoFocus label={t("password.new")} value={password} onChange={setPassword} />
        <FormError error={save.error} />
        <Button type="submit" size="md" loading={save.isPending}>
          {t("password.action")}
        </Button>
      </form>
    </OutsideFrame>
  );
}

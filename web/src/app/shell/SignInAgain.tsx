import { Button, Modal, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { request } from "@/api/client";
import { askEverythingAgain } from "@/api/query";
import { sessionEnded, useMe } from "@/lib/session";
import { FormFoot } from "@/ui/Dialog";
import { PasswordField } from "@/ui/PasswordField";
import { FormError } from "@/ui/states";
import { useT } from "../useT";

/** The session ended under way: the page and what was typed stay, the person signs in over them. */
export default function SignInAgain() {
  const t = useT();
  const me = useMe();
  const [password, setPassword] = useState("");
  const signIn = useMutation({
    mutationFn: () => request("post", "/api/v1/session", { body: { email: me.email, password } }),
    onSuccess: async () => {
      sessionEnded.set(false);
      await askEverythingAgain();
    },
  });
  return (
    <Modal
      opened
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      title={t("ended.title")}
      centered
      size={420}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate();
        }}
      >
        <Stack gap="md">
          <p>{t("ended.text", { email: me.email })}</p>
          <input type="text" autoComplete="username" value={me.email} readOnly hidden />
          <PasswordField
            label={t("ended.password")}
            autoComplete="current-password"
            required
            withAsterisk={false}
            data-autofocus
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <FormError error={signIn.error} />
        </Stack>
        <FormFoot>
          <Button variant="default" component="a" href="/sign-in">
            {t("ended.other")}
          </Button>
          <Button type="submit" loading={signIn.isPending}>
            {t("ended.action")}
          </Button>
        </FormFoot>
      </form>
    </Modal>
  );
}

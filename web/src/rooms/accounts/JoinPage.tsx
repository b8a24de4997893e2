import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { request } from "@/api/client";
import type { ApiError } from "@/api/errors";
import type { Shape } from "@/api/schema";
import { useLanguage } from "@/lib/i18n";
import { useParam } from "@/lib/url";
import { FormError, SkeletonLines } from "@/ui/states";
import { OutsideFrame } from "./OutsideFrame";
import { PasswordField } from "./PasswordField";
import { RoleText, useRoleName } from "./roles";
import { useT } from "./useT";

/** Where an invitation link leads. */
export default function JoinPage() {
  const t = useT();
  const [token] = useParam("token");
  const [proof] = useParam("proof");
  const invitation = useQuery<Shape<"InvitationView">, ApiError>({
    queryKey: ["invitation", token, proof],
    queryFn: () => request("get", "/api/v1/invitations", { query: { token, proof } }),
    retry: false,
  });
  if (invitation.error) {
    return (
      <OutsideFrame title={t("join.gone")} text={t("join.gone.text")}>
        <FormError error={invitation.error.status === 404 ? undefined : invitation.error} />
        <form action="/sign-in">
          <Button type="submit" size="md" variant="default">
            {t("setup.closed.action")}
          </Button>
        </form>
      </OutsideFrame>
    );
  }
  if (!invitation.data) {
    return (
      <OutsideFrame title={t("join.loading")}>
        <SkeletonLines lines={4} />
      </OutsideFrame>
    );
  }
  return <JoinForm token={token} invitation={invitation.data} />;
}

function JoinForm({ token, invitation }: { token: string; invitation: Shape<"InvitationView"> }) {
  const t = useT();
  const roleName = useRoleName();
  const { language } = useLanguage();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  // Null: the link was passed on by somebody, and does not say whether its address has an account.
  const known = invitation.has_account;
  const join = useMutation<Shape<"Joined">, ApiError>({
    mutationFn: () => request("post", "/api/v1/invitations/accept", { body: { token, name, password } }),
    onSuccess: async ({ workspace }) => {
      // A new account speaks the language this page was read in.
      if (!known && name.trim())
        await request("put", "/api/v1/me", { body: { name, language, theme: "auto" } }).catch(() => undefined);
      location.assign(`/w/${workspace}`);
    },
  });
  return (
    <OutsideFrame
      title={t("join.title", { workspace: invitation.workspace })}
      text={
        <>
          {t("join.role", { role: roleName(invitation.role) })} <RoleText role={invitation.role} />
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          join.mutate();
        }}
      >
        <TextInput label={t("field.email")} type="email" value={invitation.email} readOnly autoComplete="username" />
        {!known && (
          <TextInput
            label={t("field.name")}
            description={known === null ? t("join.name.perhaps") : undefined}
            required={known === false}
            withAsterisk={false}
            autoFocus
            name="name"
            data-missing={t("field.missing.name")}
            autoComplete="name"
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        <PasswordField
          fresh={known === false}
          description={
            known === false ? t("field.password.note") : t(known ? "join.password.known" : "join.password.perhaps")
          }
          value={password}
          onChange={setPassword}
        />
        <FormError error={join.error} />
        <Button type="submit" size="md" loading={join.isPending}>
          {t("join.action", { workspace: invitation.workspace })}
        </Button>
      </form>
    </OutsideFrame>
  );
}

import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { request } from "@/api/client";
import type { ApiError } from "@/api/errors";
import type { Shape } from "@/api/schema";
import { useLanguage } from "@/lib/i18n";
import { useParam } from "@/lib/url";
import { Await, FormError } from "@/ui/states";
import { EmailField } from "./EmailField";
import { CurrencyField, guessWorkspace, LanguageField, ZoneField } from "./fields";
import { OutsideFrame } from "./OutsideFrame";
import css from "./OutsideFrame.module.css";
import { useT } from "./useT";

/** The first page of an installation: names the workspace and makes its owner. */
export default function SetupPage() {
  const t = useT();
  const [token] = useParam("token");
  const state = useQuery<{ open: boolean }, ApiError>({
    queryKey: ["setup", token],
    queryFn: () => request("get", "/api/v1/setup", { query: { token } }),
    enabled: token !== "",
  });
  if (!token) return <Closed />;
  return (
    <Await query={state}>
      {({ open }) =>
        open ? (
          <OutsideFrame title={t("setup.title")} text={t("setup.text")} wide>
            <SetupForm token={token} />
          </OutsideFrame>
        ) : (
          <Closed />
        )
      }
    </Await>
  );
}

function Closed() {
  const t = useT();
  return (
    <OutsideFrame title={t("setup.closed")} text={t("setup.closed.text")}>
      <form action="/sign-in">
        <Button type="submit" size="md">
          {t("setup.closed.action")}
        </Button>
      </form>
    </OutsideFrame>
  );
}

function SetupForm({ token }: { token: string }) {
  const t = useT();
  const { language, setLanguage } = useLanguage();
  const [workspace, setWorkspace] = useState(() => guessWorkspace(language));
  const [owner, setOwner] = useState({ name: "", email: "", password: "" });
  const setUp = useMutation<Shape<"WorkspaceOut">, ApiError>({
    mutationFn: () =>
      request("post", "/api/v1/setup", { body: { token, workspace: { ...workspace, language }, owner } }),
    onSuccess: ({ slug }) => location.assign(`/w/${slug}`),
  });
  const error = setUp.error;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setUp.mutate();
      }}
    >
      <fieldset className={css.group}>
        <legend>{t("setup.workspace")}</legend>
        <TextInput
          label={t("field.workspace")}
          description={t("field.workspace.note")}
          required
          withAsterisk={false}
          autoFocus
          maxLength={120}
          value={workspace.name}
          error={error?.field("workspace.name")}
          autoComplete="organization"
          onChange={(event) => setWorkspace({ ...workspace, name: event.currentTarget.value })}
        />
        <div className={css.pair}>
          <ZoneField value={workspace.time_zone} onChange={(time_zone) => setWorkspace({ ...workspace, time_zone })} />
          <CurrencyField value={workspace.currency} onChange={(currency) => setWorkspace({ ...workspace, currency })} />
        </div>
        <LanguageField
          label={t("field.language")}
          note={t("field.language.note")}
          value={language}
          onChange={setLanguage}
        />
      </fieldset>
      <fieldset className={css.group}>
        <legend>{t("setup.owner")}</legend>
        <TextInput
          label={t("field.name")}
          required
          withAsterisk={false}
          maxLength={120}
          autoComplete="name"
          value={owner.name}
          onChange={(event) => setOwner({ ...owner, name: event.currentTarget.value })}
        />
        <EmailField value={owner.email} onChange={(email) => setOwner({ ...owner, email })} />
        <PasswordInput
          label={t("field.password")}
          description={t("field.password.note")}
          required
          withAsterisk={false}
          autoComplete="new-password"
          value={owner.password}
          onChange={(event) => setOwner({ ...owner, password: event.currentTarget.value })}
        />
      </fieldset>
      <FormError error={error} />
      <Button type="submit" size="md" loading={setUp.isPending}>
        {workspace.name ? t("setup.action", { name: workspace.name }) : t("setup.action.unnamed")}
      </Button>
    </form>
  );
}

import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { request } from "@/api/client";
import type { ApiError } from "@/api/errors";
import type { Shape } from "@/api/schema";
import { useLanguage } from "@/lib/i18n";
import { useParam } from "@/lib/url";
import { EmailField } from "@/ui/EmailField";
import { Await, FormError } from "@/ui/states";
import { guessCurrency } from "./currencies";
import { CurrencyField, guessWorkspace, LanguageField, ZoneField } from "./fields";
import { OutsideFrame } from "./OutsideFrame";
import css from "./OutsideFrame.module.css";
import { PasswordField } from "./PasswordField";
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
  const setUp = useMutation<Shape<"SetupDone">, ApiError>({
    mutationFn: () =>
      request("post", "/api/v1/setup", { body: { token, workspace: { ...workspace, language }, owner } }),
    onSuccess: ({ slug, demo }) => location.assign(`/w/${demo || slug}`),
  });
  const [chosen, setChosen] = useState(false);
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
          name="workspace.name"
          data-missing={t("field.missing.workspace")}
          autoComplete="organization"
          onChange={(event) => setWorkspace({ ...workspace, name: event.currentTarget.value })}
        />
        <div className={css.pair}>
          <ZoneField
            value={workspace.time_zone}
            onChange={(time_zone) =>
              setWorkspace({
                ...workspace,
                time_zone,
                currency: chosen ? workspace.currency : guessCurrency(time_zone, navigator.languages),
              })
            }
          />
          <CurrencyField
            value={workspace.currency}
            guessed={!chosen}
            onChange={(currency) => {
              setChosen(true);
              setWorkspace({ ...workspace, currency });
            }}
          />
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
          name="owner.name"
          data-missing={t("field.missing.name")}
          autoComplete="name"
          value={owner.name}
          onChange={(event) => setOwner({ ...owner, name: event.currentTarget.value })}
        />
        <EmailField
          label={t("field.email")}
          autoComplete="username"
          required
          value={owner.email}
          onChange={(email) => setOwner({ ...owner, email })}
        />
        <PasswordField fresh value={owner.password} onChange={(password) => setOwner({ ...owner, password })} />
      </fieldset>
      <FormError error={setUp.error} />
      <Button type="submit" size="md" loading={setUp.isPending}>
        {workspace.name ? t("setup.action", { name: workspace.name }) : t("setup.action.unnamed")}
      </Button>
    </form>
  );
}

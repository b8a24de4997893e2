import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { request } from "@/api/client";
import type { ApiError } from "@/api/errors";
import type { Shape } from "@/api/schema";
import { useLanguage } from "@/lib/i18n";
import { FormFoot } from "@/ui/Dialog";
import { Page } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { FormError } from "@/ui/states";
import { CurrencyField, guessWorkspace, LanguageField, ZoneField } from "../fields";
import { useT } from "../useT";

/** A further brand or client. */
export default function NewWorkspacePage() {
  const t = useT();
  const { language } = useLanguage();
  const [form, setForm] = useState(() => guessWorkspace(language));
  const make = useMutation<Shape<"WorkspaceOut">, ApiError>({
    mutationFn: () => request("post", "/api/v1/workspaces", { body: form }),
    onSuccess: ({ slug }) => location.assign(`/w/${slug}`),
  });
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  return (
    <Page kind="form">
      <PageHead title={t("newWorkspace.title")} meaning={t("newWorkspace.meaning")} />
      <form
        style={{ display: "flex", flexDirection: "column", gap: 16, maxWidth: 480 }}
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        <TextInput
          label={t("field.workspace")}
          description={t("field.workspace.note")}
          required
          withAsterisk={false}
          autoFocus
          name="name"
          data-missing={t("field.missing.workspace")}
          maxLength={120}
          value={form.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <ZoneField value={form.time_zone} onChange={(time_zone) => set({ time_zone })} />
        <CurrencyField value={form.currency} onChange={(currency) => set({ currency })} />
        <LanguageField
          label={t("workspace.language")}
          note={t("workspace.language.note")}
          value={form.language}
          onChange={(next) => set({ language: next })}
        />
        <FormError error={make.error} />
        <FormFoot>
          <Button type="submit" loading={make.isPending}>
            {form.name ? t("setup.action", { name: form.name }) : t("setup.action.unnamed")}
          </Button>
        </FormFoot>
      </form>
    </Page>
  );
}

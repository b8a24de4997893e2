import { Button, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { SettingsFrame } from "@/app/SettingsFrame";
import { meQuery } from "@/app/session";
import { useMay } from "@/lib/workspace";
import { FormFoot } from "@/ui/Dialog";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { SaveState } from "@/ui/SaveState";
import { Await, FormError } from "@/ui/states";
import { CurrencyField, LanguageField, ZoneField } from "../fields";
import { useT } from "../useT";

/** Name, zone, currency and language of the workspace. */
export default function WorkspacePage() {
  const t = useT();
  const workspace = useGet("", {}, { keep: false });
  return (
    <SettingsFrame title={t("workspace.title")} meaning={t("workspace.meaning")}>
      <Await query={workspace}>{(found) => <WorkspaceForm saved={found} />}</Await>
    </SettingsFrame>
  );
}

function WorkspaceForm({ saved }: { saved: Shape<"WorkspaceOut"> }) {
  const t = useT();
  const client = useQueryClient();
  const may = useMay("workspace.manage");
  const [form, setForm] = useState(saved);
  useEffect(() => setForm(saved), [saved]);
  const save = useSend("put", "", {
    changes: [""],
    onSuccess: () => void client.invalidateQueries({ queryKey: meQuery.queryKey }),
  });
  const changed = JSON.stringify(form) !== JSON.stringify(saved);
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  return (
    <form
      style={{ display: "flex", flexDirection: "column", gap: 16, maxWidth: 480 }}
      onSubmit={(event) => {
        event.preventDefault();
        const { name, time_zone, currency, language } = form;
        save.mutate({ body: { name, time_zone, currency, language } });
      }}
    >
      <TextInput
        label={t("field.workspace")}
        description={t("field.workspace.note")}
        required
        withAsterisk={false}
        maxLength={120}
        disabled={!may}
        value={form.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <ZoneField value={form.time_zone} onChange={(time_zone) => set({ time_zone })} disabled={!may} />
      <CurrencyField value={form.currency} onChange={(currency) => set({ currency })} disabled={!may} />
      <LanguageField
        label={t("workspace.language")}
        note={t("workspace.language.note")}
        value={form.language ?? "en"}
        onChange={(language) => set({ language })}
        disabled={!may}
      />
      <FormError error={save.error} />
      {may ? (
        <FormFoot>
          {changed && !save.isPending && <LeaveGuard name={t("workspace.nav")} />}
          <SaveState state={save.isPending ? "saving" : save.isError ? "failed" : changed ? "unsaved" : "saved"} />
          <Button type="submit" disabled={!changed} loading={save.isPending}>
            {t("save")}
          </Button>
        </FormFoot>
      ) : (
        <p style={{ color: "var(--g-muted)" }}>{t("workspace.owners")}</p>
      )}
    </form>
  );
}

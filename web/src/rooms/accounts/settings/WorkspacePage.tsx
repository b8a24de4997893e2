import { TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { type Me, meQuery } from "@/lib/session";
import { useMay } from "@/lib/workspace";
import { Act } from "@/ui/Act";
import { FormFoot } from "@/ui/Dialog";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { SaveState } from "@/ui/SaveState";
import { SettingsFrame } from "@/ui/SettingsFrame";
import { Await, FormError } from "@/ui/states";
import { CurrencyField, LanguageField, ZoneField } from "../fields";
import { useT } from "../useT";

type Held =
  | "budget"
  | "moves"
  | "move_limit"
  | "rates"
  | "goals"
  | "costs"
  | "rules"
  | "approvals"
  | "lessons"
  | "events"
  | "attributes"
  | "audiences";

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
  const format = useFormat();
  const client = useQueryClient();
  const may = useMay("workspace.manage");
  const [form, setForm] = useState(saved);
  useEffect(() => setForm(saved), [saved]);
  const save = useSend("put", "", {
    onSuccess: (workspace) =>
      client.setQueryData(meQuery.queryKey, (me) => {
        const as = (one: Me["memberships"][number]) =>
          one.workspace.slug === workspace.slug ? { ...one, workspace } : one;
        return me && { ...me, memberships: me.memberships.map(as) };
      }),
  });
  // What holds amounts, when another currency has been refused because of it.
  const held = save.error?.code === "currency_in_use" ? (save.error.more.kinds as Held[]) : undefined;
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
      {form.time_zone !== saved.time_zone && <p role="status">{t("workspace.zone.changed")}</p>}
      <CurrencyField
        value={form.currency}
        onChange={(currency) => set({ currency })}
        disabled={!may}
        error={held && t("currency.refused", { things: format.list(held.map((kind) => t(`currency.held.${kind}`))) })}
      />
      <LanguageField
        label={t("workspace.language")}
        note={t("workspace.language.note")}
        value={form.language ?? "en"}
        onChange={(language) => set({ language })}
        disabled={!may}
      />
      {!held && <FormError error={save.error} />}
      {may ? (
        <FormFoot>
          {changed && !save.isPending && <LeaveGuard name={t("workspace.nav")} />}
          <SaveState state={save.isPending ? "saving" : save.isError ? "failed" : changed ? "unsaved" : "saved"} />
          <Act why="unchanged" type="submit" disabled={!changed} loading={save.isPending}>
            {t("save")}
          </Act>
        </FormFoot>
      ) : (
        <p style={{ color: "var(--g-muted)" }}>{t("workspace.owners")}</p>
      )}
    </form>
  );
}

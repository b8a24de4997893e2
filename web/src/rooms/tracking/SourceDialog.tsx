import { NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useGo } from "@/lib/links";
import { PersonPicker } from "@/rooms/teamwork/PersonPicker";
import { FormDialog } from "@/ui/Dialog";
import { useT } from "./useT";

type View = Shape<"DataSourceViewOut">;
type Kind = Shape<"SourceKind">;
type Ground = Shape<"LegalGround">;
const kinds: Kind[] = ["site", "shop", "app", "crm", "form", "survey", "file", "agency"];
const grounds: Ground[] = ["consent", "contract", "obligation", "vital", "public", "interest"];

/** What is said of a source, new or known. */
export function SourceDialog({ source, onClose }: { source?: View; onClose: () => void }) {
  const t = useT();
  const go = useGo();
  const [name, setName] = useState(source?.name ?? "");
  const [kind, setKind] = useState<Kind>(source?.kind ?? "site");
  const [owner, setOwner] = useState<string | null>(source?.owner?.id ?? null);
  const [ground, setGround] = useState<Ground>(source?.legal_ground ?? "");
  const [quiet, setQuiet] = useState<number | string>(source?.quiet_hours ?? "");
  const [note, setNote] = useState(source?.note ?? "");
  const create = useSend("post", "/sources", { onSuccess: ({ id }) => go(`/settings/sources/${id}`) });
  const save = useSend("put", "/sources/{source_id}", { onSuccess: onClose });
  const body = {
    name,
    kind,
    owner_id: owner,
    legal_ground: ground,
    note,
    quiet_hours: quiet === "" ? null : Number(quiet),
  };
  return (
    <FormDialog
      title={source ? t("source.edit.title", { name: source.name }) : t("sources.add")}
      onClose={onClose}
      onSubmit={() => {
        if (source) save.mutate({ path: { source_id: source.id }, body: { ...body, version: source.version } });
        else create.mutate({ body });
      }}
      action={source ? t("source.save") : t("sources.add.action")}
      busy={create.isPending || save.isPending}
      error={create.error ?? save.error}
    >
      <TextInput
        label={t("source.name")}
        description={t("source.name.note")}
        required
        withAsterisk={false}
        data-autofocus
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label={t("source.kind")}
        description={t(`kind.${kind}.note`)}
        allowDeselect={false}
        data={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        value={kind}
        onChange={(value) => value && setKind(value as Kind)}
      />
      <PersonPicker
        label={t("source.owner")}
        value={owner}
        onChange={setOwner}
        guests={false}
        formerName={source?.owner?.name}
      />
      <Select
        label={t("source.ground")}
        description={t("source.ground.note")}
        clearable
        placeholder={t("ground.unsaid")}
        data={grounds.map((value) => ({ value, label: t(`ground.${value}` as "ground.consent") }))}
        value={ground || null}
        onChange={(value) => setGround((value ?? "") as Ground)}
      />
      <NumberInput
        label={t("source.quiet")}
        description={t("source.quiet.note")}
        min={1}
        max={8760}
        allowDecimal={false}
        placeholder={t("source.quiet.never")}
        value={quiet}
        onChange={setQuiet}
      />
      <Textarea
        label={t("source.note")}
        autosize
        minRows={2}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

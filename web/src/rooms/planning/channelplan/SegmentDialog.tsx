import { TextInput } from "@mantine/core";
import { useState } from "react";
import { FormDialog } from "@/ui/Dialog";
import { FindField } from "@/ui/FindField";
import type { PlanHold } from "./usePlan";
import { useT } from "./useT";
import type { Segment } from "./words";

interface Props {
  segment: Segment | undefined;
  hold: PlanHold;
  onClose: () => void;
}

/** Whom the campaign speaks to: a live audience, or somebody in words as long as there is none. */
export function SegmentDialog({ segment, hold, onClose }: Props) {
  const t = useT();
  const [audience, setAudience] = useState(segment?.audience_id ?? null);
  const [name, setName] = useState(segment?.name ?? "");
  const [busy, setBusy] = useState(false);
  const chosen = segment?.audience_id ? { id: segment.audience_id, name: segment.audience_name ?? "" } : null;
  const submit = async () => {
    setBusy(true);
    const body = { audience_id: audience, name: name.trim(), position: segment?.position ?? 0 };
    const done = await (segment ? hold.saveSegment(segment, body) : hold.addSegment(body));
    setBusy(false);
    if (done) onClose();
  };
  return (
    <FormDialog
      title={segment ? t("segment.change") : t("segment.add")}
      onClose={onClose}
      onSubmit={submit}
      action={segment ? t("save") : t("segment.add")}
      busy={busy}
      disabled={!audience && !name.trim()}
    >
      <FindField
        among="/audiences"
        label={t("segment.audience")}
        description={t("segment.audience.note")}
        placeholder={t("segment.audience.hint")}
        clearable
        data-autofocus
        value={audience}
        chosen={chosen}
        onPick={setAudience}
      />
      <TextInput
        label={t("segment.words")}
        description={t("segment.words.note")}
        placeholder={t("segment.words.hint")}
        maxLength={200}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
    </FormDialog>
  );
}

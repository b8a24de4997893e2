import { Checkbox, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { PersonPicker } from "@/rooms/teamwork/PersonPicker";
import { Act } from "@/ui/Act";
import { Dialog, FormFoot } from "@/ui/Dialog";
import { FormError } from "@/ui/states";
import { say } from "@/ui/tray";
import { useT } from "../useT";
import css from "./library.module.css";

const questions = ["problem", "frustration", "pays", "evidence"] as const;

/** What the manual says of an audience, to be written. */
export function DefinitionDialog({ entry, onClose }: { entry: Shape<"AudienceDefinition">; onClose: () => void }) {
  const t = useT();
  const [said, setSaid] = useState({
    owner_id: entry.owner?.id ?? null,
    main: entry.main,
    ideal: entry.ideal,
    source: entry.source,
    problem: entry.problem,
    frustration: entry.frustration,
    pays: entry.pays,
    evidence: entry.evidence,
    reviewed: false,
  });
  const save = useSend("put", "/audiences/{audience_id}/definition", {
    onSuccess: () => {
      say(t("library.saved"));
      onClose();
    },
  });
  const set = (change: Partial<typeof said>) => setSaid({ ...said, ...change });
  return (
    <Dialog opened side size={520} onClose={onClose} title={t("library.edit.of", { name: entry.name })}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ path: { audience_id: entry.id }, body: { version: entry.version, ...said } });
        }}
      >
        <Checkbox
          label={t("library.isMain")}
          checked={said.main}
          onChange={({ currentTarget }) => set({ main: currentTarget.checked })}
        />
        <Checkbox
          label={t("library.isIdeal")}
          checked={said.ideal}
          onChange={({ currentTarget }) => set({ ideal: currentTarget.checked })}
        />
        <PersonPicker
          label={t("library.owner")}
          value={said.owner_id}
          onChange={(owner_id) => set({ owner_id })}
          guests={false}
          formerName={entry.owner?.name}
        />
        <TextInput
          label={t("library.source")}
          description={t("library.source.note")}
          maxLength={2000}
          value={said.source}
          onChange={({ currentTarget }) => set({ source: currentTarget.value })}
        />
        {questions.map((key) => (
          <Textarea
            key={key}
            label={t(`library.${key}`)}
            description={key === "evidence" ? t("library.evidence.note") : undefined}
            autosize
            minRows={2}
            maxLength={2000}
            value={said[key]}
            onChange={({ currentTarget }) => set({ [key]: currentTarget.value })}
          />
        ))}
        <Checkbox
          label={t("library.holds")}
          checked={said.reviewed}
          onChange={({ currentTarget }) => set({ reviewed: currentTarget.checked })}
        />
        <FormError error={save.error} />
        <FormFoot>
          <Act type="submit" loading={save.isPending}>
            {t("library.save")}
          </Act>
        </FormFoot>
      </form>
    </Dialog>
  );
}

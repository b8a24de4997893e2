import { Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { PersonPicker } from "@/rooms/teamwork/PersonPicker";
import { Act } from "@/ui/Act";
import { Dialog, FormFoot } from "@/ui/Dialog";
import { FindField } from "@/ui/FindField";
import { FormError } from "@/ui/states";
import { say } from "@/ui/tray";
import { useT } from "../useT";
import css from "./personas.module.css";
import { blank, demographics, linesOf, lists, stages, whole } from "./portrait";

type Persona = Shape<"Persona">;

interface Props {
  /** The one to change; a new one without. */
  persona?: Persona;
  onClose: () => void;
  onSaved?: (persona: Persona) => void;
}

/** A described buyer, to be written. Lists are written one to a line. */
export function PersonaDialog({ persona, onClose, onSaved }: Props) {
  const t = useT();
  const [said, setSaid] = useState({
    name: persona?.name ?? "",
    summary: persona?.summary ?? "",
    audience_id: persona?.audience?.id ?? null,
    owner_id: persona?.owner?.id ?? null,
  });
  const [portrait, setPortrait] = useState(() => (persona ? whole(persona.portrait) : blank));
  const [typed, setTyped] = useState<Record<string, string>>(() =>
    Object.fromEntries(lists.map((key) => [key, portrait[key].join("\n")])),
  );
  const done = (saved: Persona) => {
    say(t("personas.saved", { name: saved.name }));
    onClose();
    onSaved?.(saved);
  };
  const make = useSend("post", "/personas", { onSuccess: done, once: true });
  const save = useSend("put", "/personas/{persona_id}", { onSuccess: done });
  const submit = () => {
    const written = Object.fromEntries(lists.map((key) => [key, linesOf(typed[key] ?? "")]));
    const body = { ...said, portrait: { ...portrait, ...written } };
    if (persona) save.mutate({ path: { persona_id: persona.id }, body: { ...body, version: persona.version } });
    else make.mutate({ body });
  };
  const set = (part: Partial<typeof portrait>) => setPortrait({ ...portrait, ...part });
  const list = (key: (typeof lists)[number]) => (
    <Textarea
      key={key}
      label={t(`personas.${key}`)}
      description={key === "goals" ? t("personas.lines") : undefined}
      autosize
      minRows={2}
      value={typed[key] ?? ""}
      onChange={({ currentTarget }) => setTyped({ ...typed, [key]: currentTarget.value })}
    />
  );
  return (
    <Dialog
      opened
      side
      size={600}
      onClose={onClose}
      title={persona ? t("personas.edit.of", { name: persona.name }) : t("personas.new")}
    >
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextInput
          label={t("personas.name")}
          placeholder={t("personas.name.example")}
          required
          maxLength={200}
          data-autofocus
          value={said.name}
          onChange={({ currentTarget }) => setSaid({ ...said, name: currentTarget.value })}
        />
        <TextInput
          label={t("personas.summary")}
          maxLength={300}
          value={said.summary}
          onChange={({ currentTarget }) => setSaid({ ...said, summary: currentTarget.value })}
        />
        <FindField
          among="/audiences"
          label={t("personas.audience")}
          description={t("personas.audience.note")}
          clearable
          value={said.audience_id}
          chosen={persona?.audience}
          onPick={(audience_id) => setSaid({ ...said, audience_id })}
        />
        <PersonPicker
          label={t("library.owner")}
          value={said.owner_id}
          onChange={(owner_id) => setSaid({ ...said, owner_id })}
          guests={false}
          formerName={persona?.owner?.name}
        />
        <fieldset className={css.fields}>
          <legend>{t("personas.demographics")}</legend>
          {demographics.map((key) => (
            <TextInput
              key={key}
              label={t(`personas.${key}`)}
              maxLength={300}
              value={portrait[key]}
              onChange={({ currentTarget }) => set({ [key]: currentTarget.value })}
            />
          ))}
        </fieldset>
        {list("goals")}
        {list("pains")}
        {list("triggers")}
        <fieldset className={css.fields}>
          <legend>{t("personas.journey")}</legend>
          {stages.map((key) => (
            <TextInput
              key={key}
              label={t(`personas.journey.${key}`)}
              maxLength={300}
              value={portrait.journey[key]}
              onChange={({ currentTarget }) => set({ journey: { ...portrait.journey, [key]: currentTarget.value } })}
            />
          ))}
        </fieldset>
        {list("channels")}
        {list("formats")}
        <TextInput
          label={t("personas.tone")}
          maxLength={300}
          value={portrait.tone}
          onChange={({ currentTarget }) => set({ tone: currentTarget.value })}
        />
        {list("criteria")}
        <Textarea
          label={t("personas.message")}
          description={t("personas.message.note")}
          autosize
          maxLength={300}
          value={portrait.message}
          onChange={({ currentTarget }) => set({ message: currentTarget.value })}
        />
        <FormError error={save.error ?? make.error} />
        <FormFoot>
          <Act type="submit" loading={save.isPending || make.isPending} disabled={!said.name.trim()}>
            {t("personas.save")}
          </Act>
        </FormFoot>
      </form>
    </Dialog>
  );
}

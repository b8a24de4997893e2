import { ActionIcon, Button, Select, Textarea, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { FormDialog } from "@/ui/Dialog";
import { Section } from "@/ui/Page";
import { Tag } from "@/ui/StateBadge";
import { Await, FormError } from "@/ui/states";
import { say } from "@/ui/tray";
import { Day, Name } from "@/ui/values";
import { useT } from "../useT";
import css from "./persona.module.css";

type Note = Shape<"PersonaNote">;
const kinds = ["interview", "survey", "crm", "analytics", "other"] as const;

/** How the team knows what it says of a persona. */
export function Notes({ persona, may }: { persona: Shape<"Persona">; may: boolean }) {
  const t = useT();
  const [adding, setAdding] = useState(false);
  const path = { persona_id: persona.id };
  const notes = useGet("/personas/{persona_id}/notes", { path });
  const add = useSend("post", "/personas/{persona_id}/notes");
  const remove = useSend("delete", "/personas/{persona_id}/notes/{note_id}");
  const drop = (note: Note) =>
    remove.mutate(
      { path: { ...path, note_id: note.id } },
      {
        onSuccess: () => {
          const { kind, finding, evidence, on } = note;
          say(t("personas.note.deleted"), {
            action: {
              label: t("one.undo"),
              undo: true,
              act: () => add.mutate({ path, body: { kind, finding, evidence, on } }),
            },
          });
        },
      },
    );
  return (
    <Section
      title={t("personas.notes")}
      note={t("personas.notes.note")}
      action={
        may && (
          <Button
            variant="default"
            className="g-no-print"
            leftSection={<IconPlus size={16} />}
            onClick={() => setAdding(true)}
          >
            {t("personas.note.add")}
          </Button>
        )
      }
    >
      <FormError error={remove.error} />
      <Await query={notes} lines={3}>
        {(found) =>
          found.length === 0 ? (
            <p className={css.muted}>{t("personas.notes.none")}</p>
          ) : (
            <ol className={css.notes}>
              {found.map((note) => (
                <li key={note.id}>
                  <span className={css.noteHead}>
                    <Tag>{t(`personas.note.${note.kind}`)}</Tag>
                    <small>
                      <Day on={note.on} /> · <Name>{note.by}</Name>
                    </small>
                    {may && (
                      <ActionIcon
                        size={24}
                        className="g-no-print"
                        aria-label={t("personas.note.delete", { finding: note.finding.slice(0, 60) })}
                        onClick={() => drop(note)}
                      >
                        <IconTrash size={14} />
                      </ActionIcon>
                    )}
                  </span>
                  <p>{note.finding}</p>
                  {note.evidence && <p className={css.muted}>{note.evidence}</p>}
                </li>
              ))}
            </ol>
          )
        }
      </Await>
      {adding && <NoteDialog persona={persona.id} onClose={() => setAdding(false)} />}
    </Section>
  );
}

function NoteDialog({ persona, onClose }: { persona: string; onClose: () => void }) {
  const t = useT();
  const [kind, setKind] = useState<Note["kind"]>("interview");
  const [finding, setFinding] = useState("");
  const [evidence, setEvidence] = useState("");
  const add = useSend("post", "/personas/{persona_id}/notes", { onSuccess: onClose, once: true });
  return (
    <FormDialog
      title={t("personas.note.add")}
      onClose={onClose}
      action={t("personas.note.save")}
      busy={add.isPending}
      disabled={!finding.trim()}
      error={add.error}
      onSubmit={() => add.mutate({ path: { persona_id: persona }, body: { kind, finding, evidence } })}
    >
      <Textarea
        label={t("personas.note.finding")}
        autosize
        minRows={3}
        maxLength={2000}
        required
        data-autofocus
        value={finding}
        onChange={({ currentTarget }) => setFinding(currentTarget.value)}
      />
      <Select
        label={t("personas.note.kind")}
        data={kinds.map((value) => ({ value, label: t(`personas.note.${value}`) }))}
        allowDeselect={false}
        value={kind}
        onChange={(value) => value && setKind(value as Note["kind"])}
      />
      <TextInput
        label={t("library.evidence")}
        description={t("personas.note.evidence.note")}
        maxLength={2000}
        value={evidence}
        onChange={({ currentTarget }) => setEvidence(currentTarget.value)}
      />
    </FormDialog>
  );
}

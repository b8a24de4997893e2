import { Button, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { useGo } from "@/lib/links";
import { Act } from "@/ui/Act";
import { Dialog, FormFoot } from "@/ui/Dialog";
import { FormError } from "@/ui/states";
import { say } from "@/ui/tray";
import css from "./audiences.module.css";
import { useT } from "./useT";

/** Makes an empty list. */
export function ListDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const go = useGo();
  const [name, setName] = useState("");
  const make = useSend("post", "/audiences", {
    onSuccess: ({ id }) => go(`/audiences/${id}?tab=people`),
  });
  return (
    <Dialog opened onClose={onClose} title={t("listMake.title")}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate({ body: { kind: "list", name, description: "" } });
        }}
      >
        <p className={css.muted}>{t("listMake.note")}</p>
        <TextInput
          label={t("listMake.name")}
          required
          withAsterisk={false}
          data-autofocus
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <FormError error={make.error} />
        <FormFoot>
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" loading={make.isPending}>
            {t("listMake.action")}
          </Button>
        </FormFoot>
      </form>
    </Dialog>
  );
}

/** Puts people on a list by their addresses or ids, as copied from a spreadsheet. */
export function AddDialog({ list, onClose }: { list: { id: string; name: string }; onClose: () => void }) {
  const t = useT();
  const [text, setText] = useState("");
  const keys = [
    ...new Set(
      text
        .split(/[\s,;]+/)
        .map((key) => key.trim())
        .filter(Boolean),
    ),
  ];
  const add = useSend("post", "/audiences/{audience_id}/members", {
    onSuccess: ({ added, missing }) => {
      say(t("members.added", { added, missing }));
      onClose();
    },
  });
  return (
    <Dialog opened onClose={onClose} title={t("members.add.title", { name: list.name })}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate({ path: { audience_id: list.id }, body: { keys } });
        }}
      >
        <Textarea
          label={t("members.add.keys")}
          description={t("members.add.keys.note")}
          data-autofocus
          autosize
          minRows={6}
          maxRows={14}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <FormError error={add.error} />
        <FormFoot>
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Act type="submit" loading={add.isPending} disabled={keys.length === 0}>
            {t("members.add.action", { count: keys.length })}
          </Act>
        </FormFoot>
      </form>
    </Dialog>
  );
}

import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { useGo } from "@/lib/links";
import { FormDialog } from "@/ui/Dialog";
import { useT } from "./useT";
import type { Kind } from "./words";

interface Props {
  kind: Kind;
  id: string;
  /** Who will be asked, if it is known. */
  who?: string[];
  /** It was asked for before. */
  again?: boolean;
  className?: string;
}

/** The button that asks for an approval, with a word to those who are asked. */
export function AskApproval({ kind, id, who = [], again, className }: Props) {
  const t = useT();
  const go = useGo();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState("");
  const ask = useSend("post", "/approvals", {
    onSuccess: (request) => {
      setOpen(false);
      go(`/approvals/${request.id}`);
    },
  });
  const words = again ? t("ask.again") : t("ask.button");
  return (
    <>
      {className ? (
        <button type="button" className={className} onClick={() => setOpen(true)}>
          {words}
        </button>
      ) : (
        <Button variant="light" onClick={() => setOpen(true)}>
          {words}
        </Button>
      )}
      {open && (
        <FormDialog
          title={t("ask.title")}
          onClose={() => setOpen(false)}
          onSubmit={() => ask.mutate({ body: { kind, id, note } })}
          action={t("ask.action")}
          busy={ask.isPending}
          error={ask.error}
        >
          {who.length > 0 && <p>{t("ask.who", { who: format.list(who) })}</p>}
          <Textarea
            label={t("ask.note")}
            description={t("ask.note.hint")}
            data-autofocus
            autosize
            minRows={3}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        </FormDialog>
      )}
    </>
  );
}

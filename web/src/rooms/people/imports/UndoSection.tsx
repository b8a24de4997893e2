import { Button } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useState } from "react";
import { useApi, useSend } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { Dialog } from "@/ui/Dialog";
import { Section } from "@/ui/Page";
import { FormError, SkeletonLines } from "@/ui/states";
import { When } from "@/ui/values";
import { useT } from "../useT";
import type { Import, Undone } from "./types";
import css from "./UndoSection.module.css";

/** Undoing an import within a week: what would go and what stays, told before and after. */
export function UndoSection({ found }: { found: Import }) {
  const t = useT();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const { undo, undoable_until: until } = found;
  if (!undo && !until) return null;
  return (
    <Section
      title={t("undo.title")}
      note={until ? t("undo.until", { when: format.dateTime(until) }) : undefined}
      action={
        until && (
          <Button variant="default" size="xs" leftSection={<IconArrowBackUp size={14} />} onClick={() => setOpen(true)}>
            {t("undo.ask")}
          </Button>
        )
      }
    >
      {undo && (
        <p>
          {t(`undo.state.${undo.state ?? "running"}`, { name: undo.by })} <When at={undo.at} />
        </p>
      )}
      {undo?.error && <p className={css.failed}>{undo.error}</p>}
      {undo?.state === "finished" && <Told undone={undo.result ?? {}} past />}
      {open && <UndoDialog found={found} onClose={() => setOpen(false)} />}
    </Section>
  );
}

function UndoDialog({ found, onClose }: { found: Import; onClose: () => void }) {
  const t = useT();
  const { put } = useApi();
  const path = { import_id: found.id };
  const [asked, setAsked] = useState(false);
  const preview = useSend("post", "/imports/{import_id}/undo/preview");
  const start = useSend("post", "/imports/{import_id}/undo", {
    onSuccess: (answer) => {
      put("/imports/{import_id}", { path }, answer);
      onClose();
    },
  });
  if (!asked) {
    setAsked(true);
    queueMicrotask(() => preview.mutate({ path }));
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t("undo.dialog", { file: found.file_name })}
      size={560}
      foot={
        <>
          <Button variant="default" onClick={onClose}>
            {t("undo.keep")}
          </Button>
          <Button color="red" loading={start.isPending || preview.isPending} onClick={() => start.mutate({ path })}>
            {t("undo.start")}
          </Button>
        </>
      }
    >
      <FormError error={preview.error ?? start.error} />
      {preview.data ? <Told undone={preview.data} /> : !preview.error && <SkeletonLines lines={5} />}
    </Dialog>
  );
}

const done = ["removed", "restored", "consents", "listed", "unjoined"] as const;
const left = ["kept_changed", "kept_used", "partly", "taken", "refusals", "suppressed"] as const;

/** What undoing does, and what it leaves and why. */
function Told({ undone, past }: { undone: Undone; past?: boolean }) {
  const t = useT();
  const format = useFormat();
  const goes = done.filter((one) => undone[one]);
  const stays = left.filter((one) => undone[one]);
  const attributes = undone.attributes ?? [];
  return (
    <>
      <ul className={css.told}>
        {goes.map((one) => (
          <li key={one}>{t(`undo.${one}`, { count: undone[one] ?? 0 })}</li>
        ))}
        {!goes.length && <li>{t("undo.nothing")}</li>}
      </ul>
      {(stays.length > 0 || attributes.length > 0) && (
        <>
          <h3 className={css.head}>{t(past ? "undo.stayed" : "undo.stays")}</h3>
          <ul className={css.told}>
            {stays.map((one) => (
              <li key={one}>{t(`undo.${one}`, { count: undone[one] ?? 0 })}</li>
            ))}
            {attributes.length > 0 && <li>{t("undo.attributes", { names: format.list(attributes) })}</li>}
          </ul>
        </>
      )}
    </>
  );
}

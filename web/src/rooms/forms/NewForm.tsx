import { Radio, TextInput } from "@mantine/core";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { useGo } from "@/lib/links";
import { FormDialog } from "@/ui/Dialog";
import type { FormKind } from "./definition";
import css from "./forms.module.css";
import { useT } from "./useT";

const kinds: FormKind[] = ["form", "survey", "contest"];

/** A name and a kind; the form begins with the usual fields of its kind. */
export function NewForm({ onClose }: { onClose: () => void }) {
  const t = useT();
  const go = useGo();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<FormKind>("form");
  const create = useSend("post", "/forms", { once: true, onSuccess: ({ id }) => go(`/forms/${id}`) });
  return (
    <FormDialog
      title={t("new")}
      onClose={onClose}
      onSubmit={() => create.mutate({ body: { name: name.trim(), kind } })}
      action={t("create")}
      busy={create.isPending}
      disabled={!name.trim()}
      error={create.error}
    >
      <TextInput
        label={t("name")}
        description={t("name.note")}
        data-autofocus
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Radio.Group label={t("list.kind")} value={kind} onChange={(value) => setKind(value as FormKind)}>
        <div className={css.kinds}>
          {kinds.map((one) => (
            <Radio key={one} value={one} label={t(`kind.${one}`)} description={t(`kind.${one}.note`)} />
          ))}
        </div>
      </Radio.Group>
    </FormDialog>
  );
}

import { Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useGo } from "@/lib/links";
import { FormDialog } from "@/ui/Dialog";
import { useT } from "./useT";

interface Props {
  onClose: () => void;
  /** What is known already: the campaign it was learned in, an effect, a first wording. */
  known?: Partial<Shape<"LessonDraft">>;
  /** Instead of going to the lesson's page. */
  onMade?: () => void;
}

/** The two sentences a lesson begins with; the rest is filled in on its page. */
export function NewLesson({ onClose, known, onMade }: Props) {
  const t = useT();
  const go = useGo();
  const [title, setTitle] = useState(known?.title ?? "");
  const [change, setChange] = useState(known?.change ?? "");
  const create = useSend("post", "/lessons", {
    once: true,
    onSuccess: ({ id }) => {
      onClose();
      if (onMade) onMade();
      else go(`/playbook/lessons/${id}`);
    },
  });
  return (
    <FormDialog
      title={t("lesson.new")}
      onClose={onClose}
      onSubmit={() => create.mutate({ body: { ...known, title, change } })}
      action={t("lesson.create")}
      busy={create.isPending}
      disabled={!title.trim()}
      error={create.error}
    >
      <TextInput
        label={t("lesson.title")}
        description={t("lesson.title.note")}
        data-autofocus
        required
        maxLength={300}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Textarea
        label={t("lesson.change")}
        description={t("lesson.change.note")}
        autosize
        minRows={2}
        maxLength={5000}
        value={change}
        onChange={(event) => setChange(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

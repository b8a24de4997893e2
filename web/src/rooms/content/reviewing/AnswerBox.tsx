import { Button, Textarea } from "@mantine/core";
import { IconCheck, IconFileUpload, IconMessage } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useSend } from "@/api/hooks";
import { Act } from "@/ui/Act";
import { showAtField } from "@/ui/FieldErrors";
import { FormError } from "@/ui/states";
import { say } from "@/ui/tray";
import css from "./AnswerBox.module.css";
import { useT } from "./useT";
import { type Review, useStepName } from "./words";

/** What one can do now: hand the draft in, or answer the version that is shown. */
export function AnswerBox({ review, shown }: { review: Review; shown: number }) {
  const t = useT();
  const nameOf = useStepName();
  const step = review.steps[review.step ?? -1];
  if (!step) return null;
  if (review.may_hand_in) return <HandIn review={review} step={step.position} title={nameOf(step)} />;
  if (review.own) return <p className={css.note}>{t("own")}</p>;
  if (review.may_answer) return <Answer review={review} step={step.position} title={nameOf(step)} shown={shown} />;
  return null;
}

interface Props {
  review: Review;
  step: number;
  title: string;
}

function HandIn({ review, step, title }: Props) {
  const t = useT();
  const send = useSend("post", "/content-reviews/{review_id}/hand-in", { onSuccess: () => say(t("handIn.done")) });
  const { version } = review;
  return (
    <section className={css.box} aria-label={title}>
      <h2>{title}</h2>
      <p className={css.note}>{t("handIn.note")}</p>
      <FormError error={send.error} />
      <div className={css.verdicts}>
        <Button
          leftSection={<IconFileUpload size={16} />}
          loading={send.isPending}
          onClick={() => send.mutate({ path: { review_id: review.id }, body: { step, version } })}
        >
          {t("handIn", { version })}
        </Button>
      </div>
    </section>
  );
}

function Answer({ review, step, title, shown }: Props & { shown: number }) {
  const t = useT();
  const [note, setNote] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  const { version } = review;
  const send = useSend("post", "/content-reviews/{review_id}/answers", {
    onSuccess: () => {
      setNote("");
      say(t("answer.done", { name: review.asked_by }));
    },
  });
  const answer = (answer: "yes" | "changes") => {
    if (answer === "changes" && !note.trim() && field.current) {
      showAtField(field.current, t("answer.note.missing"));
      return;
    }
    send.mutate({ path: { review_id: review.id }, body: { step, version, answer, note } });
  };
  return (
    <section className={css.box} aria-label={title}>
      <h2>{title}</h2>
      {shown !== version && <p className={css.note}>{t("answer.older", { shown, version })}</p>}
      {review.alone && <p className={css.note}>{t("alone")}</p>}
      <Textarea
        data-typed
        ref={field}
        label={t("answer.note")}
        description={t("answer.note.hint")}
        autosize
        minRows={1}
        maxRows={8}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <FormError error={send.error} />
      <div className={css.verdicts}>
        <Act
          leftSection={<IconCheck size={16} />}
          loading={send.isPending}
          disabled={shown !== version}
          why={{ sentence: t("answer.older", { shown, version }) }}
          onClick={() => answer("yes")}
        >
          {t("answer.give.yes", { version })}
        </Act>
        <Button
          variant="default"
          leftSection={<IconMessage size={16} />}
          loading={send.isPending}
          onClick={() => answer("changes")}
        >
          {t("answer.give.changes")}
        </Button>
      </div>
    </section>
  );
}

import { Button, Textarea } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import { ApiError } from "@/api/errors";
import { useApi, useGet } from "@/api/hooks";
import { useNamed } from "@/lib/i18n";
import { FormDialog } from "@/ui/Dialog";
import { say } from "@/ui/tray";
import type { Notice } from "./sentence";
import css from "./teamwork.module.css";
import { useT } from "./useT";

export type Answers = ReturnType<typeof useAnswers>;

/** Which notices ask for a yes that is still the reader's to give, and how it is given. `read`: what marks one read. */
export function useAnswers(read: (notice: Notice) => void) {
  const t = useT();
  const api = useApi();
  const waiting = useGet("/approvals", { query: { view: "waiting" } }, { every: 30_000 });
  const [busy, setBusy] = useState<Notice["id"]>();
  const asks = (notice: Notice) =>
    notice.kind === "approval_asked" && (waiting.data?.items ?? []).some(({ id }) => id === notice.thing.id);
  const answer = async (notice: Notice, verdict: "approve" | "refuse", reason: string) => {
    const path = { request_id: notice.thing.id };
    setBusy(notice.id);
    try {
      const { decide, asked_by } = await api.call("get", "/approvals/{request_id}", { path });
      if (!decide) return;
      await api.call("post", "/approvals/{request_id}/decisions", { path, body: { step_id: decide, verdict, reason } });
      say(t("answer.done", { name: asked_by }));
      read(notice);
    } finally {
      setBusy(undefined);
    }
  };
  return { asks, answer, busy };
}

interface ButtonsProps {
  notice: Notice;
  answers: Answers;
  onDecline: () => void;
}

/** A yes by one press, a no by saying why; the notice itself still leads to all that is to be known. */
export function AnswerButtons({ notice, answers, onDecline }: ButtonsProps) {
  const t = useT();
  const problem = useNamed("problem");
  if (!answers.asks(notice)) return null;
  const approve = () =>
    answers.answer(notice, "approve", "").catch((error: unknown) => {
      const known = error instanceof ApiError ? problem(error.code) || error.detail : "";
      say(known || t("answer.failed"), { tone: "bad" });
    });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keeps the row around it from opening
    // biome-ignore lint/a11y/useKeyWithClickEvents: the buttons inside have their keys
    <span className={css.answer} onClick={(event) => event.stopPropagation()}>
      <Button
        size="compact-sm"
        leftSection={<IconCheck size={14} />}
        loading={answers.busy === notice.id}
        onClick={() => void approve()}
      >
        {t("answer.approve")}
      </Button>
      <Button size="compact-sm" variant="default" onClick={onDecline}>
        {t("answer.decline")}
      </Button>
    </span>
  );
}

/** A no with its reason. */
export function DeclineDialog({ notice, answers, onClose }: { notice: Notice; answers: Answers; onClose: () => void }) {
  const t = useT();
  const [reason, setReason] = useState("");
  const [error, setError] = useState<unknown>();
  return (
    <FormDialog
      title={t("answer.decline.title")}
      onClose={onClose}
      onSubmit={() => {
        setError(undefined);
        answers.answer(notice, "refuse", reason.trim()).then(onClose, setError);
      }}
      action={t("answer.decline")}
      busy={answers.busy === notice.id}
      disabled={!reason.trim()}
      error={error}
    >
      <Textarea
        data-autofocus
        label={t("answer.reason")}
        description={t("answer.reason.note", { name: notice.actor })}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

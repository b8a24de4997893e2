import { Button, Textarea } from "@mantine/core";
import { IconCheck, IconMessage, IconX } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useSend } from "@/api/hooks";
import { useShortcut } from "@/lib/keys";
import { showAtField } from "@/ui/FieldErrors";
import { FormError } from "@/ui/states";
import { say } from "@/ui/tray";
import css from "./Decide.module.css";
import { useT } from "./useT";
import type { Request } from "./words";

type Verdict = "approve" | "changes" | "refuse";

/** Approve, ask for changes or refuse, with a reason; by the keys y, c and n too. */
export function Decide({ request, step }: { request: Request; step: string }) {
  const t = useT();
  const [reason, setReason] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  const send = useSend("post", "/approvals/{request_id}/decisions", {
    onSuccess: () => say(t("decide.done", { name: request.asked_by })),
  });
  const decide = (verdict: Verdict) => {
    if (send.isPending) return;
    if (verdict !== "approve" && !reason.trim() && field.current) {
      showAtField(field.current, t("decide.reason.missing"));
      return;
    }
    send.mutate({ path: { request_id: request.id }, body: { step_id: step, verdict, reason } });
  };
  useShortcut("y", t("decide.approve"), t("keys.group"), () => decide("approve"));
  useShortcut("c", t("decide.changes"), t("keys.group"), () => decide("changes"));
  useShortcut("n", t("decide.refuse"), t("keys.group"), () => decide("refuse"));
  return (
    <section className={css.decide} aria-label={t("decide.title")}>
      <h2>{t("decide.title")}</h2>
      <Textarea
        data-typed
        ref={field}
        label={t("decide.reason")}
        description={t("decide.reason.note", { name: request.asked_by })}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <FormError error={send.error} />
      <div className={css.verdicts}>
        <Button leftSection={<IconCheck size={16} />} loading={send.isPending} onClick={() => decide("approve")}>
          {t("decide.approve")}
        </Button>
        <Button variant="default" leftSection={<IconMessage size={16} />} onClick={() => decide("changes")}>
          {t("decide.changes")}
        </Button>
        <Button variant="default" leftSection={<IconX size={16} />} onClick={() => decide("refuse")}>
          {t("decide.refuse")}
        </Button>
      </div>
    </section>
  );
}

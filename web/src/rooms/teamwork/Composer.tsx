import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { keepWords, keptWords } from "@/lib/kept";
import { Act } from "@/ui/Act";
import { FormError } from "@/ui/states";
import css from "./Composer.module.css";
import { MentionField } from "./MentionField";
import { type Mentioned, pack } from "./text";
import { useT } from "./useT";

interface Props {
  /** Under which name words that were not sent are kept on this machine. */
  keep?: string;
  first?: { text: string; picked: readonly Mentioned[] };
  label: string;
  placeholder?: string;
  action: string;
  /** Resolves when the words are safe. */
  send: (body: string) => Promise<unknown>;
  onLeave?: () => void;
  focus?: boolean;
}

interface Draft {
  text: string;
  picked: readonly Mentioned[];
}

/** Where a comment is written. Words that were not sent are still there after a reload, a failure or a slip. */
export function Composer({ keep, first, label, placeholder, action, send, onLeave, focus }: Props) {
  const t = useT();
  const field = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = useState<Draft>(
    () => (keep && keptWords<Draft>(keep)) || first || { text: "", picked: [] },
  );
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    if (!keep) return;
    keepWords(keep, draft.text ? draft : undefined);
  }, [keep, draft]);
  useEffect(() => {
    if (focus) field.current?.focus();
  }, [focus]);
  const submit = async () => {
    if (busy || !draft.text.trim()) return;
    setBusy(true);
    setError(undefined);
    try {
      await send(pack(draft.text, draft.picked));
      setDraft({ text: "", picked: [] });
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={css.composer}
      data-keeps={keep !== undefined || undefined}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <MentionField
        ref={field}
        label={label}
        placeholder={placeholder}
        value={draft.text}
        onChange={(text) => setDraft((now) => ({ ...now, text }))}
        onPick={(member) =>
          setDraft((now) => ({ ...now, picked: [...now.picked.filter(({ id }) => id !== member.id), member] }))
        }
        onSend={() => void submit()}
        onLeave={onLeave}
      />
      <FormError error={error} />
      {(draft.text || onLeave) && (
        <div className={css.composerFoot}>
          <small>{t("composer.hint")}</small>
          {onLeave && (
            <Button size="xs" variant="subtle" onClick={onLeave}>
              {t("cancel")}
            </Button>
          )}
          <Act size="xs" type="submit" variant="default" loading={busy} disabled={!draft.text.trim()}>
            {action}
          </Act>
        </div>
      )}
    </form>
  );
}

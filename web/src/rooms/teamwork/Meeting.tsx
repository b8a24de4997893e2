import { IconArrowLeft, IconArrowRight, IconX } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useWords } from "@/lib/i18n";
import type { ReviewProps } from "@/lib/rooms";
import { useBack, useFocus } from "@/ui/useLayer";
import css from "./meeting.module.css";
import type { Part } from "./ReviewPage";
import { useT } from "./useT";

interface Props {
  parts: Part[];
  title: string;
  span: string;
  shown: Omit<ReviewProps, "meeting">;
  onClose: () => void;
}

/** The review for a room of people: one part at a time in large type; ← → turn, Escape ends. */
export function Meeting({ parts, title, span, shown, onClose }: Props) {
  const t = useT();
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const next = useRef<HTMLButtonElement>(null);
  const [at, setAt] = useState(0);
  const part = parts[Math.min(at, parts.length - 1)];
  useFocus(true, dialog);
  useBack(true, () => {
    onClose();
    return true;
  });
  useEffect(() => {
    dialog.current?.showModal();
    next.current?.focus();
  }, []);
  const turn = (step: 1 | -1) => setAt((now) => Math.max(0, Math.min(parts.length - 1, now + step)));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowRight" || event.key === "PageDown") turn(1);
    else if (event.key === "ArrowLeft" || event.key === "PageUp") turn(-1);
    else if (event.key === "Home") setAt(0);
    else if (event.key === "End") setAt(parts.length - 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  if (!part) return null;
  const { Show } = part;
  return (
    <dialog ref={dialog} className={css.meeting} aria-label={title} onClose={onClose} onKeyDown={onKeyDown}>
      <header>
        <p>
          <b>{title}</b> {span}
        </p>
        <button type="button" onClick={() => dialog.current?.close()} aria-label={t("meeting.end")}>
          <IconX size={22} />
        </button>
      </header>
      <section key={part.id} aria-live="polite">
        <h1>{words(part.label)}</h1>
        <Show {...shown} meeting />
      </section>
      <footer>
        <button type="button" disabled={at === 0} onClick={() => turn(-1)} aria-label={t("review.before")}>
          <IconArrowLeft size={22} />
        </button>
        <span>{t("meeting.at", { at: at + 1, of: parts.length })}</span>
        <button
          ref={next}
          type="button"
          disabled={at >= parts.length - 1}
          onClick={() => turn(1)}
          aria-label={t("review.after")}
        >
          <IconArrowRight size={22} />
        </button>
      </footer>
    </dialog>
  );
}

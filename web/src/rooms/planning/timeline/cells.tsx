import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { DayField } from "@/ui/DateField";
import css from "./cells.module.css";

interface TextProps {
  id?: string;
  label: string;
  value: string;
  inputMode?: "numeric";
  onSave: (words: string) => unknown;
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>, words: string) => void;
}

/** Words that are saved when one leaves them, or by Enter; Escape takes them back. */
export function Text({ id, label, value, inputMode, onSave, onKeyDown }: TextProps) {
  const [words, setWords] = useState(value);
  const held = useRef(false);
  /** What a key has saved, until it is read again: leaving the field meanwhile does not save it once more. */
  const saved = useRef<string>(undefined);
  useEffect(() => {
    saved.current = undefined;
    if (!held.current) setWords(value);
  }, [value]);
  return (
    <input
      id={id}
      aria-label={label}
      value={words}
      maxLength={200}
      inputMode={inputMode}
      onFocus={() => {
        held.current = true;
      }}
      onChange={(event) => setWords(event.currentTarget.value)}
      onBlur={() => {
        held.current = false;
        if (words.trim() !== value && words.trim() !== saved.current) onSave(words.trim());
        if (!words.trim()) setWords(value);
      }}
      onKeyDown={(event) => {
        if (onKeyDown) {
          onKeyDown(event, words);
          if (event.defaultPrevented && event.key === "Enter") {
            held.current = false;
            saved.current = words.trim();
          }
          return;
        }
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key === "Escape") setWords(value);
      }}
    />
  );
}

interface DayProps {
  label: string;
  shown: string;
  value: string;
  pinned?: boolean;
  may: boolean;
  onSave: (iso: string | null) => void;
}

/** A day as words; a click makes it a field. Emptied, the task begins as early as it can. */
export function Day({ label, shown, value, pinned, may, onSave }: DayProps) {
  const [open, setOpen] = useState(false);
  if (!may) return <span className={css.day}>{shown}</span>;
  if (!open) {
    return (
      <button
        type="button"
        className={css.day}
        aria-label={`${label}: ${shown}`}
        data-pinned={pinned || undefined}
        onClick={() => setOpen(true)}
      >
        {shown}
      </button>
    );
  }
  return (
    <DayField
      bare
      autoFocus
      label={label}
      value={value}
      onChange={(iso) => iso !== value && onSave(iso)}
      onLeave={() => setOpen(false)}
    />
  );
}

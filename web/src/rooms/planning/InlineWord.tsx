import { VisuallyHidden } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { Dialog } from "@/ui/Dialog";
import { Menu } from "@/ui/Menu";
import css from "./planning.module.css";

interface WordProps {
  /** What is changed by it, for screen readers: "Category". */
  label: string;
  children: ReactNode;
  disabled?: boolean;
}

interface ChoiceProps<T extends string> extends WordProps {
  value: T | null;
  options: { value: T; label: string; note?: string }[];
  onChange: (value: T) => void;
}

/** A word of a line or sentence that can be changed where it stands: a click shows what else it can be. */
export function WordChoice<T extends string>({ label, children, disabled, value, options, onChange }: ChoiceProps<T>) {
  if (disabled) return <span>{children}</span>;
  const chosen = options.find((option) => option.value === value)?.label ?? "";
  return (
    <Menu
      className={css.word}
      label={`${label}: ${chosen}`}
      side="bottom-start"
      width={options.some(({ note }) => note) ? 340 : 240}
      entries={options.map((option) => ({
        label: option.label,
        note: option.note,
        checked: option.value === value,
        act: () => option.value !== value && onChange(option.value),
      }))}
    >
      {children}
      <IconChevronDown size={13} stroke={2} />
    </Menu>
  );
}

/** A word that opens a small form, as a dialog: its fields have lists and calendars of their own. */
export function WordForm({ label, children, disabled, form }: WordProps & { form: (close: () => void) => ReactNode }) {
  const [open, setOpen] = useState(false);
  if (disabled) return <span>{children}</span>;
  const close = () => setOpen(false);
  return (
    <>
      <button type="button" className={css.word} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <VisuallyHidden>{label}: </VisuallyHidden>
        {children}
        <IconChevronDown size={13} stroke={2} />
      </button>
      <Dialog opened={open} onClose={close} title={label} size={420}>
        <div className={css.form}>{form(close)}</div>
      </Dialog>
    </>
  );
}

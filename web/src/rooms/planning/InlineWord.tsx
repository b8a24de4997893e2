import { Menu, Popover, VisuallyHidden } from "@mantine/core";
import { IconCheck, IconChevronDown } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
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
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <button type="button" className={css.word}>
          <VisuallyHidden>{label}: </VisuallyHidden>
          {children}
          <IconChevronDown size={13} stroke={2} />
        </button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: "auto" }}>
        {options.map((option) => (
          <Menu.Item
            key={option.value}
            role="menuitemradio"
            aria-checked={option.value === value}
            onClick={() => option.value !== value && onChange(option.value)}
            rightSection={option.value === value ? <IconCheck size={14} /> : undefined}
          >
            {option.label}
            {option.note && <small className={css.optionNote}>{option.note}</small>}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** A word that opens a small form. */
export function WordForm({ label, children, disabled, form }: WordProps & { form: (close: () => void) => ReactNode }) {
  const [open, setOpen] = useState(false);
  if (disabled) return <span>{children}</span>;
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" width={300} trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={css.word} aria-expanded={open} onClick={() => setOpen(!open)}>
          <VisuallyHidden>{label}: </VisuallyHidden>
          {children}
          <IconChevronDown size={13} stroke={2} />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={css.wordForm}>{form(() => setOpen(false))}</div>
      </Popover.Dropdown>
    </Popover>
  );
}

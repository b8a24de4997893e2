import { IconCheck } from "@tabler/icons-react";
import {
  type ComponentType,
  type KeyboardEvent,
  type ReactNode,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useGo } from "@/lib/links";
import css from "./Menu.module.css";

export interface MenuEntry {
  label: string;
  icon?: ComponentType<{ size?: number }>;
  /** At the right, in grey. */
  note?: ReactNode;
  act?: () => void;
  /** A path inside the workspace. */
  to?: string;
  /** An address to download or open. */
  href?: string;
  danger?: boolean;
  disabled?: boolean;
  /** Makes it a choice: chosen or not. `stay` keeps the menu open. */
  checked?: boolean;
  stay?: boolean;
  /** A heading above this entry, or just a line ("") between it and the one before. */
  heading?: string;
  lang?: string;
}

interface Props {
  entries: MenuEntry[];
  /** The button: its content, look and name. */
  children: ReactNode;
  className?: string;
  label?: string;
  title?: string;
  /** Which corner of the button the menu hangs on. */
  side?: "bottom-start" | "bottom-end" | "top-start" | "top-end";
  width?: number;
}

/** A button with a menu, on the platform's own popover: light dismiss, Escape and the top layer come with it. */
export function Menu({ entries, children, className, label, title, side = "bottom-end", width = 232 }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const items = () => [...(list.current?.querySelectorAll<HTMLElement>("[role^=menuitem]:not(:disabled)") ?? [])];
  // The entries are there only while the menu is open, so its height is known after they are drawn.
  useLayoutEffect(() => {
    if (!open) return;
    const at = button.current?.getBoundingClientRect();
    const menu = list.current;
    if (!at || !menu) return;
    const height = menu.offsetHeight;
    const up = side.startsWith("top") || (at.bottom + height + 8 > innerHeight && at.top > height + 8);
    const left = side.endsWith("end") ? at.right - width : at.left;
    menu.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
    menu.style.top = `${Math.max(8, up ? at.top - height - 4 : at.bottom + 4)}px`;
    list.current?.querySelector<HTMLElement>("[role^=menuitem]:not(:disabled)")?.focus();
  }, [open, side, width]);
  const onKeyDown = (event: KeyboardEvent) => {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const letter = event.key.length === 1 && event.key !== " " ? event.key.toLowerCase() : undefined;
    const next =
      event.key === "ArrowDown"
        ? all[(at + 1) % all.length]
        : event.key === "ArrowUp"
          ? all[(at - 1 + all.length) % all.length]
          : event.key === "Home"
            ? all[0]
            : event.key === "End"
              ? all.at(-1)
              : [...all.slice(at + 1), ...all].find(
                  (one) => letter && one.textContent?.toLowerCase().startsWith(letter),
                );
    if (event.key === "Tab") list.current?.hidePopover();
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    next.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        title={title}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        popoverTarget={id}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
          event.preventDefault();
          list.current?.showPopover();
        }}
      >
        {children}
      </button>
      <div
        ref={list}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label ?? title}
        className={css.menu}
        style={{ width }}
        onToggle={(event) => {
          setOpen((event.nativeEvent as ToggleEvent).newState === "open");
        }}
        onKeyDown={onKeyDown}
      >
        {open &&
          entries.map((entry, at) => (
            <Entry key={`${at} ${entry.label}`} entry={entry} close={() => list.current?.hidePopover()} />
          ))}
      </div>
    </>
  );
}

function Entry({ entry, close }: { entry: MenuEntry; close: () => void }) {
  const go = useGo();
  const { icon: Icon, label, note, checked, danger, disabled, heading, href, lang } = entry;
  const body = (
    <>
      {checked !== undefined && <IconCheck size={14} style={{ opacity: checked ? 1 : 0 }} />}
      {Icon && <Icon size={16} />}
      <span>
        <span>{label}</span>
        {note && <small>{note}</small>}
      </span>
    </>
  );
  const shared = {
    role: checked === undefined ? "menuitem" : "menuitemcheckbox",
    "aria-checked": checked,
    tabIndex: -1,
    className: css.item,
    "data-danger": danger || undefined,
    lang,
  };
  return (
    <>
      {heading === "" && <hr />}
      {heading && (
        <p role="presentation" className={css.heading}>
          {heading}
        </p>
      )}
      {href ? (
        <a {...shared} href={href} onClick={close}>
          {body}
        </a>
      ) : (
        <button
          {...shared}
          type="button"
          disabled={disabled}
          onClick={() => {
            if (!entry.stay) close();
            if (entry.to) go(entry.to);
            entry.act?.();
          }}
        >
          {body}
        </button>
      )}
    </>
  );
}

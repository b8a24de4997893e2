import { IconCheck, IconChevronDown } from "@tabler/icons-react";
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from "react";
import css from "./Choice.module.css";

type Option = [value: string, name: string];

interface ChoiceProps {
  label: string;
  value: string;
  shown: string;
  /** Asked for when they are needed: a table of hundreds of lines would be slow with all of them. */
  options: () => Option[];
  onChoose: (value: string) => void;
  /** Arrows walk through a grid; Space and Alt with an arrow open the list. */
  inGrid?: boolean;
}

/** Letters typed within this time make one word. */
const ONE_WORD = 800;

/** The option whose name begins with what is typed; one letter again and again goes through all that begin with it. */
function findTyped(options: Option[], word: string, from: number): number {
  const same = new Set(word).size === 1;
  const wanted = same ? (word[0] ?? "") : word;
  const start = same ? from + 1 : 0;
  const order = options.map((_, index) => (start + index) % options.length);
  return order.find((index) => options[index]?.[1].toLowerCase().startsWith(wanted)) ?? -1;
}

/**
 * One of a few, in a cell of a table: typed as in a spreadsheet (a letter chooses), or picked from a list. The focus stays
 * on the cell.
 */
export function Choice({ label, value, shown, options, onChoose, inGrid }: ChoiceProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState<{ options: Option[]; at: number }>();
  const typed = useRef({ word: "", at: 0 });
  const show = () => {
    const all = options();
    setOpen({
      options: all,
      at: Math.max(
        0,
        all.findIndex(([one]) => one === value),
      ),
    });
  };
  const take = (chosen: string | undefined) => {
    setOpen(undefined);
    if (chosen !== undefined && chosen !== value) onChoose(chosen);
  };
  const type = (letter: string, now: number) => {
    const all = open?.options ?? options();
    const from = open ? open.at : all.findIndex(([one]) => one === value);
    const before = now - typed.current.at < ONE_WORD ? typed.current.word : "";
    // What makes no word with the letters before it begins another.
    for (const word of [before + letter.toLowerCase(), letter.toLowerCase()]) {
      const found = findTyped(all, word, from);
      typed.current = { word, at: now };
      if (found >= 0) return open ? setOpen({ ...open, at: found }) : take(all[found]?.[0]);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event;
    const arrow = key === "ArrowDown" || key === "ArrowUp";
    const letter = [...key].length === 1 && key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (letter) type(key, event.timeStamp);
    else if (!open) {
      if (key !== " " && !(arrow && (event.altKey || !inGrid))) return;
      show();
    } else if (arrow || key === "Home" || key === "End") {
      const last = open.options.length - 1;
      const next = key === "Home" ? 0 : key === "End" ? last : open.at + (key === "ArrowDown" ? 1 : -1);
      setOpen({ ...open, at: Math.max(0, Math.min(last, next)) });
    } else if (key === "Enter" || key === " ") take(open.options[open.at]?.[0]);
    else if (key === "Escape") take(undefined);
    else {
      if (key === "Tab") take(open.options[open.at]?.[0]);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        role="combobox"
        className={css.choice}
        aria-label={label}
        aria-haspopup="listbox"
        aria-expanded={open !== undefined}
        aria-controls={open ? id : undefined}
        aria-activedescendant={open ? `${id}-${open.at}` : undefined}
        onClick={() => (open ? setOpen(undefined) : show())}
        onBlur={() => setOpen(undefined)}
        onKeyDown={onKeyDown}
      >
        <span>{shown}</span>
        <IconChevronDown size={14} />
      </button>
      {open && (
        <List id={id} label={label} options={open.options} value={value} at={open.at} beside={button} onTake={take} />
      )}
    </>
  );
}

interface ListProps {
  id: string;
  label: string;
  options: Option[];
  value: string;
  at: number;
  beside: { current: HTMLElement | null };
  onTake: (value: string) => void;
}

function List({ id, label, options, value, at, beside, onTake }: ListProps) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const place = () => {
      const cell = beside.current?.getBoundingClientRect();
      const box = list.current;
      if (!cell || !box) return;
      box.style.minWidth = `${cell.width + 12}px`;
      const { offsetHeight: height, offsetWidth: width } = box;
      const up = cell.bottom + height + 8 > innerHeight && cell.top > height + 8;
      box.style.left = `${Math.max(8, Math.min(cell.left - 6, innerWidth - width - 8))}px`;
      box.style.top = `${up ? cell.top - height - 4 : cell.bottom + 4}px`;
    };
    list.current?.showPopover();
    place();
    // It stays with its cell when the table scrolls below it.
    addEventListener("scroll", place, true);
    return () => removeEventListener("scroll", place, true);
  }, [beside]);
  useLayoutEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: "nearest" });
  }, [at]);
  return (
    // Keeps the focus where it is: on the cell.
    <div ref={list} id={id} popover="manual" role="listbox" aria-label={label} className={css.list}>
      {options.map(([one, name], index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: as above
        // biome-ignore lint/a11y/useKeyWithClickEvents: as above
        <div
          key={one}
          id={`${id}-${index}`}
          role="option"
          aria-selected={one === value}
          data-active={index === at || undefined}
          className={css.option}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(one)}
        >
          <span>{name}</span>
          {one === value && <IconCheck size={14} />}
        </div>
      ))}
    </div>
  );
}

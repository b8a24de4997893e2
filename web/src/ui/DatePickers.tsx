import "@mantine/dates/styles.layer.css";
import "dayjs/locale/fr";
import "dayjs/locale/sv";
import "dayjs/locale/zh-cn";
import { ActionIcon, CloseButton, Popover, TextInput } from "@mantine/core";
import { DatePicker, DatesProvider } from "@mantine/dates";
import { IconCalendar } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { dayOrder, readDay, readTime } from "@/lib/dates";
import { useFormat } from "@/lib/format";
import { useLanguage } from "@/lib/i18n";
import { instantToWall, wallToInstant } from "@/lib/zones";
import css from "./DatePickers.module.css";
import { say } from "./tray";
import { useT } from "./useT";

const dayjsLocale = { en: "en", fr: "fr", sv: "sv", zh: "zh-cn" } as const;

interface Common {
  label: string;
  description?: string;
  error?: ReactNode;
  required?: boolean;
  disabled?: boolean;
}

export interface DayProps extends Common {
  /** "2026-11-24", or null. */
  value: string | null;
  onChange: (value: string | null) => void;
  min?: string;
  max?: string;
  /** The label is for those who don't see the page only. */
  bare?: boolean;
  autoFocus?: boolean;
  /** Called when the field is left, with the day it then holds; not when what is written can't be read. */
  onLeave?: (value: string | null) => void;
}

/** What is typed into a field, until it is read: refused aloud, and never let go with its form. */
function useTyped(problem: (typed: string) => string | undefined) {
  const [typed, setTyped] = useState<string>();
  const [refused, setRefused] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  const left = useRef<string>(undefined);
  const refuse = (words: string | undefined) => {
    setRefused(words);
    // A form that holds something unreadable isn't sent; where there is no form, leaving the place says it once more.
    input.current?.setCustomValidity(words ?? "");
    left.current = input.current?.form ? undefined : words;
  };
  useEffect(() => () => void (left.current && say(left.current, { tone: "bad" })), []);
  return {
    typed,
    refused,
    input,
    type: (text: string) => {
      setTyped(text);
      setRefused(undefined);
      input.current?.setCustomValidity(problem(text) ?? "");
    },
    /** Puts what is written away, or says what is wrong with it. */
    read: (): boolean => {
      const words = typed === undefined ? undefined : problem(typed);
      refuse(words);
      if (!words) setTyped(undefined);
      return !words;
    },
    forget: () => {
      setTyped(undefined);
      refuse(undefined);
    },
  };
}

/** A calendar day, typed in the reader's own order or picked; what is typed is said back in words. */
export function DayPicker({ value, onChange, min, max, bare, autoFocus, onLeave, error, ...rest }: DayProps) {
  const t = useT();
  const format = useFormat();
  const { language } = useLanguage();
  const [open, setOpen] = useState(false);
  const order = dayOrder(language, format.timezone, navigator.languages);
  const today = instantToWall(new Date().toISOString(), format.timezone).slice(0, 10);
  const find = (text: string) => readDay(text, { order, today, min, max });
  const problem = (text: string) => {
    if (!text.trim()) return rest.required ? t("day.missing") : undefined;
    const day = find(text);
    if (!day) return t("day.unreadable", { typed: text.trim(), example: format.day(today) });
    if (min && day < min) return t("day.early", { day: format.day(day), first: format.day(min) });
    if (max && day > max) return t("day.late", { day: format.day(day), last: format.day(max) });
    return undefined;
  };
  const field = useTyped(problem);
  const { typed, refused } = field;
  const found = typed ? find(typed) : undefined;
  const take = (next: string | null) => next !== value && onChange(next);
  const leave = () => {
    setOpen(false);
    const next = typed === undefined ? value : typed.trim() ? (found ?? null) : null;
    if (!field.read()) return;
    if (typed !== undefined) take(next);
    onLeave?.(next);
  };
  const pick = (day: string | null) => {
    field.forget();
    setOpen(false);
    take(day);
    onLeave?.(day);
  };
  return (
    <DatesProvider settings={{ locale: dayjsLocale[language], firstDayOfWeek: 1 }}>
      <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus={false} withRoles={false}>
        <Popover.Target>
          <TextInput
            {...rest}
            ref={field.input}
            label={bare ? undefined : rest.label}
            aria-label={bare ? rest.label : undefined}
            autoComplete="off"
            autoFocus={autoFocus}
            value={typed ?? (value ? format.day(value) : "")}
            error={refused ?? error}
            data-day={value ?? ""}
            data-mantine-stop-propagation={open || typed !== undefined || undefined}
            inputWrapperOrder={["label", "input", "description", "error"]}
            description={
              found && !problem(typed ?? "") ? <span role="status">{format.weekday(found)}</span> : rest.description
            }
            onChange={(event) => {
              const text = event.currentTarget.value;
              field.type(text);
              setOpen(false);
              // A whole day counts while it is typed, so that what waits for it doesn't wait until the field is left.
              const day = /\d{4}/.test(text) && !problem(text) ? find(text) : undefined;
              if (day) take(day);
            }}
            onClick={() => setOpen(typed === undefined)}
            onBlur={leave}
            onKeyDown={(event) => {
              if (event.key === "Enter") leave();
              if (event.key === "ArrowDown" && event.altKey) setOpen(true);
              if (event.key === "Escape" && (open || typed !== undefined || onLeave)) {
                event.stopPropagation();
                setOpen(false);
                field.forget();
                onLeave?.(value);
              }
            }}
            rightSection={
              value && !rest.required && !rest.disabled ? (
                <CloseButton size="sm" aria-label={t("clear")} onClick={() => pick(null)} />
              ) : (
                <ActionIcon
                  variant="transparent"
                  color="gray"
                  tabIndex={-1}
                  aria-label={t("day.open")}
                  disabled={rest.disabled}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => setOpen(!open)}
                >
                  <IconCalendar size={16} stroke={1.6} />
                </ActionIcon>
              )
            }
          />
        </Popover.Target>
        <Popover.Dropdown onMouseDown={(event) => event.preventDefault()}>
          <DatePicker
            value={value}
            defaultDate={value ?? min ?? today}
            minDate={min}
            maxDate={max}
            onChange={(day) => pick(day ? String(day).slice(0, 10) : null)}
          />
        </Popover.Dropdown>
      </Popover>
    </DatesProvider>
  );
}

export interface TimeProps extends Common {
  /** "09:30". */
  value: string;
  onChange: (value: string) => void;
  /** What it is the time of, for those who don't see what stands beside it. */
  spoken?: string;
}

/** A time of the day as people type it: "9", "9:30", "0930", "9.30 pm". */
export function TimePicker({ value, onChange, spoken, ...rest }: TimeProps) {
  const { time } = useFormat();
  const t = useT();
  const field = useTyped((typed) =>
    readTime(typed) ? undefined : t("time.unreadable", { typed: typed.trim(), example: time(new Date()) }),
  );
  const leave = () => {
    const hour = field.typed === undefined ? undefined : readTime(field.typed);
    if (field.read() && hour) onChange(hour);
  };
  return (
    <TextInput
      {...rest}
      ref={field.input}
      aria-label={spoken}
      autoComplete="off"
      value={field.typed ?? value}
      error={field.refused ?? rest.error}
      onChange={(event) => field.type(event.currentTarget.value)}
      onBlur={leave}
      onKeyDown={(event) => event.key === "Enter" && leave()}
    />
  );
}

export interface InstantProps extends Common {
  /** An instant, ISO 8601 UTC, or null. */
  value: string | null;
  onChange: (value: string | null) => void;
}

/** A day and time in the workspace's zone, which is named under the fields; gives the instant in UTC. */
export function InstantPicker({ value, onChange, description, label, error, ...rest }: InstantProps) {
  const { timezone } = useFormat();
  const t = useT();
  const wall = value ? instantToWall(value, timezone) : null;
  const [at, setAt] = useState("09:00");
  const clock = wall ? wall.slice(11, 16) : at;
  const give = (day: string | undefined, hour: string) => {
    setAt(hour);
    if (day) onChange(wallToInstant(`${day} ${hour}`, timezone));
  };
  return (
    <div className={css.instant}>
      <DayPicker
        {...rest}
        label={label}
        error={error}
        value={wall?.slice(0, 10) ?? null}
        onChange={(day) => (day ? give(day, clock) : onChange(null))}
      />
      <TimePicker
        {...rest}
        label={t("time")}
        spoken={t("time.of", { label })}
        value={clock}
        onChange={(hour) => give(wall?.slice(0, 10), hour)}
      />
      <p>{description ?? t("zone", { zone: timezone.replaceAll("_", " ") })}</p>
    </div>
  );
}

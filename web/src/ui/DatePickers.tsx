import "@mantine/dates/styles.layer.css";
import "dayjs/locale/fr";
import "dayjs/locale/sv";
import "dayjs/locale/zh-cn";
import { DateInput, DatesProvider, DateTimePicker } from "@mantine/dates";
import type { ReactNode } from "react";
import { useFormat } from "@/lib/format";
import { useLanguage } from "@/lib/i18n";
import { instantToWall, wallToInstant } from "@/lib/zones";
import { useT } from "./useT";

const dayjsLocale = { en: "en", fr: "fr", sv: "sv", zh: "zh-cn" } as const;

interface Common {
  label: string;
  description?: string;
  error?: ReactNode;
  required?: boolean;
  disabled?: boolean;
}

function Dates({ children }: { children: ReactNode }) {
  const { language } = useLanguage();
  return <DatesProvider settings={{ locale: dayjsLocale[language], firstDayOfWeek: 1 }}>{children}</DatesProvider>;
}

export interface DayProps extends Common {
  /** "2026-11-24", or null. */
  value: string | null;
  onChange: (value: string | null) => void;
  min?: string;
  max?: string;
}

/** A calendar day, typed or picked. */
export function DayPicker({ value, onChange, min, max, ...rest }: DayProps) {
  const t = useT();
  return (
    <Dates>
      <DateInput
        {...rest}
        value={value}
        onChange={(next) => onChange(next ? String(next).slice(0, 10) : null)}
        valueFormat="D MMM YYYY"
        clearable={!rest.required}
        clearButtonProps={{ "aria-label": t("clear") }}
        minDate={min}
        maxDate={max}
      />
    </Dates>
  );
}

export interface InstantProps extends Common {
  /** An instant, ISO 8601 UTC, or null. */
  value: string | null;
  onChange: (value: string | null) => void;
}

/** A day and time in the workspace's zone, which is named under the field; gives the instant in UTC. */
export function InstantPicker({ value, onChange, description, ...rest }: InstantProps) {
  const { timezone } = useFormat();
  const t = useT();
  return (
    <Dates>
      <DateTimePicker
        {...rest}
        description={description ?? t("zone", { zone: timezone.replaceAll("_", " ") })}
        value={value ? instantToWall(value, timezone) : null}
        onChange={(next) => onChange(next ? wallToInstant(String(next), timezone) : null)}
        valueFormat="ddd D MMM YYYY, HH:mm"
        clearable={!rest.required}
        clearButtonProps={{ "aria-label": t("clear") }}
      />
    </Dates>
  );
}

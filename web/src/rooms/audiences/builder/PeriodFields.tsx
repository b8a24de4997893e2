import { BareDay, NumberField } from "@/rooms/people/fields";
import { calendars, type Period } from "../rule";
import { useT } from "../useT";
import shared from "./builder.module.css";
import { Choice } from "./Choice";

const NEVER_BOUND: Period = { within_days: null, since: null, until: null, calendar: null };

/** Ever, in the last days, in a period of the calendar, or between two days. */
export function PeriodFields({
  value,
  onChange,
  ever = true,
}: {
  value: Period;
  onChange: (when: Period) => void;
  /** Whether "ever" is offered. */
  ever?: boolean;
}) {
  const t = useT();
  const kind = kindOf(value);
  const kinds = (["ever", "within", "calendar", "dates"] as const).filter((one) => ever || one !== "ever");
  return (
    <>
      <Choice
        width={136}
        label={t("field.when")}
        value={kind}
        values={kinds}
        words={(one) => t(`field.${one}`)}
        onChange={(next) =>
          onChange({
            ...NEVER_BOUND,
            within_days: next === "within" ? 30 : null,
            calendar: next === "calendar" ? "this_month" : null,
            since: next === "dates" ? `${new Date().getFullYear()}-01-01` : null,
          })
        }
      />
      {kind === "within" && (
        <NumberField
          label={t("field.days")}
          value={value.within_days}
          whole
          min={0}
          width={104}
          suffix={` ${t("field.daysUnit")}`}
          onChange={(n) => onChange({ ...NEVER_BOUND, within_days: n ?? 0 })}
        />
      )}
      {kind === "calendar" && (
        <CalendarField
          value={value.calendar ?? ""}
          onChange={(calendar) => onChange({ ...NEVER_BOUND, calendar: calendar as Period["calendar"] })}
        />
      )}
      {kind === "dates" && (
        <>
          <BareDay
            label={t("field.from")}
            value={value.since ?? null}
            onChange={(since) =>
              onChange({
                ...NEVER_BOUND,
                until: value.until ?? null,
                since: since ?? (value.until ? null : (value.since ?? null)),
              })
            }
          />
          <span className={shared.word}>{t("and")}</span>
          <BareDay
            label={t("field.to")}
            value={value.until ?? null}
            onChange={(until) => onChange({ ...NEVER_BOUND, since: value.since ?? null, until })}
          />
        </>
      )}
    </>
  );
}

function kindOf(value: Period) {
  if (value.within_days != null) return "within";
  if (value.calendar != null) return "calendar";
  return value.since != null || value.until != null ? "dates" : "ever";
}

/** A period of the calendar: this month, last week. */
export function CalendarField({
  value,
  onChange,
  label,
}: {
  value: string;
  onChange: (value: string) => void;
  label?: string;
}) {
  const t = useT();
  return (
    <Choice
      width={140}
      label={label ?? t("field.calendar")}
      value={calendars.find((one) => one === value) ?? ""}
      values={calendars}
      words={(one) => t(`cal.${one}`)}
      onChange={onChange}
    />
  );
}

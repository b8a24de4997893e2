import { ActionIcon, Checkbox, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { Act } from "@/ui/Act";
import { DayField } from "@/ui/DateField";
import { Dialog } from "@/ui/Dialog";
import { NumberField } from "@/ui/numbers";
import { Await, FormError } from "@/ui/states";
import { say } from "@/ui/tray";
import css from "./CalendarDialog.module.css";
import shared from "./timeline.module.css";
import { useT } from "./useT";
import { useDays } from "./words";

type WorkCalendar = Shape<"WorkCalendarOut">;

/** When the workspace works, whose public holidays are free, and how single members differ. */
export default function CalendarDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const answer = useGet("/work-calendar", {}, { keep: false, fresh: 0 });
  return (
    <Dialog opened onClose={onClose} title={t("calendar")} size={620}>
      <Await query={answer} lines={6}>
        {(data) => <Form data={data} onClose={onClose} />}
      </Await>
    </Dialog>
  );
}

function Form({ data, onClose }: { data: WorkCalendar; onClose: () => void }) {
  const t = useT();
  const { locale } = useFormat();
  const { day } = useDays();
  const all = useSend("put", "/work-calendar");
  const one = useSend("put", "/work-calendar/members/{user_id}");
  const [who, setWho] = useState("");
  const member = data.members.find(({ id }) => id === who);
  const [draft, setDraft] = useState({
    weekdays: data.weekdays,
    hours: data.hours_per_day as number | null,
    country: data.country ?? "",
    region: data.region ?? "",
    off: data.days_off ?? [],
  });
  const choose = (id: string) => {
    const next = data.members.find((person) => person.id === id);
    setWho(id);
    setDraft({
      weekdays: next?.weekdays ?? data.weekdays,
      hours: next ? (next.hours_per_day ?? data.hours_per_day) : data.hours_per_day,
      country: data.country ?? "",
      region: data.region ?? "",
      off: next ? (next.days_off ?? []) : (data.days_off ?? []),
    });
  };
  const countries = new Intl.DisplayNames(locale, { type: "region" });
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  const regions = data.countries.find(({ code }) => code === draft.country)?.regions ?? [];
  const save = async () => {
    const hours_per_day = draft.hours ?? data.hours_per_day;
    const body = { weekdays: draft.weekdays, hours_per_day, days_off: draft.off };
    if (member) await one.mutateAsync({ path: { user_id: member.id }, body });
    else await all.mutateAsync({ body: { ...body, country: draft.country, region: draft.region } });
    say(t("calendar.saved"));
    onClose();
  };
  return (
    <form
      className={shared.panel}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Select
        label={t("calendar.who")}
        value={who}
        allowDeselect={false}
        searchable
        data={[
          { value: "", label: t("calendar.everybody") },
          ...data.members.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(id) => choose(id ?? "")}
      />
      <fieldset className={css.weekdays}>
        <legend>{t("calendar.weekdays")}</legend>
        {[0, 1, 2, 3, 4, 5, 6].map((number) => (
          <Checkbox
            key={number}
            label={weekday.format(new Date(Date.UTC(2024, 0, 1 + number)))}
            checked={draft.weekdays.includes(number)}
            onChange={(event) => {
              const on = event.currentTarget.checked;
              setDraft((now) => ({
                ...now,
                weekdays: on ? [...now.weekdays, number].sort() : now.weekdays.filter((one) => one !== number),
              }));
            }}
          />
        ))}
      </fieldset>
      <div className={shared.fields}>
        <NumberField
          label={t("calendar.hours")}
          value={draft.hours}
          digits={2}
          max={24}
          onChange={(hours) => setDraft((now) => ({ ...now, hours }))}
        />
        {!member && (
          <>
            <Select
              label={t("calendar.country")}
              value={draft.country || null}
              clearable
              searchable
              data={data.countries
                .map(({ code }) => ({ value: code, label: countries.of(code) ?? code }))
                .sort((a, b) => a.label.localeCompare(b.label, locale))}
              onChange={(country) => setDraft((now) => ({ ...now, country: country ?? "", region: "" }))}
            />
            {regions.length > 0 && (
              <Select
                label={t("calendar.region")}
                value={draft.region || null}
                clearable
                searchable
                data={regions}
                onChange={(region) => setDraft((now) => ({ ...now, region: region ?? "" }))}
              />
            )}
          </>
        )}
        <DayField
          label={t("calendar.off")}
          value={null}
          onChange={(iso) => iso && setDraft((now) => ({ ...now, off: [...new Set([...now.off, iso])].sort() }))}
        />
      </div>
      {draft.off.length > 0 && (
        <ul className={css.off}>
          {draft.off.map((iso) => (
            <li key={iso}>
              {day(iso)}
              <ActionIcon
                size={24}
                aria-label={t("calendar.off.remove", { day: day(iso) })}
                onClick={() => setDraft((now) => ({ ...now, off: now.off.filter((other) => other !== iso) }))}
              >
                <IconX size={13} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      {!member && data.holidays.length > 0 && draft.country === data.country && (
        <p className={shared.hint}>
          {t("calendar.next")}{" "}
          {data.holidays
            .slice(0, 6)
            .map((holiday) => `${day(holiday.day)} ${holiday.name}`)
            .join(" · ")}
        </p>
      )}
      <p className={shared.hint}>{t("calendar.stays")}</p>
      <FormError error={all.error ?? one.error} />
      <div className={shared.tools}>
        <Act type="submit" loading={all.isPending || one.isPending} disabled={draft.weekdays.length === 0}>
          {t("calendar.save")}
        </Act>
      </div>
    </form>
  );
}

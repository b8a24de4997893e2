import { Button, Select } from "@mantine/core";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { dotted } from "@/lib/text";
import { Dialog } from "@/ui/Dialog";
import { NumberField } from "@/ui/numbers";
import { RowsField } from "@/ui/RowsField";
import { Await, FormError } from "@/ui/states";
import { say } from "@/ui/tray";
import shared from "./calendar.module.css";
import css from "./Settings.module.css";
import { useT } from "./useT";
import { channels, useChannel } from "./words";

type Given = Shape<"CalendarSettingsOut">;
type Work = Shape<"WorkCalendarOut">;
const MOST = 60;

/** How far apart touchpoints should be, and whose holidays are shown. */
export default function Settings({ onClose }: { onClose: () => void }) {
  const t = useT();
  const given = useGet("/calendar/settings", {}, { fresh: 0, keep: false });
  const work = useGet("/work-calendar", {});
  return (
    <Dialog opened onClose={onClose} title={t("settings")} size={560}>
      <Await query={given} lines={5}>
        {(settings) => (
          <Await query={work} lines={5}>
            {(calendar) => <Form given={settings} countries={calendar.countries} onClose={onClose} />}
          </Await>
        )}
      </Await>
    </Dialog>
  );
}

function Form({ given, countries, onClose }: { given: Given; countries: Work["countries"]; onClose: () => void }) {
  const t = useT();
  const { locale } = useFormat();
  const channel = useChannel();
  const names = new Intl.DisplayNames(locale, { type: "region" });
  const [days, setDays] = useState<number | null>(given.days);
  const [pairs, setPairs] = useState(given.pairs ?? []);
  const [places, setPlaces] = useState((given.places ?? []).map((place) => ({ region: "", ...place })));
  const save = useSend("put", "/calendar/settings", {
    onSuccess: () => {
      say(t("saved"));
      onClose();
    },
  });
  const options = channels.map((value) => ({ value, label: channel(value) }));
  const regions = (country: string) => countries.find(({ code }) => code === country)?.regions ?? [];
  const own = given.own && dotted([names.of(given.own.country), given.own.region]);
  return (
    <form
      className={shared.stack}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ body: { days: days ?? given.days, pairs, places: places.filter(({ country }) => country) } });
      }}
    >
      <NumberField
        label={t("apart")}
        description={t("apart.meaning")}
        value={days}
        min={1}
        max={MOST}
        onChange={setDays}
      />
      <RowsField
        rows={pairs}
        onChange={setPairs}
        blank={{ one: "email", other: "sms", days: days ?? given.days }}
        add={t("apart.add")}
        remove={() => t("remove")}
        className={css.pairRow}
      >
        {(pair, set) => (
          <>
            <Select
              aria-label={t("apart.one")}
              data={options}
              value={pair.one}
              allowDeselect={false}
              onChange={(one) => one && set({ one })}
            />
            <Select
              aria-label={t("apart.other")}
              data={options}
              value={pair.other}
              allowDeselect={false}
              onChange={(other) => other && set({ other })}
            />
            <NumberField
              bare
              label={t("apart.days")}
              value={pair.days}
              max={MOST}
              onChange={(next) => set({ days: next ?? 0 })}
            />
          </>
        )}
      </RowsField>
      <h3 className={css.subhead}>{t("kind.holiday")}</h3>
      <p className={shared.hint}>{own ? t("places.own", { place: own }) : t("places.none")}</p>
      <RowsField
        rows={places}
        onChange={setPlaces}
        blank={{ country: "", region: "" }}
        add={t("places.add")}
        remove={() => t("remove")}
        className={css.placeRow}
      >
        {(place, set) => (
          <>
            <Select
              aria-label={t("country")}
              searchable
              data={countries
                .map(({ code }) => ({ value: code, label: names.of(code) ?? code }))
                .sort((a, b) => a.label.localeCompare(b.label, locale))}
              value={place.country || null}
              onChange={(country) => set({ country: country ?? "", region: "" })}
            />
            <Select
              aria-label={t("region")}
              placeholder={t("region.all")}
              clearable
              searchable
              disabled={regions(place.country).length === 0}
              data={regions(place.country)}
              value={place.region || null}
              onChange={(region) => set({ region: region ?? "" })}
            />
          </>
        )}
      </RowsField>
      <FormError error={save.error} />
      <div className={shared.tools}>
        <Button variant="default" onClick={onClose}>
          {t("back")}
        </Button>
        <Button type="submit" loading={save.isPending}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}

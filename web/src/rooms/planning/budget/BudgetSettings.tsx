import { ActionIcon, Button, NumberInput, SegmentedControl, Select } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { useMay } from "@/lib/workspace";
import { Act } from "@/ui/Act";
import { DayField } from "@/ui/DateField";
import { FormFoot } from "@/ui/Dialog";
import { MoneyField, ShareField } from "@/ui/numbers";
import { Section } from "@/ui/Page";
import { SettingsFrame } from "@/ui/SettingsFrame";
import { Await, FormError } from "@/ui/states";
import { say } from "@/ui/tray";
import css from "./budget.module.css";
import { useT } from "./useT";

const counts = ["net", "gross"] as const;

/** How the workspace counts money, and what other currencies are worth. */
export default function BudgetSettings() {
  const t = useT();
  const settings = useGet("/budget/settings", {});
  return (
    <SettingsFrame title={t("settings.title")} meaning={t("settings.meaning")}>
      <Await query={settings} lines={4}>
        {(data) => <Counting key={data.version} settings={data} />}
      </Await>
      <Rates />
    </SettingsFrame>
  );
}

function Counting({ settings }: { settings: Shape<"BudgetSettingsOut"> }) {
  const t = useT();
  const may = useMay("approvals.manage");
  const [draft, setDraft] = useState(settings);
  const save = useSend("put", "/budget/settings", {
    onSuccess: () => say(t("settings.saved")),
  });
  const change = (part: Partial<typeof draft>) => setDraft((now) => ({ ...now, ...part }));
  return (
    <Section title={t("settings.counting")} card>
      <form
        className={css.stack}
        onSubmit={(event) => {
          event.preventDefault();
          const { counts, tax_rate, move_limit_minor, version } = draft;
          save.mutate({ body: { counts, tax_rate, move_limit_minor, version } });
        }}
      >
        <div>
          <p id="counts" className={css.label}>
            {t("settings.counts")}
          </p>
          <SegmentedControl
            aria-labelledby="counts"
            disabled={!may}
            value={draft.counts}
            onChange={(value) => change({ counts: counts.find((known) => known === value) ?? "net" })}
            data={counts.map((value) => ({ value, label: t(`counts.${value}`) }))}
          />
        </div>
        <ShareField
          label={t("settings.tax")}
          disabled={!may}
          value={draft.tax_rate}
          onChange={(rate) => change({ tax_rate: rate ?? 0 })}
        />
        <MoneyField
          label={t("settings.limit")}
          description={t("settings.limit.hint")}
          disabled={!may}
          value={draft.move_limit_minor}
          onChange={(move_limit_minor) => change({ move_limit_minor })}
        />
        <FormError error={save.error} />
        {may && (
          <FormFoot>
            <Button type="submit" loading={save.isPending}>
              {t("save")}
            </Button>
          </FormFoot>
        )}
      </form>
    </Section>
  );
}

/** Every currency there is, as the browser knows them. */
const currencies: string[] = Intl.supportedValuesOf("currency");

function Rates() {
  const t = useT();
  const format = useFormat();
  const may = useMay("campaigns.write");
  const home = format.currency;
  const rates = useGet("/budget/rates", {});
  const [currency, setCurrency] = useState<string | null>(null);
  const [day, setDay] = useState<string | null>(
    new Intl.DateTimeFormat("en-CA", { timeZone: format.timezone }).format(new Date()),
  );
  const [rate, setRate] = useState<string | number>("");
  const set = useSend("put", "/budget/rates", { onSuccess: () => setRate("") });
  const remove = useSend("delete", "/budget/rates/{currency}/{day}");
  return (
    <Section title={t("rates")} note={t("rates.meaning", { home })} card>
      {may && (
        <form
          className={css.rateForm}
          onSubmit={(event) => {
            event.preventDefault();
            if (currency && day) set.mutate({ body: { currency, day, rate: String(rate) } });
          }}
        >
          <Select
            label={t("currency")}
            searchable
            value={currency}
            data={currencies.filter((code) => code !== home)}
            onChange={setCurrency}
          />
          <DayField required label={t("rates.from")} value={day} onChange={setDay} />
          <NumberInput
            label={currency ? t("rates.worth", { currency, home }) : t("rates.rate")}
            hideControls
            min={0}
            decimalScale={9}
            allowedDecimalSeparators={[".", ","]}
            value={rate}
            onChange={setRate}
          />
          <Act type="submit" loading={set.isPending} disabled={!currency || !day || !Number(rate)}>
            {t("rates.add")}
          </Act>
        </form>
      )}
      <FormError error={set.error ?? remove.error} />
      <Await query={rates} lines={3}>
        {(rows) =>
          rows.length === 0 ? (
            <p className={css.muted}>{t("rates.none")}</p>
          ) : (
            <ul className={css.rates}>
              {rows.map((row) => (
                <li key={`${row.currency} ${row.day}`}>
                  <span>
                    {t("rates.line", {
                      currency: row.currency,
                      rate: row.rate.toLocaleString(format.locale, { maximumFractionDigits: 9 }),
                      home,
                    })}
                  </span>
                  <span className={css.muted}>{t("rates.since", { day: format.day(row.day), name: row.set_by })}</span>
                  {may && (
                    <ActionIcon
                      size={28}
                      aria-label={t("rates.remove", { currency: row.currency, day: format.day(row.day) })}
                      onClick={() => remove.mutate({ path: { currency: row.currency, day: row.day } })}
                    >
                      <IconTrash size={15} />
                    </ActionIcon>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Await>
    </Section>
  );
}

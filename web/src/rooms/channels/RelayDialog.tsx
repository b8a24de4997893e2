import { NumberInput, SegmentedControl, Select, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { Act } from "@/ui/Act";
import { FormDialog } from "@/ui/Dialog";
import { StateBadge } from "@/ui/StateBadge";
import { ApiFields, type Keys } from "./ApiFields";
import css from "./channels.module.css";
import { EventsSource } from "./EventsSource";
import type { Relay } from "./RelaysSection";
import { hasMoved, SmtpFields } from "./SmtpFields";
import { useTried } from "./tried";
import { useT } from "./useT";

const purposes = ["everything", "campaigns", "members"] as const;
const fresh = {
  name: "",
  provider: "smtp",
  host: "",
  port: 587,
  security: "starttls" as Relay["security"],
  username: "",
  has_password: false,
  options: {} as Record<string, string>,
  has_events_key: false,
  connections: 20,
  weight: 1,
  per_minute: null as number | null,
  purpose: "everything" as Relay["purpose"],
  paused: false,
};

/** One further way out: a mail server or a provider, its share and its pace. */
export function RelayDialog({ relay, onClose }: { relay?: Relay; onClose: () => void }) {
  const t = useT();
  const tried = useTried();
  const saved = relay ?? fresh;
  const [form, setForm] = useState<typeof fresh>(saved);
  const [keys, setKeys] = useState<Keys>({ password: "", events: "" });
  const add = useSend("post", "/email/relays", { onSuccess: onClose });
  const change = useSend("put", "/email/relays/{relay_id}", { onSuccess: onClose });
  const test = useSend("post", "/email/relays/test", { asks: true });
  const set = (part: Partial<typeof fresh>) => {
    test.reset();
    setForm({ ...form, ...part });
  };
  const api = form.provider !== "smtp";
  const kept = saved.has_password && form.provider === saved.provider;
  const { has_password: _p, has_events_key: _k, ...said } = form;
  const body = {
    ...said,
    ...(api && { host: "", port: 587, security: "starttls" as const }),
    ...(keys.password && { password: keys.password }),
    ...(keys.events && { events_key: keys.events }),
  };
  const ready = api ? form.provider !== "api" && (kept || keys.password !== "") : form.host !== "";
  return (
    <FormDialog
      title={relay ? t("relays.change.title", { name: relay.name }) : t("relays.add")}
      onClose={onClose}
      onSubmit={() => (relay ? change.mutate({ path: { relay_id: relay.id }, body }) : add.mutate({ body }))}
      action={t("save")}
      busy={add.isPending || change.isPending}
      error={add.error ?? change.error ?? test.error}
    >
      <TextInput
        label={t("relays.name")}
        required
        withAsterisk={false}
        data-autofocus
        value={form.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <SegmentedControl
        aria-label={t("relays.kind")}
        fullWidth
        value={api ? "api" : "smtp"}
        data={[
          { value: "smtp", label: t("provider.smtp") },
          { value: "api", label: t("provider.api") },
        ]}
        onChange={(kind) =>
          set({
            provider: (saved.provider === "smtp") === (kind === "smtp") ? saved.provider : kind,
            options: saved.options,
          })
        }
      />
      {api ? (
        <ApiFields
          form={form}
          saved={saved}
          keys={keys}
          may
          onChange={set}
          onKeys={(part) => setKeys({ ...keys, ...part })}
        />
      ) : (
        <>
          <SmtpFields
            form={form}
            saved={saved}
            kept={kept}
            password={keys.password}
            may
            onChange={set}
            onPassword={(password) => setKeys({ ...keys, password })}
          />
          <NumberInput
            label={t("smtp.connections")}
            description={t("smtp.connections.note")}
            min={1}
            max={100}
            value={form.connections}
            onChange={(value) => set({ connections: Number(value) || 1 })}
          />
        </>
      )}
      <div className={css.even}>
        <NumberInput
          label={t("relays.weight")}
          description={t("relays.weight.note")}
          min={1}
          max={100}
          value={form.weight}
          onChange={(value) => set({ weight: Number(value) || 1 })}
        />
        <NumberInput
          label={t("relays.perMinute")}
          description={t("relays.perMinute.note")}
          min={1}
          max={1_000_000}
          value={form.per_minute ?? ""}
          onChange={(value) => set({ per_minute: Number(value) || null })}
        />
      </div>
      <Select
        label={t("relays.purpose")}
        allowDeselect={false}
        data={purposes.map((value) => ({ value, label: t(`relays.purpose.${value}`) }))}
        value={form.purpose}
        onChange={(value) => set({ purpose: (value ?? "everything") as Relay["purpose"] })}
      />
      <Switch
        label={t("relays.pause")}
        checked={form.paused}
        onChange={(event) => set({ paused: event.currentTarget.checked })}
      />
      <div className={css.test}>
        <Act
          variant="default"
          loading={test.isPending}
          disabled={!ready || (!api && kept && hasMoved(form, saved) && !keys.password)}
          onClick={() => test.mutate({ body, ...(relay && { query: { relay_id: relay.id } }) })}
        >
          {t("smtp.test")}
        </Act>
        <span role="status">
          {test.data && (
            <StateBadge tone={test.data.ok ? "good" : "bad"}>
              {test.data.fault
                ? tried(test.data.fault, test.data.said, { host: form.host || form.name, port: form.port })
                : t("tried.ready", { host: form.host || form.name })}
            </StateBadge>
          )}
        </span>
      </div>
      {relay?.events && form.provider === relay.provider && <EventsSource events={relay.events} />}
    </FormDialog>
  );
}

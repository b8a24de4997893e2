import { Button, NumberInput, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { Act } from "@/ui/Act";
import { Dialog, FormFoot } from "@/ui/Dialog";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { SaveState } from "@/ui/SaveState";
import { StateBadge } from "@/ui/StateBadge";
import { FormError } from "@/ui/states";
import { ApiFields, type Keys } from "./ApiFields";
import css from "./channels.module.css";
import { ratesIn, ratesOut } from "./rates";
import { hasMoved, SmtpFields } from "./SmtpFields";
import { useTried } from "./tried";
import { useT } from "./useT";

type Settings = Shape<"EmailSettingsOut">;
const ways = ["sandbox", "smtp", "api"] as const;
const wayOf = (provider: string) => (provider === "sandbox" || provider === "smtp" ? provider : "api");

/** Sandbox or mail server; leaving the sandbox asks once more, because real people are reached from then on. */
export function ProviderForm({ saved, may }: { saved: Settings; may: boolean }) {
  const t = useT();
  const tried = useTried();
  const [form, setForm] = useState(saved);
  const [keys, setKeys] = useState<Keys>({ password: "", events: "" });
  const { password } = keys;
  const setPassword = (given: string) => setKeys({ ...keys, password: given });
  const [rates, setRates] = useState(ratesOut(saved.domain_rates));
  const [asking, setAsking] = useState(false);
  const save = useSend("put", "/email/settings", { onSuccess: () => setAsking(false) });
  const test = useSend("post", "/email/settings/test", { asks: true });
  const changed =
    password !== "" ||
    keys.events !== "" ||
    rates !== ratesOut(saved.domain_rates) ||
    JSON.stringify(form) !== JSON.stringify(saved);
  const set = (part: Partial<Settings>) => {
    test.reset();
    setForm({ ...form, ...part });
  };
  const way = wayOf(form.provider);
  const chosen = way !== "api" || form.provider !== "api";
  const { provider, host, port, security, username, connections, return_path_domain, hello } = form;
  const body = {
    provider,
    // A provider's API has an address of its own.
    ...(way === "api" ? { host: "" } : { host, port, security }),
    username,
    connections,
    return_path_domain,
    hello,
    options: form.options,
    weight: form.weight,
    per_minute: form.per_minute,
    domain_rates: way === "sandbox" ? saved.domain_rates : ratesIn(rates),
    ...(password && { password }),
    ...(keys.events && { events_key: keys.events }),
  };
  const providers = useGet("/email/providers", {}, { enabled: way === "api", fresh: "static" });
  const label = providers.data?.find(({ name }) => name === provider)?.label;
  const where = way === "api" ? (label ?? provider) : host;
  const moved = hasMoved(form, saved);
  const leaves = way !== "sandbox" && saved.provider === "sandbox";
  const kept = saved.has_password && provider === saved.provider;
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (leaves) setAsking(true);
        else save.mutate({ body });
      }}
    >
      <fieldset className={css.choices} disabled={!may} aria-label={t("delivery.title")}>
        {ways.map((one) => (
          <label key={one} className={css.choice} data-chosen={way === one || undefined}>
            <input
              type="radio"
              name="provider"
              checked={way === one}
              onChange={() => set(wayOf(saved.provider) === one ? saved : { provider: one, username: "" })}
            />
            <span>
              <strong>{t(`provider.${one}`)}</strong>
              <span className={css.muted}>{t(`provider.${one}.text`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {way === "api" && (
        <ApiFields
          form={form}
          saved={saved}
          keys={keys}
          may={may}
          onChange={set}
          onKeys={(part) => setKeys({ ...keys, ...part })}
        />
      )}
      {way === "smtp" && (
        <>
          <SmtpFields
            form={form}
            saved={saved}
            kept={kept}
            password={password}
            may={may}
            onChange={set}
            onPassword={setPassword}
          />
          <div className={css.even}>
            <TextInput
              label={t("smtp.returnPath")}
              description={t("smtp.returnPath.note")}
              disabled={!may}
              value={return_path_domain}
              onChange={(event) => set({ return_path_domain: event.currentTarget.value })}
            />
            <NumberInput
              label={t("smtp.connections")}
              description={t("smtp.connections.note")}
              min={1}
              max={100}
              disabled={!may}
              value={connections}
              onChange={(value) => set({ connections: Number(value) || 1 })}
            />
          </div>
          <TextInput
            label={t("smtp.hello")}
            description={
              hello || !saved.greets_as ? t("smtp.hello.note") : t("smtp.hello.now", { name: saved.greets_as })
            }
            placeholder={saved.hello ? undefined : saved.greets_as}
            disabled={!may}
            value={hello}
            onChange={(event) => set({ hello: event.currentTarget.value })}
          />
        </>
      )}
      {way !== "sandbox" && chosen && (
        <>
          <div className={css.even}>
            <NumberInput
              label={t("relays.weight")}
              description={t("relays.weight.note")}
              min={1}
              max={100}
              disabled={!may}
              value={form.weight}
              onChange={(value) => set({ weight: Number(value) || 1 })}
            />
            <NumberInput
              label={t("relays.perMinute")}
              description={t("relays.perMinute.note")}
              min={1}
              max={1_000_000}
              disabled={!may}
              value={form.per_minute ?? ""}
              onChange={(value) => set({ per_minute: Number(value) || null })}
            />
          </div>
          <Textarea
            label={t("pace.domains")}
            description={t("pace.domains.note")}
            autosize
            minRows={2}
            disabled={!may}
            value={rates}
            onChange={(event) => setRates(event.currentTarget.value)}
          />
        </>
      )}
      {may && way !== "sandbox" && chosen && (
        <div className={css.test}>
          <Act
            variant="default"
            loading={test.isPending}
            disabled={
              way === "smtp"
                ? !host || (kept && moved && !password)
                : !password && (!kept || username !== saved.username)
            }
            onClick={() => test.mutate({ body })}
          >
            {t("smtp.test")}
          </Act>
          <span role="status">
            {test.data && (
              <>
                <StateBadge tone={test.data.ok ? "good" : "bad"}>
                  {test.data.fault
                    ? tried(test.data.fault, test.data.said, { host: where, port })
                    : t("tried.ready", { host: where })}
                </StateBadge>
                {test.data.ok && way === "smtp" && (
                  <span className={css.muted}>
                    {t("smtp.test.more", {
                      encrypted: String(test.data.encrypted),
                      pipelining: String(test.data.pipelining),
                    })}
                  </span>
                )}
              </>
            )}
          </span>
        </div>
      )}
      <FormError error={save.error ?? test.error} />
      {may && (changed || save.isSuccess) && (
        <FormFoot>
          {changed && !save.isPending && <LeaveGuard name={t("email.nav")} />}
          <SaveState state={save.isPending ? "saving" : save.isError ? "failed" : changed ? "unsaved" : "saved"} />
          <Act why="unchanged" type="submit" disabled={!changed || !chosen} loading={save.isPending}>
            {t("save")}
          </Act>
        </FormFoot>
      )}
      <Dialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={way === "api" ? t("leaves.title.api") : t("leaves.title", { host })}
        foot={
          <>
            <Button variant="default" onClick={() => setAsking(false)}>
              {t("cancel")}
            </Button>
            <Button loading={save.isPending} onClick={() => save.mutate({ body })}>
              {t("save")}
            </Button>
          </>
        }
      >
        <p>{t("leaves.text")}</p>
        <FormError error={save.error} />
      </Dialog>
    </form>
  );
}

import { Button, NumberInput, SegmentedControl, TextInput } from "@mantine/core";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { Act } from "@/ui/Act";
import { Dialog, FormFoot } from "@/ui/Dialog";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { PasswordField } from "@/ui/PasswordField";
import { SaveState } from "@/ui/SaveState";
import { StateBadge } from "@/ui/StateBadge";
import { FormError } from "@/ui/states";
import css from "./channels.module.css";
import { useTried } from "./tried";
import { useT } from "./useT";

type Settings = Shape<"EmailSettingsOut">;
const providers = ["sandbox", "smtp"] as const;
const securities = ["starttls", "tls", "none"] as const;
const usualPort = { starttls: 587, tls: 465, none: 25 };

/** Sandbox or mail server; leaving the sandbox asks once more, because real people are reached from then on. */
export function ProviderForm({ saved, may }: { saved: Settings; may: boolean }) {
  const t = useT();
  const tried = useTried();
  const [form, setForm] = useState(saved);
  const [password, setPassword] = useState("");
  const [asking, setAsking] = useState(false);
  const save = useSend("put", "/email/settings", { onSuccess: () => setAsking(false) });
  const test = useSend("post", "/email/settings/test", { asks: true });
  const changed = password !== "" || JSON.stringify(form) !== JSON.stringify(saved);
  const set = (part: Partial<Settings>) => {
    test.reset();
    setForm({ ...form, ...part });
  };
  const { provider, host, port, security, username, connections, return_path_domain, hello } = form;
  const body = {
    provider,
    host,
    port,
    security,
    username,
    connections,
    return_path_domain,
    hello,
    ...(password && { password }),
  };
  const moved = host !== saved.host || port !== saved.port || username !== saved.username;
  const leaves = provider === "smtp" && saved.provider === "sandbox";
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
        {providers.map((one) => (
          <label key={one} className={css.choice} data-chosen={provider === one || undefined}>
            <input type="radio" name="provider" checked={provider === one} onChange={() => set({ provider: one })} />
            <span>
              <strong>{t(`provider.${one}`)}</strong>
              <span className={css.muted}>{t(`provider.${one}.text`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {provider === "smtp" && (
        <>
          <div className={css.pair}>
            <TextInput
              label={t("smtp.host")}
              placeholder="smtp.example.com"
              required
              withAsterisk={false}
              disabled={!may}
              value={host}
              onChange={(event) => set({ host: event.currentTarget.value })}
            />
            <NumberInput
              label={t("smtp.port")}
              min={1}
              max={65535}
              hideControls
              disabled={!may}
              value={port}
              onChange={(value) => set({ port: Number(value) || 0 })}
            />
          </div>
          <div>
            <span className={css.label} id="smtp-security">
              {t("smtp.security")}
            </span>
            <SegmentedControl
              aria-labelledby="smtp-security"
              fullWidth
              disabled={!may}
              value={security}
              data={securities.map((value) => ({ value, label: t(`smtp.security.${value}`) }))}
              onChange={(value) => {
                const next = value as (typeof securities)[number];
                set({ security: next, ...(port === usualPort[security] && { port: usualPort[next] }) });
              }}
            />
            {security === "none" && <p className={css.warning}>{t("smtp.security.none.note")}</p>}
          </div>
          <div className={css.even}>
            <TextInput
              label={t("smtp.username")}
              autoComplete="off"
              disabled={!may}
              value={username}
              onChange={(event) => set({ username: event.currentTarget.value })}
            />
            <PasswordField
              label={t("smtp.password")}
              autoComplete="new-password"
              disabled={!may}
              value={password}
              required={saved.has_password && moved}
              withAsterisk={false}
              description={
                !saved.has_password
                  ? undefined
                  : moved
                    ? t("smtp.password.again", { host: saved.host, username: saved.username })
                    : t("smtp.password.kept")
              }
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          </div>
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
          {may && (
            <div className={css.test}>
              <Act
                variant="default"
                loading={test.isPending}
                disabled={!host || (saved.has_password && moved && !password)}
                onClick={() => test.mutate({ body })}
              >
                {t("smtp.test")}
              </Act>
              <span role="status">
                {test.data && (
                  <>
                    <StateBadge tone={test.data.ok ? "good" : "bad"}>
                      {test.data.fault
                        ? tried(test.data.fault, test.data.said, { host, port })
                        : t("tried.ready", { host })}
                    </StateBadge>
                    {test.data.ok && (
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
        </>
      )}
      <FormError error={save.error ?? test.error} />
      {may && (changed || save.isSuccess) && (
        <FormFoot>
          {changed && !save.isPending && <LeaveGuard name={t("email.nav")} />}
          <SaveState state={save.isPending ? "saving" : save.isError ? "failed" : changed ? "unsaved" : "saved"} />
          <Act why="unchanged" type="submit" disabled={!changed} loading={save.isPending}>
            {t("save")}
          </Act>
        </FormFoot>
      )}
      <Dialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("leaves.title", { host })}
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

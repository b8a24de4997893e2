import { NumberInput, SegmentedControl, TextInput } from "@mantine/core";
import type { Shape } from "@/api/schema";
import { PasswordField } from "@/ui/PasswordField";
import css from "./channels.module.css";
import { useT } from "./useT";

export type Server = Pick<Shape<"EmailSettingsOut">, "host" | "port" | "security" | "username">;
const securities = ["starttls", "tls", "none"] as const;
const usualPort = { starttls: 587, tls: 465, none: 25 };

/** Whether a stored password would not belong to this server any more. */
export function hasMoved(form: Server, saved: Server) {
  return form.host !== saved.host || form.port !== saved.port || form.username !== saved.username;
}

/** A mail server: where it is, and how one signs in. kept: a password is stored for the saved one. */
export function SmtpFields({
  form,
  saved,
  kept,
  password,
  may,
  onChange,
  onPassword,
}: {
  form: Server;
  saved: Server;
  kept: boolean;
  password: string;
  may: boolean;
  onChange: (part: Partial<Server>) => void;
  onPassword: (given: string) => void;
}) {
  const t = useT();
  const { host, port, security, username } = form;
  const moved = hasMoved(form, saved);
  return (
    <>
      <div className={css.pair}>
        <TextInput
          label={t("smtp.host")}
          placeholder="smtp.example.com"
          required
          withAsterisk={false}
          disabled={!may}
          value={host}
          onChange={(event) => onChange({ host: event.currentTarget.value })}
        />
        <NumberInput
          label={t("smtp.port")}
          min={1}
          max={65535}
          hideControls
          disabled={!may}
          value={port}
          onChange={(value) => onChange({ port: Number(value) || 0 })}
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
            onChange({ security: next, ...(port === usualPort[security] && { port: usualPort[next] }) });
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
          onChange={(event) => onChange({ username: event.currentTarget.value })}
        />
        <PasswordField
          label={t("smtp.password")}
          autoComplete="new-password"
          disabled={!may}
          value={password}
          required={kept && moved}
          withAsterisk={false}
          description={
            !kept
              ? undefined
              : moved
                ? t("smtp.password.again", { host: saved.host, username: saved.username })
                : t("smtp.password.kept")
          }
          onChange={(event) => onPassword(event.currentTarget.value)}
        />
      </div>
    </>
  );
}

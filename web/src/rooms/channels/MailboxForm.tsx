import { NumberInput, SegmentedControl, TextInput } from "@mantine/core";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { Act } from "@/ui/Act";
import { FormDialog } from "@/ui/Dialog";
import { PasswordField } from "@/ui/PasswordField";
import { StateBadge } from "@/ui/StateBadge";
import css from "./channels.module.css";
import { useTried } from "./tried";
import { useT } from "./useT";

type Mailbox = Shape<"MailboxOut">;
const securities = ["tls", "starttls", "none"] as const;
const usualPort = { tls: 993, starttls: 143, none: 143 };
const fresh = { host: "", port: 993, security: "tls" as Mailbox["security"], username: "", folder: "INBOX" };

/** Which mailbox is read for mail that came back. */
export function MailboxForm({ mailbox, onClose }: { mailbox: Mailbox | null; onClose: () => void }) {
  const t = useT();
  const tried = useTried();
  const [form, setForm] = useState(mailbox ?? fresh);
  const [password, setPassword] = useState("");
  const save = useSend("put", "/email/returns/mailbox", { onSuccess: onClose });
  const test = useSend("post", "/email/returns/mailbox/test", { asks: true });
  const { host, port, security, username, folder } = form;
  const body = { host, port, security, username, folder, ...(password && { password }) };
  const moved = !mailbox || host !== mailbox.host || port !== mailbox.port || username !== mailbox.username;
  const set = (part: Partial<typeof form>) => {
    test.reset();
    setForm({ ...form, ...part });
  };
  return (
    <FormDialog
      title={t(mailbox ? "returns.mailbox.change" : "returns.mailbox.add")}
      onClose={onClose}
      onSubmit={() => save.mutate({ body })}
      action={t("save")}
      busy={save.isPending}
      error={save.error ?? test.error}
    >
      <p className={css.muted}>{t("returns.mailbox.meaning")}</p>
      <div className={css.pair}>
        <TextInput
          label={t("smtp.host")}
          placeholder="imap.example.com"
          required
          withAsterisk={false}
          data-autofocus
          value={host}
          onChange={(event) => set({ host: event.currentTarget.value })}
        />
        <NumberInput
          label={t("smtp.port")}
          min={1}
          max={65535}
          hideControls
          value={port}
          onChange={(value) => set({ port: Number(value) || 0 })}
        />
      </div>
      <SegmentedControl
        aria-label={t("smtp.security")}
        fullWidth
        value={security}
        data={securities.map((value) => ({ value, label: t(`smtp.security.${value}`) }))}
        onChange={(value) => {
          const next = value as (typeof securities)[number];
          set({ security: next, ...(port === usualPort[security] && { port: usualPort[next] }) });
        }}
      />
      <div className={css.even}>
        <TextInput
          label={t("smtp.username")}
          autoComplete="off"
          required
          withAsterisk={false}
          value={username}
          onChange={(event) => set({ username: event.currentTarget.value })}
        />
        <PasswordField
          label={t("smtp.password")}
          autoComplete="new-password"
          value={password}
          required={moved}
          withAsterisk={false}
          description={moved ? undefined : t("smtp.password.kept")}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      </div>
      <TextInput
        label={t("returns.mailbox.folder")}
        required
        withAsterisk={false}
        value={folder}
        onChange={(event) => set({ folder: event.currentTarget.value })}
      />
      <div className={css.test}>
        <Act
          variant="default"
          loading={test.isPending}
          disabled={!host || !username || (moved && !password)}
          onClick={() => test.mutate({ body })}
        >
          {t("returns.mailbox.test")}
        </Act>
        <span role="status">
          {test.data && (
            <StateBadge tone={test.data.ok ? "good" : "bad"}>
              {test.data.fault
                ? tried(test.data.fault, test.data.said, { host, port })
                : t("tried.mails", { count: test.data.mails, more: String(test.data.more) })}
            </StateBadge>
          )}
        </span>
      </div>
    </FormDialog>
  );
}

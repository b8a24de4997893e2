import { Button } from "@mantine/core";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { CopyField } from "@/ui/CopyField";
import { ConfirmDanger } from "@/ui/Dialog";
import { Section } from "@/ui/Page";
import { StateBadge } from "@/ui/StateBadge";
import { Await } from "@/ui/states";
import { When } from "@/ui/values";
import css from "./channels.module.css";
import { EventsSource } from "./EventsSource";
import { MailboxForm } from "./MailboxForm";
import { ReturnedMails } from "./ReturnedMails";
import { useT } from "./useT";

/** How the workspace hears of mail that comes back, and what came. */
export function ReturnsSection() {
  const t = useT();
  const returns = useGet("/email/returns", {});
  return (
    <Section title={t("returns.title")} note={t("returns.note")}>
      <Await query={returns}>
        {(found) => (
          <div className={css.form}>
            {found.events && <EventsSource events={found.events} />}
            <Mailbox mailbox={found.mailbox} />
            <p className={css.muted}>{t("returns.address.note")}</p>
            <CopyField label={t("returns.address")} value={found.address} />
            <ReturnedMails counts={found.counts} />
          </div>
        )}
      </Await>
    </Section>
  );
}

function Mailbox({ mailbox }: { mailbox: Shape<"MailboxOut"> | null }) {
  const t = useT();
  const [editing, setEditing] = useState(false);
  const [ending, setEnding] = useState(false);
  const remove = useSend("delete", "/email/returns/mailbox");
  return (
    <>
      {mailbox && (
        <p>
          <strong>{t("returns.mailbox.at", { username: mailbox.username, host: mailbox.host })}</strong>{" "}
          {mailbox.problem ? (
            <StateBadge tone="bad">{mailbox.problem}</StateBadge>
          ) : mailbox.checked_at ? (
            <StateBadge tone="good">
              {t("returns.mailbox.checked")} <When at={mailbox.checked_at} />
            </StateBadge>
          ) : (
            <StateBadge tone="quiet">{t("returns.mailbox.new")}</StateBadge>
          )}
        </p>
      )}
      <div className={css.inline}>
        <Button variant="default" onClick={() => setEditing(true)}>
          {t(mailbox ? "returns.mailbox.change" : "returns.mailbox.add")}
        </Button>
        {mailbox && (
          <Button variant="default" onClick={() => setEnding(true)}>
            {t("returns.mailbox.remove")}
          </Button>
        )}
      </div>
      {editing && <MailboxForm mailbox={mailbox} onClose={() => setEditing(false)} />}
      {mailbox && (
        <ConfirmDanger
          opened={ending}
          onClose={() => setEnding(false)}
          title={t("returns.mailbox.remove.title", { host: mailbox.host })}
          loses={[t("returns.mailbox.remove.loses")]}
          action={t("returns.mailbox.remove")}
          onConfirm={() => remove.mutateAsync({})}
        />
      )}
    </>
  );
}

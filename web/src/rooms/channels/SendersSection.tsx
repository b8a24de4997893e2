import { Button, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useOpening } from "@/lib/url";
import { ConfirmDanger, FormDialog } from "@/ui/Dialog";
import { EmailField } from "@/ui/EmailField";
import { Section } from "@/ui/Page";
import { SettingsItem, SettingsList } from "@/ui/SettingsList";
import { Await, EmptyState } from "@/ui/states";
import { useT } from "./useT";

type Sender = Shape<"SenderIdentity">;

/** Whom mails are from. */
export function SendersSection({ may }: { may: boolean }) {
  const t = useT();
  const senders = useGet("/senders", {});
  const [open, setOpen] = useOpening("sender");
  const [archiving, setArchiving] = useState<Sender>();
  const archive = useSend("delete", "/senders/{sender_id}");
  const add = may && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setOpen("new")}>
      {t("senders.add")}
    </Button>
  );
  const edited = senders.data?.find(({ id }) => id === open);
  return (
    <Section title={t("senders.title")} note={t("senders.note")} action={senders.data?.length ? add : undefined}>
      <Await query={senders} lines={2}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState picture="letter" action={add}>
              {t("senders.empty")}
            </EmptyState>
          ) : (
            <SettingsList label={t("senders.title")}>
              {found.map((sender) => (
                <SettingsItem
                  key={sender.id}
                  name={sender.from_name}
                  note={[
                    sender.from_address,
                    ...(sender.reply_to ? [t("senders.replies", { address: sender.reply_to })] : []),
                  ].join(" · ")}
                >
                  {may && (
                    <>
                      <Button variant="default" size="xs" onClick={() => setOpen(sender.id)}>
                        {t("senders.change")}
                      </Button>
                      <Button variant="default" size="xs" onClick={() => setArchiving(sender)}>
                        {t("senders.archive")}
                      </Button>
                    </>
                  )}
                </SettingsItem>
              ))}
            </SettingsList>
          )
        }
      </Await>
      {may && (open === "new" || edited) && <SenderDialog key={open} sender={edited} onClose={() => setOpen("")} />}
      {archiving && (
        <ConfirmDanger
          opened
          onClose={() => setArchiving(undefined)}
          title={t("senders.archive.title", { name: archiving.from_name })}
          loses={[t("senders.archive.loses")]}
          keeps={[t("senders.archive.keeps")]}
          action={t("senders.archive")}
          onConfirm={() => archive.mutateAsync({ path: { sender_id: archiving.id } })}
        />
      )}
    </Section>
  );
}

function SenderDialog({ sender, onClose }: { sender: Sender | undefined; onClose: () => void }) {
  const t = useT();
  const [form, setForm] = useState({
    from_name: sender?.from_name ?? "",
    from_address: sender?.from_address ?? "",
    reply_to: sender?.reply_to ?? "",
  });
  const done = { onSuccess: onClose };
  const create = useSend("post", "/senders", done);
  const change = useSend("put", "/senders/{sender_id}", done);
  const field = (name: keyof typeof form) => ({
    name,
    value: form[name],
    onChange: (value: string) => setForm({ ...form, [name]: value }),
  });
  return (
    <FormDialog
      title={sender ? sender.from_name : t("senders.add")}
      onClose={onClose}
      onSubmit={() => {
        if (sender) change.mutate({ path: { sender_id: sender.id }, body: form });
        else create.mutate({ body: form });
      }}
      action={sender ? t("save") : t("senders.add")}
      busy={create.isPending || change.isPending}
      error={create.error ?? change.error}
    >
      <TextInput
        label={t("senders.name")}
        description={t("senders.name.note")}
        required
        data-autofocus
        {...field("from_name")}
        onChange={(event) => setForm({ ...form, from_name: event.currentTarget.value })}
      />
      <EmailField label={t("senders.address")} required {...field("from_address")} />
      <EmailField label={t("senders.reply")} description={t("senders.reply.note")} {...field("reply_to")} />
    </FormDialog>
  );
}

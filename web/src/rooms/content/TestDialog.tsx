import { Button, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import { useMe } from "@/app/session";
import { A } from "@/lib/links";
import { Dialog, FormFoot } from "@/ui/Dialog";
import { FormError } from "@/ui/states";
import { say } from "@/ui/tray";
import css from "./editor.module.css";
import { useT } from "./useT";

interface Props {
  template: string;
  /** Saves first, so that what is tested is what is on screen. */
  keep: () => Promise<number>;
  unsaved: boolean;
  person: { id: number; name: string } | undefined;
  onClose: () => void;
}

/** Sends the mail once to an address; it is in no report. */
export function TestDialog({ template, keep, unsaved, person, onClose }: Props) {
  const t = useT();
  const me = useMe();
  const senders = useGet("/senders", {});
  const settings = useGet("/email/settings", {});
  const [to, setTo] = useState(me.email);
  const [chosen, setChosen] = useState<string>();
  const sandbox = settings.data?.provider === "sandbox";
  const send = useSend("post", "/templates/{template_id}/test", { changes: ["/sandbox"] });
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const sender = chosen ?? senders.data?.[0]?.id ?? "";
  const submit = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      const version = await keep();
      await send.mutateAsync({
        path: { template_id: template },
        body: { version, sender_identity_id: sender, to, person_id: person?.id ?? null },
      });
      say(t("test.sent", { to }));
      onClose();
    } catch (error) {
      setFailure(error);
    }
    setBusy(false);
  };
  return (
    <Dialog opened onClose={onClose} title={t("test")}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextInput
          label={t("test.to")}
          type="email"
          required
          withAsterisk={false}
          value={to}
          data-autofocus
          description={sandbox ? t("test.sandbox") : t("test.real")}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        {senders.data?.length === 0 ? (
          <p>
            {t.rich("test.noSender", {
              link: (words) => (
                <A key="link" to="/settings/email?sender=new">
                  {words}
                </A>
              ),
            })}
          </p>
        ) : (
          <Select
            label={t("test.from")}
            allowDeselect={false}
            value={sender}
            onChange={(value) => setChosen(value ?? undefined)}
            data={(senders.data ?? []).map(({ id, from_name, from_address }) => ({
              value: id,
              label: `${from_name} <${from_address}>`,
            }))}
          />
        )}
        <p className={css.muted}>
          {person ? t("test.as", { name: person.name }) : t("test.asSample")} {unsaved && t("test.saves")}
        </p>
        <FormError error={failure} />
        <FormFoot>
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" loading={busy} disabled={!sender}>
            {t("test")}
          </Button>
        </FormFoot>
      </form>
    </Dialog>
  );
}

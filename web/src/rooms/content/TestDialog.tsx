import { Button, Select } from "@mantine/core";
import { useState } from "react";
import { ApiError } from "@/api/errors";
import { useGet, useSend } from "@/api/hooks";
import { A } from "@/lib/links";
import { useMe } from "@/lib/session";
import { useMay } from "@/lib/workspace";
import { Act } from "@/ui/Act";
import { Dialog, FormFoot } from "@/ui/Dialog";
import { EmailField } from "@/ui/EmailField";
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
  const send = useSend("post", "/templates/{template_id}/test");
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const mayAsk = useMay("campaigns.launch");
  const unconfirmed = mayAsk && failure instanceof ApiError && failure.code === "test_unconfirmed";
  const ask = useSend("post", "/test-addresses", {
    onSuccess: () => {
      say(t("test.asked", { to }));
      setFailure(undefined);
    },
  });
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
        <EmailField
          label={t("test.to")}
          name="to"
          required
          value={to}
          data-autofocus
          description={`${sandbox ? t("test.sandbox") : t("test.real")} ${t("test.who")}`}
          onChange={(address) => {
            setFailure(undefined);
            setTo(address);
          }}
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
        {unconfirmed && (
          <Button
            variant="default"
            loading={ask.isPending}
            onClick={() => ask.mutate({ body: { address: to } }, { onError: setFailure })}
          >
            {t("test.ask", { to })}
          </Button>
        )}
        <FormFoot>
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Act type="submit" loading={busy} disabled={!sender}>
            {t("test")}
          </Act>
        </FormFoot>
      </form>
    </Dialog>
  );
}

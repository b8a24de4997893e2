import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { useGo } from "@/lib/links";
import { DayField } from "@/ui/DateField";
import { FormDialog } from "@/ui/Dialog";
import { say } from "@/ui/tray";
import { useT } from "../useT";
import type { Campaign } from "../words";

/** Plans a campaign once more: everything but results, spending and approvals, with its days shifted. */
export default function DuplicateCampaign({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const t = useT();
  const go = useGo();
  const [name, setName] = useState(t("copy.name", { name: campaign.name }).slice(0, 200));
  const [starts, setStarts] = useState<string | null>(null);
  const copy = useSend("post", "/campaigns/{campaign_id}/duplicate", {
    once: true,
    onSuccess: (made) => {
      onClose();
      say(t("copy.made", { name: made.name }));
      go(`/campaigns/${made.id}`);
    },
  });
  return (
    <FormDialog
      title={t("copy.title", { name: campaign.name })}
      onClose={onClose}
      onSubmit={() =>
        copy.mutate({
          path: { campaign_id: campaign.id },
          body: { name: name.trim(), starts_on: starts, language: "en" },
        })
      }
      action={t("copy.action")}
      busy={copy.isPending}
      disabled={!name.trim() || !starts}
      error={copy.error}
    >
      <TextInput
        label={t("campaign.name")}
        data-autofocus
        required
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <DayField
        label={t("campaign.starts")}
        description={t("copy.note")}
        required
        value={starts}
        onChange={setStarts}
      />
    </FormDialog>
  );
}

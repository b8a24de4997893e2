import { Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { useGo } from "@/lib/links";
import { FormDialog } from "@/ui/Dialog";
import { say } from "@/ui/tray";
import type { Campaign } from "../words";
import { useT } from "./useT";

/** Keeps a campaign as a template: days become relative, people become roles. */
export default function SaveAsTemplate({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const t = useT();
  const go = useGo();
  const [name, setName] = useState(campaign.name);
  const [description, setDescription] = useState("");
  const save = useSend("post", "/campaign-templates", {
    once: true,
    onSuccess: (template) => {
      onClose();
      say(t("save.done", { name: template.name }), {
        action: { label: t("save.look"), act: () => go("/playbook?tab=templates") },
      });
    },
  });
  return (
    <FormDialog
      title={t("save.title")}
      onClose={onClose}
      onSubmit={() => save.mutate({ body: { campaign_id: campaign.id, name, description } })}
      action={t("save.action")}
      busy={save.isPending}
      disabled={!name.trim()}
      error={save.error}
    >
      <TextInput
        label={t("save.name")}
        data-autofocus
        required
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label={t("save.description")}
        autosize
        minRows={2}
        maxLength={2000}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <p>{t("save.note")}</p>
    </FormDialog>
  );
}

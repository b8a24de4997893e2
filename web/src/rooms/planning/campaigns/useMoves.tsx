import { IconArchive, IconCopy, IconTemplate, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { useGo } from "@/lib/links";
import { ConfirmDanger } from "@/ui/Dialog";
import { later } from "@/ui/later";
import type { MenuEntry } from "@/ui/PageHead";
import { say, sayRefused } from "@/ui/tray";
import { useT } from "../useT";
import type { Campaign, CampaignState } from "../words";
import { usePutCampaign } from "./useCampaign";

const DuplicateCampaign = later(() => import("./DuplicateCampaign"));
const SaveAsTemplate = later(() => import("../playbook/SaveAsTemplate"));

/** Keeping as a template, archiving and deleting a campaign: its quiet menu and the question it asks. */
export function useMoves(campaign: Campaign) {
  const t = useT();
  const go = useGo();
  const put = usePutCampaign();
  const [deleting, setDeleting] = useState(false);
  const [keeping, setKeeping] = useState(false);
  const [copying, setCopying] = useState(false);
  const move = useSend("put", "/campaigns/{campaign_id}/state", { onSuccess: put });
  const remove = useSend("delete", "/campaigns/{campaign_id}");
  const to =
    (state: CampaignState, version = campaign.version, undo?: CampaignState) =>
    () =>
      // Undo may come after the page has been left.
      void move
        .mutateAsync({ path: { campaign_id: campaign.id }, body: { state, version } })
        .then(
          (found) =>
            say(
              t(`moved.${state}`, { name: campaign.name }),
              undo && { action: { label: t("undo"), undo: true, act: to(undo, found.version) } },
            ),
          sayRefused,
        );
  const restored = { launch: "running", learn: "ended" } as const;
  const back = campaign.stage === "launch" || campaign.stage === "learn" ? restored[campaign.stage] : "planned";
  const restore = to(back, campaign.version, "archived");
  const menu: MenuEntry[] = [
    { label: t("copy.act"), icon: IconCopy, act: () => setCopying(true) },
    { label: t("move.template"), icon: IconTemplate, act: () => setKeeping(true) },
    ...(campaign.state === "archived"
      ? []
      : [{ label: t("move.archive"), icon: IconArchive, act: to("archived", campaign.version, back) }]),
    ...(campaign.touchpoints.launched
      ? []
      : [{ label: t("delete"), icon: IconTrash, danger: true, act: () => setDeleting(true) }]),
  ];
  const dialog = copying ? (
    <DuplicateCampaign campaign={campaign} onClose={() => setCopying(false)} />
  ) : keeping ? (
    <SaveAsTemplate campaign={campaign} onClose={() => setKeeping(false)} />
  ) : (
    <ConfirmDanger
      opened={deleting}
      onClose={() => setDeleting(false)}
      title={t("delete.title", { name: campaign.name })}
      loses={[
        t("delete.loses.campaign"),
        ...(campaign.budget.lines ? [t("delete.loses.lines", { count: campaign.budget.lines })] : []),
        ...(campaign.touchpoints.planned ? [t("delete.loses.drafts", { count: campaign.touchpoints.planned })] : []),
      ]}
      keeps={[t("delete.keeps")]}
      action={t("delete.action")}
      onConfirm={async () => {
        await remove.mutateAsync({ path: { campaign_id: campaign.id } });
        go("/campaigns", { replace: true });
      }}
    />
  );
  return { menu, restore, dialog };
}

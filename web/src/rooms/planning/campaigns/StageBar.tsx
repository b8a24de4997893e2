import { Button, Textarea } from "@mantine/core";
import { IconCheck, IconCircleCheck, IconCircleDashed } from "@tabler/icons-react";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import { Act } from "@/ui/Act";
import { Dialog, FormFoot } from "@/ui/Dialog";
import { FormError } from "@/ui/states";
import { say } from "@/ui/tray";
import { useT } from "../useT";
import { type Campaign, type CampaignStage, campaignStages } from "../words";
import css from "./StageBar.module.css";
import { usePutCampaign } from "./useCampaign";

interface Props {
  campaign: Campaign;
  mayMove: boolean;
}

/** The five stages of a campaign: where it stands, and on a click what that stage asks for before it is left. */
export function StageBar({ campaign, mayMove }: Props) {
  const t = useT();
  const [shown, setShown] = useState<CampaignStage>();
  const at = campaignStages.indexOf(campaign.stage);
  return (
    <>
      <ol className={css.bar} aria-label={t("stages")}>
        {campaignStages.map((stage, index) => (
          <li
            key={stage}
            data-state={index < at ? "past" : index === at ? "now" : "next"}
            aria-current={index === at ? "step" : undefined}
          >
            <button type="button" aria-haspopup="dialog" onClick={() => setShown(stage)}>
              <span className={css.dot}>{index < at ? <IconCheck size={12} stroke={2.6} /> : index + 1}</span>
              <span className={css.word}>{t(`stage.${stage}`)}</span>
            </button>
          </li>
        ))}
      </ol>
      {shown && <StageDialog campaign={campaign} stage={shown} mayMove={mayMove} onClose={() => setShown(undefined)} />}
    </>
  );
}

function StageDialog(props: Props & { stage: CampaignStage; onClose: () => void }) {
  const { campaign, stage, mayMove, onClose } = props;
  const t = useT();
  const put = usePutCampaign();
  const [reason, setReason] = useState("");
  const path = { campaign_id: campaign.id };
  const asked = useGet("/campaigns/{campaign_id}/stage", { path }, { fresh: 0 });
  const send = useSend("put", "/campaigns/{campaign_id}/stage", { onSuccess: put });
  const at = campaignStages.indexOf(campaign.stage);
  const here = campaignStages.indexOf(stage);
  const following = campaignStages[at + 1];
  const needs = asked.data?.needs[stage] ?? [];
  const missing = needs.filter(({ met }) => !met).length;
  const may = mayMove && campaign.state !== "archived";
  const move = (to: CampaignStage) =>
    send.mutate(
      { path, body: { stage: to, reason, version: campaign.version } },
      {
        onSuccess: () => {
          say(t("stage.moved", { name: campaign.name, stage: t(`stage.${to}`) }));
          onClose();
        },
      },
    );
  const onward = here === at && following !== undefined;
  return (
    <Dialog opened onClose={onClose} title={t(`stage.${stage}`)} size={460}>
      <p className={css.meaning}>{t(`stage.${stage}.meaning`)}</p>
      {needs.length > 0 && (
        <ul className={css.needs}>
          {needs.map((need) => (
            <li key={need.code} data-met={need.met || undefined}>
              {need.met ? <IconCircleCheck size={18} stroke={1.7} /> : <IconCircleDashed size={18} stroke={1.7} />}
              <span>{t(`need.${need.code}` as NeedKey, { count: need.missing, met: need.met ? "yes" : "no" })}</span>
            </li>
          ))}
        </ul>
      )}
      {may && onward && missing > 0 && (
        <Textarea
          data-typed
          label={t("stage.reason")}
          description={t("stage.reason.note")}
          autosize
          minRows={2}
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <FormError error={send.error} />
      {may && (
        <FormFoot>
          {here < at && (
            <Button variant="default" loading={send.isPending} onClick={() => move(stage)}>
              {t("stage.back", { stage: t(`stage.${stage}`) })}
            </Button>
          )}
          {onward && (
            <Act
              loading={send.isPending}
              disabled={!asked.data || (missing > 0 && !reason.trim())}
              onClick={() => move(following)}
            >
              {t("stage.on", { stage: t(`stage.${following}`) })}
            </Act>
          )}
        </FormFoot>
      )}
    </Dialog>
  );
}

type NeedKey =
  | "need.leader"
  | "need.goal"
  | "need.dates"
  | "need.budget"
  | "need.touchpoints"
  | "need.audiences"
  | "need.content"
  | "need.launched"
  | "need.sent"
  | "need.retrospective";

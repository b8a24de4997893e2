import { Button } from "@mantine/core";
import { useMay } from "@/lib/workspace";
import { ProblemWords } from "@/rooms/delivery/ProblemWords";
import { BuilderLayout } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { SaveState } from "@/ui/SaveState";
import { FormError } from "@/ui/states";
import { ConflictNote } from "../ConflictNote";
import { ChannelWord } from "../channelplan/ChannelWord";
import { PagesBeside } from "../playbook/PagesBeside";
import { useT } from "../useT";
import { type Campaign, type Touchpoint, TouchpointBadge } from "../words";
import { LaunchButton, LaunchPanel, useCheck } from "./LaunchPanel";
import { Planner } from "./Planner";
import css from "./touchpoints.module.css";
import { useArchive } from "./useArchive";
import { useDuplicate } from "./useDuplicate";
import { useTouchpoint } from "./useTouchpoint";

/** A touchpoint that is being planned: what goes to whom and when, with the launch check beside it. */
export default function DraftTouchpoint({
  touchpoint,
  campaign,
}: {
  touchpoint: Touchpoint;
  campaign: Campaign | undefined;
}) {
  const t = useT();
  const archived = touchpoint.state === "archived";
  const mayWrite = useMay("campaigns.write");
  const may = mayWrite && !archived;
  const thing = useTouchpoint(touchpoint);
  const archive = useArchive(touchpoint);
  const check = useCheck(touchpoint, thing.state === "saved", !archive.leaving);
  const duplicate = useDuplicate(touchpoint);
  const home = `/campaigns/${touchpoint.campaign_id}`;
  return (
    <BuilderLayout
      inspectorTitle={t("check")}
      inspector={
        <>
          {!archived && <LaunchPanel touchpoint={touchpoint} check={check} />}
          <PagesBeside place="touchpoint" />
        </>
      }
      head={
        <PageHead
          title={thing.draft.name}
          crumbs={[
            { label: t("campaigns.title"), to: "/campaigns" },
            { label: campaign?.name ?? t("campaign"), to: home },
          ]}
          onRename={may ? (name) => thing.change({ name }, true) : undefined}
          meaning={
            <>
              <TouchpointBadge touchpoint={touchpoint} />
              <ChannelWord thing={thing} disabled={!may} />
              {may && <SaveState state={thing.state} />}
            </>
          }
          action={
            !archived ? (
              <LaunchButton touchpoint={touchpoint} check={check} ready={thing.state === "saved"} />
            ) : mayWrite ? (
              <Button onClick={archive.act}>{archive.label}</Button>
            ) : undefined
          }
          menu={mayWrite ? (archived ? [duplicate] : [duplicate, archive]) : undefined}
        />
      }
    >
      <div className={css.planner}>
        {touchpoint.launch_problem && (
          <p className={css.problem} role="alert">
            <strong>{t("launch.failed")}</strong> <ProblemWords {...touchpoint.launch_problem} />
          </p>
        )}
        <ConflictNote
          thing={thing}
          names={{
            name: t("touchpoint.name"),
            audience_id: t("plan.audience"),
            template_id: t("plan.content"),
            sender_identity_id: t("plan.sender"),
            topic_id: t("plan.topic"),
            send_at: t("plan.time"),
            per_hour: t("plan.pace"),
            holdout_percent: t("plan.holdout"),
            utm: t("plan.links"),
          }}
        />
        <FormError error={thing.error} />
        <Planner touchpoint={touchpoint} thing={thing} reach={check.data?.reach ?? null} disabled={!may} />
      </div>
    </BuilderLayout>
  );
}

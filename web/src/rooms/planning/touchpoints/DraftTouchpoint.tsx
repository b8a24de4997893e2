import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { useGo } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { ProblemWords } from "@/rooms/delivery/ProblemWords";
import { ConfirmDanger } from "@/ui/Dialog";
import { BuilderLayout } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { SaveState } from "@/ui/SaveState";
import { FormError } from "@/ui/states";
import { ConflictNote } from "../ConflictNote";
import { ChannelWord } from "../channelplan/ChannelWord";
import { useT } from "../useT";
import { type Campaign, type Touchpoint, TouchpointBadge } from "../words";
import { LaunchButton, LaunchPanel, useCheck } from "./LaunchPanel";
import { Planner } from "./Planner";
import css from "./touchpoints.module.css";
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
  const go = useGo();
  const may = useMay("campaigns.write");
  const thing = useTouchpoint(touchpoint);
  const check = useCheck(touchpoint, thing.state === "saved");
  const [deleting, setDeleting] = useState(false);
  const remove = useSend("delete", "/touchpoints/{touchpoint_id}", { changes: ["/campaigns", "/touchpoints"] });
  const home = `/campaigns/${touchpoint.campaign_id}`;
  return (
    <BuilderLayout
      inspectorTitle={t("check")}
      inspector={<LaunchPanel touchpoint={touchpoint} check={check} />}
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
          action={<LaunchButton touchpoint={touchpoint} check={check} ready={thing.state === "saved"} />}
          menu={
            may
              ? [{ label: t("touchpoint.delete"), icon: IconTrash, danger: true, act: () => setDeleting(true) }]
              : undefined
          }
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
      <ConfirmDanger
        opened={deleting}
        onClose={() => setDeleting(false)}
        title={t("delete.title", { name: touchpoint.name })}
        loses={[t("touchpoint.delete.loses")]}
        keeps={[t("touchpoint.delete.keeps")]}
        action={t("touchpoint.delete.action")}
        onConfirm={async () => {
          await remove.mutateAsync({ path: { touchpoint_id: touchpoint.id } });
          go(home, { replace: true });
        }}
      />
    </BuilderLayout>
  );
}

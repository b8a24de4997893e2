import { Button, Textarea } from "@mantine/core";
import { IconArchiveOff, IconPlus } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { type ComponentType, useEffect } from "react";
import { useGet, useSend } from "@/api/hooks";
import { useWords } from "@/lib/i18n";
import { useGo } from "@/lib/links";
import { useParam } from "@/lib/url";
import { useMay, useWorkspaceSettings } from "@/lib/workspace";
import { ResultTiles } from "@/rooms/insights/ResultTiles";
import { useReport } from "@/rooms/insights/report";
import { FollowButton } from "@/rooms/teamwork/FollowButton";
import { Presence } from "@/rooms/teamwork/Presence";
import { later } from "@/ui/later";
import { Facts, Page, Section, ThingLayout } from "@/ui/Page";
import { PageHead, TabPanel } from "@/ui/PageHead";
import { SaveState } from "@/ui/SaveState";
import { Await, ErrorState, FormError, SkeletonLines } from "@/ui/states";
import { Name, When } from "@/ui/values";
import { BudgetSummary } from "../budget/Summary";
import { ConflictNote } from "../ConflictNote";
import { GoalCard } from "../goals/GoalCard";
import css from "../planning.module.css";
import { PagesBeside } from "../playbook/PagesBeside";
import { useT } from "../useT";
import type { Campaign } from "../words";
import { Activity } from "./Activity";
import { Attention } from "./Attention";
import { AttributionSentence } from "./AttributionSentence";
import { CampaignLine } from "./CampaignLine";
import { PartOf } from "./PartOf";
import { StageBar } from "./StageBar";
import { Team } from "./Team";
import { TouchpointRows } from "./TouchpointRows";
import { tabs } from "./tabs";
import { useCampaign } from "./useCampaign";
import { useMoves } from "./useMoves";

const faces: Record<string, ComponentType<{ campaign: Campaign }>> = Object.fromEntries(
  tabs.map(({ id, load }) => [id, later(load, () => <SkeletonLines lines={8} height={18} />)]),
);

/** One campaign: its heart on the overview, and a face for each noun of its plan. */
export default function CampaignPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const [tab] = useParam("tab", "overview");
  const campaign = useGet("/campaigns/{campaign_id}", { path: { campaign_id: id } }, { keep: false });
  // The open tab's code and numbers come while the campaign is read, not after it.
  useEffect(() => void tabs.find((face) => face.id === tab)?.load(), [tab]);
  useReport(id, { enabled: tab === "report" });
  if (campaign.data) return <CampaignView key={id} campaign={campaign.data} />;
  return (
    <Page>
      {campaign.error ? (
        <ErrorState error={campaign.error} onRetry={() => void campaign.refetch()} />
      ) : (
        <SkeletonLines lines={8} height={18} />
      )}
    </Page>
  );
}

function CampaignView({ campaign }: { campaign: Campaign }) {
  const t = useT();
  const words = useWords();
  const { permissions } = useWorkspaceSettings();
  const may = useMay("campaigns.write");
  const [tab] = useParam("tab", "overview");
  const thing = useCampaign(campaign);
  const moves = useMoves(campaign);
  const add = useAddTouchpoint(campaign);
  const about = { kind: "campaign", id: campaign.id } as const;
  const open = campaign.state === "planned" || campaign.state === "running";
  const shown = tabs
    .filter(({ permission }) => !permission || permissions.has(permission))
    .sort((one, other) => one.order - other.order);
  const Face = shown.some(({ id }) => id === tab) ? faces[tab] : undefined;
  return (
    <Page>
      <PageHead
        title={thing.draft.name}
        crumbs={[
          { label: t("campaigns.title"), to: "/campaigns" },
          ...(campaign.parent ? [{ label: campaign.parent.name, to: `/campaigns/${campaign.parent.id}` }] : []),
        ]}
        onRename={may ? (name) => thing.change({ name }, true) : undefined}
        meaning={
          <>
            <CampaignLine campaign={campaign} thing={thing} disabled={!may} />
            {may && thing.state !== "saved" && <SaveState state={thing.state} />}
            <Presence thing={about} />
          </>
        }
        action={
          <>
            <FollowButton thing={about} />
            {may && open && (
              <Button leftSection={<IconPlus size={16} />} onClick={add.act} loading={add.isPending}>
                {t("touchpoint.add")}
              </Button>
            )}
            {may && campaign.state === "archived" && (
              <Button leftSection={<IconArchiveOff size={16} />} onClick={moves.restore}>
                {t("move.restore")}
              </Button>
            )}
          </>
        }
        menu={may ? moves.menu : undefined}
        tabs={[
          { id: "overview", label: t("tab.overview") },
          ...shown.map(({ id, label }) => ({ id, label: words(label) })),
        ]}
      />
      <ConflictNote
        thing={thing}
        names={{
          name: t("campaign.name"),
          category: t("campaign.category"),
          type: t("campaign.type"),
          description: t("campaign.notes"),
          leader_id: t("campaign.leader"),
          parent_id: t("campaign.parent"),
          starts_on: t("campaign.starts"),
          ends_on: t("campaign.ends"),
          attribution: t("attribution"),
        }}
      />
      <FormError error={thing.error} />
      <TabPanel open={Face ? tab : "overview"}>
        {Face ? <Face campaign={campaign} /> : <Overview campaign={campaign} thing={thing} may={may} onAdd={add.act} />}
      </TabPanel>
      {moves.dialog}
    </Page>
  );
}

interface OverviewProps {
  campaign: Campaign;
  thing: ReturnType<typeof useCampaign>;
  may: boolean;
  onAdd: () => void;
}

function Overview({ campaign, thing, may, onAdd }: OverviewProps) {
  const t = useT();
  const report = useReport(campaign.id, { enabled: campaign.touchpoints.launched > 0 || campaign.goal !== null });
  const touchpoints = useGet("/campaigns/{campaign_id}/touchpoints", { path: { campaign_id: campaign.id } });
  const attribution = (
    <AttributionSentence
      value={thing.draft.attribution}
      disabled={!may}
      onChange={(changed) => thing.change({ attribution: changed }, true)}
    />
  );
  return (
    <ThingLayout
      factsTitle={t("facts")}
      facts={
        <>
          <Facts
            items={[
              [t("campaign.parent"), <PartOf key="p" campaign={campaign} thing={thing} disabled={!may} />],
              [t("facts.created"), <When key="c" at={campaign.created_at} />],
              [t("facts.changed"), <ChangedBy key="u" campaign={campaign} />],
            ]}
          />
          <Team campaign={campaign} mayEdit={may} />
          <Section title={t("campaign.notes")}>
            <Textarea
              aria-label={t("campaign.notes")}
              placeholder={t("campaign.notes.hint")}
              autosize
              minRows={3}
              maxRows={16}
              maxLength={20_000}
              value={thing.draft.description}
              readOnly={!may}
              onBlur={thing.flush}
              onChange={(event) => thing.change({ description: event.currentTarget.value })}
            />
          </Section>
          <PagesBeside place="campaign" />
          <Activity campaignId={campaign.id} />
        </>
      }
    >
      {campaign.state !== "archived" && <StageBar campaign={campaign} mayMove={may} />}
      <Attention campaignId={campaign.id} />
      <GoalCard campaign={campaign} progress={report.data?.goal ?? undefined} coming={report.isLoading} mayEdit={may} />
      {campaign.touchpoints.launched > 0 && (
        <Section title={t("results")} note={attribution}>
          <Await query={report} lines={3}>
            {(answer) => <ResultTiles report={answer} />}
          </Await>
        </Section>
      )}
      <Section title={t("touchpoints")}>
        <Await query={touchpoints} lines={3}>
          {(rows) => <TouchpointRows touchpoints={rows} report={report.data} onAdd={may ? onAdd : undefined} />}
        </Await>
      </Section>
      <BudgetSummary campaign={campaign} />
      {campaign.touchpoints.launched === 0 && (
        <Section title={t("attribution")}>
          <p className={css.prose}>{attribution}</p>
        </Section>
      )}
    </ThingLayout>
  );
}

function ChangedBy({ campaign }: { campaign: Campaign }) {
  return (
    <>
      <When at={campaign.updated_at} />{" "}
      {campaign.updated_by && (
        <span className={css.muted}>
          · <Name>{campaign.updated_by}</Name>
        </span>
      )}
    </>
  );
}

/** A new draft on its own page; its name can be changed there. */
function useAddTouchpoint(campaign: Campaign) {
  const t = useT();
  const go = useGo();
  const send = useSend("post", "/campaigns/{campaign_id}/touchpoints", {
    onSuccess: ({ id }) => go(`/touchpoints/${id}`),
  });
  const body = { name: t("touchpoint.defaultName", { n: campaign.touchpoints.planned + 1 }) };
  return {
    isPending: send.isPending,
    act: () => send.mutate({ path: { campaign_id: campaign.id }, body }),
  };
}

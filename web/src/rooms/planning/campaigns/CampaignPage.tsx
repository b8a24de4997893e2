import { Button, Textarea } from "@mantine/core";
import { IconArchive, IconArchiveOff, IconPlayerPlay, IconPlayerStop, IconPlus, IconTrash } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import { useGo } from "@/lib/links";
import { useParam } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { ResultTiles } from "@/rooms/insights/ResultTiles";
import { useReport } from "@/rooms/insights/report";
import { ConfirmDanger } from "@/ui/Dialog";
import { Facts, Page, Section, ThingLayout } from "@/ui/Page";
import { type MenuEntry, PageHead } from "@/ui/PageHead";
import { SaveState } from "@/ui/SaveState";
import { Await, ErrorState, FormError, SkeletonLines } from "@/ui/states";
import { say } from "@/ui/tray";
import { When } from "@/ui/values";
import { ConflictNote } from "../ConflictNote";
import css from "../planning.module.css";
import { useT } from "../useT";
import type { Campaign, CampaignState } from "../words";
import { Activity } from "./Activity";
import { AttributionSentence } from "./AttributionSentence";
import { BudgetTable } from "./BudgetTable";
import { CampaignLine } from "./CampaignLine";
import { GoalCard } from "./GoalCard";
import { TouchpointRows } from "./TouchpointRows";
import { useCampaign, usePutCampaign } from "./useCampaign";

const CampaignReport = lazy(() => import("@/rooms/insights/CampaignReport"));

/** One campaign: its goal, results, touchpoints and money on one page, its report on the other. */
export default function CampaignPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const campaign = useGet("/campaigns/{campaign_id}", { path: { campaign_id: id } }, { keep: false });
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
  const may = useMay("campaigns.write");
  const [tab] = useParam("tab", "plan");
  const thing = useCampaign(campaign);
  const states = useMoves(campaign);
  const add = useAddTouchpoint(campaign);
  const open = campaign.state === "planned" || campaign.state === "running";
  return (
    <Page>
      <PageHead
        title={thing.draft.name}
        crumbs={[{ label: t("campaigns.title"), to: "/campaigns" }]}
        onRename={may ? (name) => thing.change({ name }, true) : undefined}
        meaning={
          <>
            <CampaignLine campaign={campaign} thing={thing} disabled={!may} />
            {may && thing.state !== "saved" && <SaveState state={thing.state} />}
          </>
        }
        action={
          may && open ? (
            <Button leftSection={<IconPlus size={16} />} onClick={() => add.mutate({})} loading={add.isPending}>
              {t("touchpoint.add")}
            </Button>
          ) : undefined
        }
        menu={may ? states.menu : undefined}
        tabs={[
          { id: "plan", label: t("tab.plan") },
          { id: "report", label: t("tab.report") },
        ]}
      />
      <ConflictNote
        thing={thing}
        names={{
          name: t("campaign.name"),
          category: t("campaign.category"),
          description: t("campaign.notes"),
          leader_id: t("campaign.leader"),
          starts_on: t("campaign.starts"),
          ends_on: t("campaign.ends"),
          attribution: t("attribution"),
        }}
      />
      <FormError error={thing.error} />
      {tab === "report" ? (
        <Suspense fallback={<SkeletonLines lines={8} height={18} />}>
          <CampaignReport campaignId={campaign.id} />
        </Suspense>
      ) : (
        <Plan campaign={campaign} thing={thing} may={may} onAdd={() => add.mutate({})} />
      )}
      {states.dialog}
    </Page>
  );
}

function Plan(props: { campaign: Campaign; thing: ReturnType<typeof useCampaign>; may: boolean; onAdd: () => void }) {
  const { campaign, thing, may } = props;
  const t = useT();
  const report = useReport(campaign.id, { enabled: campaign.touchpoints.launched > 0 || campaign.goal !== null });
  const touchpoints = useGet("/campaigns/{campaign_id}/touchpoints", { path: { campaign_id: campaign.id } });
  return (
    <ThingLayout
      factsTitle={t("facts")}
      facts={
        <>
          <Facts
            items={[
              [t("facts.created"), <When key="c" at={campaign.created_at} />],
              [t("facts.changed"), <ChangedBy key="u" campaign={campaign} />],
            ]}
          />
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
          <Activity campaignId={campaign.id} />
        </>
      }
    >
      <GoalCard campaign={campaign} progress={report.data?.goal ?? undefined} mayEdit={may} />
      {campaign.touchpoints.launched > 0 && (
        <Section
          title={t("results")}
          note={
            <AttributionSentence
              value={thing.draft.attribution}
              disabled={!may}
              onChange={(attribution) => thing.change({ attribution }, true)}
            />
          }
        >
          <Await query={report} lines={3}>
            {(answer) => <ResultTiles report={answer} />}
          </Await>
        </Section>
      )}
      <Section title={t("touchpoints")}>
        <Await query={touchpoints} lines={3}>
          {(rows) => <TouchpointRows touchpoints={rows} report={report.data} onAdd={may ? props.onAdd : undefined} />}
        </Await>
      </Section>
      <BudgetTable campaign={campaign} mayEdit={may} />
      {campaign.touchpoints.launched === 0 && (
        <Section title={t("attribution")}>
          <p className={css.prose}>
            <AttributionSentence
              value={thing.draft.attribution}
              disabled={!may}
              onChange={(attribution) => thing.change({ attribution }, true)}
            />
          </p>
        </Section>
      )}
    </ThingLayout>
  );
}

function ChangedBy({ campaign }: { campaign: Campaign }) {
  return (
    <>
      <When at={campaign.updated_at} />{" "}
      {campaign.updated_by && <span className={css.muted}>· {campaign.updated_by}</span>}
    </>
  );
}

/** A new draft on its own page; its name can be changed there. */
function useAddTouchpoint(campaign: Campaign) {
  const t = useT();
  const go = useGo();
  const send = useSend("post", "/campaigns/{campaign_id}/touchpoints", {
    changes: ["/campaigns", "/touchpoints", "home"],
    onSuccess: ({ id }) => go(`/touchpoints/${id}`),
  });
  const body = { name: t("touchpoint.defaultName", { n: campaign.touchpoints.planned + 1 }) };
  return {
    isPending: send.isPending,
    mutate: (_: object) => send.mutate({ path: { campaign_id: campaign.id }, body }),
  };
}

/** Starting, ending, archiving and deleting: the quiet menu. */
function useMoves(campaign: Campaign) {
  const t = useT();
  const go = useGo();
  const put = usePutCampaign();
  const [deleting, setDeleting] = useState(false);
  const move = useSend("put", "/campaigns/{campaign_id}/state", { onSuccess: put });
  const remove = useSend("delete", "/campaigns/{campaign_id}", { changes: ["/campaigns", "home"] });
  const to = (state: CampaignState) => () =>
    move.mutate(
      { path: { campaign_id: campaign.id }, body: { state, version: campaign.version } },
      {
        onError: (error) => say(error.detail || error.message, { tone: "bad" }),
        onSuccess: () => say(t(`moved.${state}`, { name: campaign.name })),
      },
    );
  const entries: Record<CampaignState, MenuEntry[]> = {
    planned: [{ label: t("move.start"), icon: IconPlayerPlay, act: to("running") }],
    running: [{ label: t("move.end"), icon: IconPlayerStop, act: to("ended") }],
    ended: [{ label: t("move.reopen"), icon: IconPlayerPlay, act: to("running") }],
    archived: [
      { label: t("move.restore"), icon: IconArchiveOff, act: to(campaign.touchpoints.launched ? "ended" : "planned") },
    ],
  };
  const menu: MenuEntry[] = [
    ...entries[campaign.state],
    ...(campaign.state === "archived" ? [] : [{ label: t("move.archive"), icon: IconArchive, act: to("archived") }]),
    ...(campaign.touchpoints.launched
      ? []
      : [{ label: t("delete"), icon: IconTrash, danger: true, act: () => setDeleting(true) }]),
  ];
  const dialog = (
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
  return { menu, dialog };
}

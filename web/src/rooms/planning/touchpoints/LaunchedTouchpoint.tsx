import { IconRepeat } from "@tabler/icons-react";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { useParam } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { LiveActions, LiveTouchpoint, useProgress } from "@/rooms/delivery/LiveTouchpoint";
import { MessagesTab } from "@/rooms/delivery/MessagesTab";
import { useReport } from "@/rooms/insights/report";
import { Facts, Page, Section, ThingLayout } from "@/ui/Page";
import { PageHead, TabPanel } from "@/ui/PageHead";
import { When } from "@/ui/values";
import { PagesBeside } from "../playbook/PagesBeside";
import { useT } from "../useT";
import { type Campaign, type Touchpoint, TouchpointBadge } from "../words";
import { Letter } from "./ContentPreview";
import css from "./LaunchedTouchpoint.module.css";
import { SilentDialog } from "./SilentDialog";
import shared from "./touchpoints.module.css";
import { useDuplicate } from "./useDuplicate";

/** A launched touchpoint: watched live, message by message, with what was sent beside it. */
export default function LaunchedTouchpoint({
  touchpoint,
  campaign,
}: {
  touchpoint: Touchpoint;
  campaign: Campaign | undefined;
}) {
  const t = useT();
  const format = useFormat();
  const duplicate = useDuplicate(touchpoint);
  const [tab] = useParam("tab", "live");
  const progress = useProgress(touchpoint.id);
  const may = useMay("campaigns.write");
  const [silent, setSilent] = useState(false);
  const rename = useSend("put", "/touchpoints/{touchpoint_id}/name");
  useReport(touchpoint.campaign_id); // shown once it is known how far sending is, but asked for beside that
  const state = progress.data?.state ?? touchpoint.state;
  const tags = Object.entries(touchpoint.link_tags);
  return (
    <Page kind={tab === "messages" ? "list" : "page"}>
      <PageHead
        title={touchpoint.name}
        crumbs={[
          { label: t("campaigns.title"), to: "/campaigns" },
          { label: campaign?.name ?? t("campaign"), to: `/campaigns/${touchpoint.campaign_id}` },
        ]}
        meaning={
          <>
            <TouchpointBadge touchpoint={{ state, send_at: touchpoint.send_at }} />
            <span>
              {t.rich("launched.by", {
                name: touchpoint.launched_by,
                when: <When key="w" at={touchpoint.launched_at} />,
              })}
            </span>
          </>
        }
        action={<LiveActions touchpointId={touchpoint.id} name={touchpoint.name} />}
        onRename={
          may
            ? (name) =>
                rename.mutateAsync({
                  path: { touchpoint_id: touchpoint.id },
                  body: { name, version: touchpoint.version },
                })
            : undefined
        }
        menu={
          may
            ? [
                duplicate,
                ...(progress.data?.started_at
                  ? [{ label: t("silent.open"), icon: IconRepeat, act: () => setSilent(true) }]
                  : []),
              ]
            : undefined
        }
        tabs={[
          { id: "live", label: t("tab.live") },
          { id: "messages", label: t("tab.messages"), count: progress.data && format.number(progress.data.total) },
        ]}
      />
      {silent && <SilentDialog touchpoint={touchpoint} onClose={() => setSilent(false)} />}
      <TabPanel open={tab}>
        {tab === "messages" ? (
          <MessagesTab touchpointId={touchpoint.id} progress={progress.data} />
        ) : (
          <ThingLayout
            factsTitle={t("sentAs")}
            facts={
              <>
                <Facts
                  items={[
                    [
                      t("plan.audience"),
                      touchpoint.audience ? (
                        <A key="a" to={`/audiences/${touchpoint.audience.id}`}>
                          {touchpoint.audience.name}
                        </A>
                      ) : (
                        "–"
                      ),
                    ],
                    [t("plan.topic"), touchpoint.topic?.name ?? "–"],
                    [
                      t("plan.sender"),
                      touchpoint.sender_identity ? <From key="f" name={touchpoint.sender_identity.name} /> : "–",
                    ],
                    [
                      t("plan.time"),
                      touchpoint.send_at ? <When key="s" at={touchpoint.send_at} absolute /> : t("plan.time.launch"),
                    ],
                    [
                      t("plan.pace"),
                      touchpoint.per_hour
                        ? t("plan.pace.value", { pace: format.number(touchpoint.per_hour) })
                        : t("plan.pace.fast"),
                    ],
                    [t("plan.holdout"), format.percent(touchpoint.holdout_percent / 100, 0)],
                    [
                      t("plan.links"),
                      tags.length > 0 ? (
                        <code key="l" className={shared.tags}>
                          {tags.map(([name, value]) => (
                            <div key={name}>{`${name}=${value}`}</div>
                          ))}
                        </code>
                      ) : (
                        t("plan.links.none")
                      ),
                    ],
                  ]}
                />
                {touchpoint.template && (
                  <Section title={touchpoint.template.name}>
                    <Letter templateId={touchpoint.template.id} version={touchpoint.template_version} />
                  </Section>
                )}
                <A to={`/campaigns/${touchpoint.campaign_id}?tab=report`}>{t("toReport")}</A>
                <PagesBeside place="touchpoint" />
              </>
            }
          >
            {state === "preparing" && progress.data && Date.parse(progress.data.send_at) > Date.now() ? (
              <div className={css.preparing} role="status">
                <p>{t("scheduled", { at: format.dateTime(progress.data.send_at) })}</p>
                <p className={shared.hint}>
                  {t("scheduled.note", {
                    known: progress.data.planned === null ? "no" : "yes",
                    planned: format.number(progress.data.planned ?? 0),
                  })}
                </p>
              </div>
            ) : state === "preparing" ? (
              <div className={css.preparing} role="status">
                <p>{t("preparing")}</p>
                <p className={shared.hint}>{t("preparing.note")}</p>
                <progress aria-label={t("preparing")} />
              </div>
            ) : (
              <LiveTouchpoint touchpointId={touchpoint.id} campaignId={touchpoint.campaign_id} />
            )}
          </ThingLayout>
        )}
      </TabPanel>
    </Page>
  );
}

/** "Shop <news@shop.example>" on two lines, since it is too long for one and breaks badly. */
function From({ name }: { name: string }) {
  const [, said, address] = /^(.*) <(.+)>$/.exec(name) ?? [];
  if (!address) return name;
  return (
    <span className={css.from}>
      {said}
      <span>{address}</span>
    </span>
  );
}

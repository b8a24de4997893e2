import { Button } from "@mantine/core";
import { IconAdjustmentsHorizontal, IconArchive, IconArchiveOff, IconCopy, IconUserPlus } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useGet, useLooseSend, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { A, useGo } from "@/lib/links";
import { useParam } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { Beside } from "@/ui/Beside";
import { Dialog } from "@/ui/Dialog";
import { Facts, Page, Section, ThingLayout } from "@/ui/Page";
import { PageHead, TabPanel } from "@/ui/PageHead";
import { StateBadge, Tag } from "@/ui/StateBadge";
import { Await, ErrorState, SkeletonLines } from "@/ui/states";
import { say, sayRefused } from "@/ui/tray";
import { Num, When } from "@/ui/values";
import css from "./audiences.module.css";
import { useFaultWords } from "./faults";
import { AddDialog } from "./ListDialog";
import { LiveMembers } from "./LiveMembers";
import { Members } from "./Members";
import { useAudienceNames } from "./names";
import { Overlap } from "./Overlap";
import { Profile } from "./Profile";
import { ReachBox } from "./ReachBox";
import { Sizes } from "./Sizes";
import { Users } from "./Users";
import { useT } from "./useT";
import { useRuleWords } from "./words";

type Audience = Shape<"AudienceOut">;

/** One audience: who it is, how many, whom it reaches, what it shares with others. */
export default function AudiencePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const audience = useGet("/audiences/{audience_id}", { path: { audience_id: id } });
  return <Await query={audience}>{(found) => <Loaded audience={found} />}</Await>;
}

function Loaded({ audience }: { audience: Audience }) {
  const t = useT();
  const go = useGo();
  const archived = audience.archived_at !== null;
  const mayWrite = useMay("audiences.write");
  const may = mayWrite && !archived;
  const mayPeople = useMay("people.read");
  const format = useFormat();
  const [tab] = useParam("tab", "overview");
  const [adding, setAdding] = useState(false);
  const [blocked, setBlocked] = useState(false);
  const live = audience.kind === "segment";
  const path = { audience_id: audience.id };
  const count = useGet(
    "/audiences/{audience_id}/count",
    { path },
    { enabled: !audience.broken && !archived, slow: true },
  );
  const users = useGet("/audiences/{audience_id}/users", { path });
  const waiting = users.data?.filter((user) => user.waiting) ?? [];
  const rename = useSend("put", "/audiences/{audience_id}");
  const restore = useLooseSend<void>("post", "/audiences/{audience_id}/restore", {
    onSuccess: () => say(t("one.restored", { name: audience.name })),
  });
  const archive = useSend("delete", "/audiences/{audience_id}", {
    onSuccess: () => {
      go("/audiences");
      say(t("one.archived", { name: audience.name }), {
        action: { label: t("one.undo"), undo: true, act: () => void restore.mutateAsync({ path }).catch(sayRefused) },
      });
    },
  });
  const copy = useSend("post", "/audiences/{audience_id}/duplicate", {
    once: true,
    onSuccess: (made) => {
      say(t("copy.made", { name: made.name }));
      go(`/audiences/${made.id}`);
    },
  });
  const { name, description, version } = audience;
  const duplicate = {
    label: t("copy"),
    icon: IconCopy,
    act: () => copy.mutate({ path, body: { name: t("copy.name", { name }).slice(0, 120) } }),
  };
  const rule = audience.rule ?? undefined;
  const people = tab === "people" && mayPeople && !archived;
  return (
    <Page kind={people ? "list" : "page"}>
      <PageHead
        title={name}
        onRename={
          may ? (next) => rename.mutateAsync({ path, body: { version, name: next, description, rule } }) : undefined
        }
        crumbs={[{ label: t("title"), to: "/audiences" }]}
        meaning={
          <span className={css.meaning}>
            <Tag>{t(`kind.${audience.kind}`)}</Tag>
            {audience.broken ? (
              <StateBadge tone="bad">{t("list.broken")}</StateBadge>
            ) : (
              count.data && <span>{t("live.count", { count: count.data.total })}</span>
            )}
            {description && <span>{description}</span>}
          </span>
        }
        action={
          archived && mayWrite ? (
            <Button
              leftSection={<IconArchiveOff size={16} />}
              loading={restore.isPending}
              onClick={() => restore.mutate({ path })}
            >
              {t("one.restore")}
            </Button>
          ) : (
            may &&
            (live ? (
              <Button
                component={A}
                to={`/audiences/${audience.id}/edit`}
                leftSection={<IconAdjustmentsHorizontal size={16} />}
              >
                {audience.broken ? t("one.repair") : t("one.edit")}
              </Button>
            ) : (
              <Button leftSection={<IconUserPlus size={16} />} onClick={() => setAdding(true)}>
                {t("members.add")}
              </Button>
            ))
          )
        }
        menu={
          archived && mayWrite
            ? [duplicate]
            : may
              ? [
                  duplicate,
                  {
                    label: t("one.archive"),
                    icon: IconArchive,
                    act: () => (waiting.length ? setBlocked(true) : archive.mutate({ path })),
                  },
                ]
              : undefined
        }
        tabs={
          mayPeople && !archived
            ? [
                { id: "overview", label: t("one.overview") },
                { id: "people", label: t("one.members"), count: count.data && format.number(count.data.total) },
              ]
            : undefined
        }
      />
      {archived && <p role="status">{t("one.isArchived")}</p>}
      {(copy.error || restore.error) && <ErrorState inline error={copy.error ?? restore.error} />}
      {(rename.error || archive.error) && <ErrorState inline error={rename.error ?? archive.error} />}
      <TabPanel open={!mayPeople || archived ? undefined : people ? "people" : "overview"}>
        {people ? (
          <Members audience={audience} total={count.data?.total} onAdd={() => setAdding(true)} />
        ) : (
          <Overview audience={audience} count={count.data} error={count.error} retry={() => void count.refetch()} />
        )}
      </TabPanel>
      <Dialog opened={blocked} onClose={() => setBlocked(false)} title={t("one.used.blocks", { name })}>
        <p>{t("one.used.blocks.why", { count: waiting.length })}</p>
        <Users users={waiting} />
      </Dialog>
      {adding && <AddDialog list={audience} onClose={() => setAdding(false)} />}
    </Page>
  );
}

interface OverviewProps {
  audience: Audience;
  count: Shape<"CountOut"> | undefined;
  error: unknown;
  retry: () => void;
}

function Overview({ audience, count, error, retry }: OverviewProps) {
  const t = useT();
  const mayPeople = useMay("people.read");
  const mayAll = useMay("audiences.read");
  const vocabulary = useGet("/audiences/vocabulary", {}, { slow: true }).data;
  const audiences = useAudienceNames();
  const words = useRuleWords({ vocabulary, audiences });
  const topicName = (key: string) => vocabulary?.topics.find((one) => one.key === key)?.name ?? key;
  const users = useGet("/audiences/{audience_id}/users", { path: { audience_id: audience.id } });
  const faultWords = useFaultWords();
  const snapshots = useGet("/audiences/{audience_id}/snapshots", { path: { audience_id: audience.id } });
  return (
    <ThingLayout
      factsTitle={t("one.facts")}
      facts={
        <>
          <Section>
            <Facts
              items={[
                [t("one.kind"), t(`kind.${audience.kind}.note`)],
                [
                  t("one.made"),
                  <span key="made">
                    <When at={audience.created_at} absolute /> {t("one.madeBy", { name: audience.created_by })}
                  </span>,
                ],
                [t("one.changed"), <When key="changed" at={audience.updated_at} />],
              ]}
            />
          </Section>
          <Section title={t("one.used")}>
            <Await query={users} lines={1}>
              {(found) => (found.length ? <Users users={found} /> : <p className={css.muted}>{t("one.used.none")}</p>)}
            </Await>
          </Section>
          <Section title={t("one.snapshots")}>
            <Await query={snapshots} lines={1}>
              {(found) =>
                found.length ? (
                  <Facts
                    items={found
                      .slice(0, 8)
                      .map(({ id, taken_at, size }) => [
                        <When key={id} at={taken_at} absolute />,
                        <Num key="n" value={size} />,
                      ])}
                  />
                ) : (
                  <p className={css.muted}>{t("one.snapshots.none")}</p>
                )
              }
            </Await>
          </Section>
          <Beside place="audience" />
        </>
      }
    >
      {audience.fault && <p className={css.broken}>{t("one.broken", { why: faultWords(audience.fault) })}</p>}
      {audience.kind === "segment" && (
        <Section title={t("one.rule")}>
          <p className={css.rule}>{words.sentenceOf(audience.rule)}</p>
        </Section>
      )}
      {!audience.broken && !audience.archived_at && (
        <Section title={t("live.reach")}>
          {count ? (
            <ReachBox count={count} words={words} topicName={topicName} />
          ) : error ? (
            <ErrorState inline error={error} onRetry={retry} />
          ) : (
            <SkeletonLines lines={6} />
          )}
        </Section>
      )}
      {mayAll && <Sizes audience={audience} />}
      {mayAll && <LiveMembers audience={audience} />}
      {!audience.broken && !audience.archived_at && mayPeople && (
        <Profile audience={audience} vocabulary={vocabulary} />
      )}
      {!audience.broken && count && <Overlap audience={audience} total={count.total} />}
    </ThingLayout>
  );
}

import { Button, Menu, Select } from "@mantine/core";
import {
  IconBook2,
  IconChevronDown,
  IconGauge,
  IconListDetails,
  IconPlus,
  IconTargetArrow,
  IconUsersGroup,
} from "@tabler/icons-react";
import { useMemo } from "react";
import { useGet, useKeyset } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { A, useGo } from "@/lib/links";
import { useListState, useOpening } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { Page } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { StateBadge, Tag } from "@/ui/StateBadge";
import { EmptyState, useErrorWords } from "@/ui/states";
import { type Column, DataTable } from "@/ui/table/DataTable";
import { FilterBar } from "@/ui/table/FilterBar";
import { Num, When } from "@/ui/values";
import css from "./audiences.module.css";
import { useFaultWords } from "./faults";
import { ListDialog } from "./ListDialog";
import { type Counted, reachId, useCounts } from "./live";
import { useAudienceNames } from "./names";
import { capital, chosenReach, ReachBox, reachChoice } from "./ReachBox";
import { useT } from "./useT";
import { type RuleWords, useRuleWords } from "./words";

type Audience = Shape<"AudienceOut">;

/** All audiences, with how many people each has and reaches now. */
export default function AudiencesPage() {
  const t = useT();
  const go = useGo();
  const may = useMay("audiences.write");
  const [state, change] = useListState();
  const [making, setMaking] = useOpening("make");
  const kind = state.filters.kind?.[0];
  const archived = state.filters.state?.[0] === "archived";
  const list = useKeyset<Audience>("/audiences", { query: { q: state.q, kind, archived: archived || undefined } });
  const vocabulary = useGet("/audiences/vocabulary", {}, { slow: true }).data;
  const audiences = useAudienceNames();
  const words = useRuleWords({ vocabulary, audiences });
  const topicName = (key: string) => vocabulary?.topics.find((one) => one.key === key)?.name ?? key;

  const counts = useCounts(list.rows.filter(({ broken, archived_at }) => !broken && !archived_at).map(({ id }) => id));
  const columns = useMemo<Column<Audience>[]>(
    () => [
      {
        id: "name",
        title: t("list.name"),
        width: 280,
        cell: (one) => (
          <span className={css.name}>
            <A to={`/audiences/${one.id}`} title={one.name}>
              {one.name}
            </A>
            {one.archived_at && (
              <StateBadge tone="quiet" plain>
                {t("state.archived")}
              </StateBadge>
            )}
            {one.broken && (
              <StateBadge tone="bad" plain>
                {t("list.broken")}
              </StateBadge>
            )}
          </span>
        ),
      },
      {
        id: "who",
        title: t("list.who"),
        hide: "phone",
        cell: (one) => (one.kind === "list" ? one.description || t("kind.list.note") : words.sentenceOf(one.rule)),
      },
      {
        id: "kind",
        title: t("list.kindTitle"),
        width: 88,
        hide: "tablet",
        cell: (one) => <Tag>{t(`kind.${one.kind}`)}</Tag>,
      },
      {
        id: "people",
        title: t("list.people"),
        width: 104,
        align: "end",
        cell: (one) => <CountCell audience={one} counts={counts} what="people" />,
      },
      {
        id: "reach",
        title: t("list.reach"),
        width: 112,
        align: "end",
        hide: "phone",
        cell: (one) => <CountCell audience={one} counts={counts} what="reach" />,
      },
      {
        id: "changed",
        title: t("list.changed"),
        width: 160,
        hide: "tablet",
        cell: (one) => <When at={one.updated_at} />,
      },
      { id: "by", title: t("list.by"), width: 160, optional: true, hide: "tablet", cell: (one) => one.created_by },
    ],
    [t, words, counts],
  );
  const make = may && (
    <Button.Group>
      <Button component={A} to="/audiences/new" leftSection={<IconPlus size={16} />}>
        {t("new")}
      </Button>
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <Button aria-label={t("new.more")} px={8} className={css.split}>
            <IconChevronDown size={16} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconUsersGroup size={16} />} onClick={() => go("/audiences/new")}>
            {t("new")}
            <span className={css.menuNote}>{t("kind.segment.note")}</span>
          </Menu.Item>
          <Menu.Item leftSection={<IconListDetails size={16} />} onClick={() => setMaking("list")}>
            {t("newList")}
            <span className={css.menuNote}>{t("kind.list.note")}</span>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  );
  const filtered = state.q !== "" || kind !== undefined || archived;
  return (
    <Page kind="list">
      <PageHead
        title={t("title")}
        meaning={t("meaning")}
        menu={[
          { label: t("library"), icon: IconBook2, act: () => go("/audiences/library") },
          { label: t("scores"), icon: IconGauge, act: () => go("/scores") },
          { label: t("intents"), icon: IconTargetArrow, act: () => go("/audiences/intents") },
        ]}
        action={list.rows.length > 0 || filtered ? make : undefined}
      />
      <FilterBar
        lead={t("list.lead")}
        search={t("list.search")}
        state={state}
        onChange={change}
        filters={[
          {
            id: "kind",
            name: t("list.kind"),
            single: true,
            options: (["segment", "list"] as const).map((value) => ({ value, label: t(`kind.${value}`) })),
          },
          {
            id: "state",
            name: t("list.state"),
            single: true,
            options: [{ value: "archived", label: t("state.archived") }],
          },
        ]}
      />
      <DataTable
        id="audiences"
        label={t("title")}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        to={({ id }) => `/audiences/${id}`}
        panel={(one) => <Panel audience={one} count={counts.of.get(one.id)} words={words} topicName={topicName} />}
        count={(shown) => t("list.count", { count: shown, more: list.more ? "yes" : "no" })}
        tools={<ReachSelect words={words} vocabulary={vocabulary} />}
        empty={
          filtered ? (
            <EmptyState
              picture="search"
              action={
                <Button variant="default" onClick={() => change({ q: "", filters: {} })}>
                  {t("list.clear")}
                </Button>
              }
            >
              {t("list.none")}
            </EmptyState>
          ) : (
            <EmptyState picture="audience" action={make}>
              {t("list.empty")}
            </EmptyState>
          )
        }
      />
      {making === "list" && <ListDialog onClose={() => setMaking("")} />}
    </Page>
  );
}

interface CountProps {
  audience: Audience;
  counts: ReturnType<typeof useCounts>;
  what: "people" | "reach";
}

function CountCell({ audience, counts, what }: CountProps) {
  const choice = reachChoice.use();
  const count = counts.of.get(audience.id);
  const faultWords = useFaultWords();
  const { title } = useErrorWords(counts.error);
  if (audience.fault) return <Num value={undefined} why={faultWords(audience.fault)} />;
  if (count) return <Num value={what === "people" ? count.total : chosenReach(count.reach, choice)?.reachable} />;
  if (counts.waits) return <span className={css.pending} />;
  return <Num value={undefined} why={counts.error ? title : ""} />;
}

/** Which channel and topic the reach of the list is about. */
function ReachSelect({ words, vocabulary }: { words: RuleWords; vocabulary: Shape<"Vocabulary"> | undefined }) {
  const t = useT();
  const choice = reachChoice.use();
  const options = (vocabulary?.channels ?? []).flatMap((channel) =>
    (vocabulary?.topics ?? []).map(({ key, name }) => ({
      value: reachId({ channel, topic: key }),
      label: t("list.reach.of", { channel: capital(words.channel(channel)), topic: name }),
    })),
  );
  if (!options.length) return null;
  return (
    <Select
      size="xs"
      w={220}
      aria-label={t("live.by")}
      allowDeselect={false}
      value={options.some(({ value }) => value === choice) ? choice : options[0]?.value}
      data={options}
      onChange={(value) => value && reachChoice.set(value)}
    />
  );
}

function Panel({
  audience,
  count,
  words,
  topicName,
}: {
  audience: Audience;
  count: Counted | undefined;
  words: RuleWords;
  topicName: (key: string) => string;
}) {
  const t = useT();
  const faultWords = useFaultWords();
  return (
    <>
      {audience.description && <p>{audience.description}</p>}
      {audience.kind === "segment" && <p className={css.rule}>{words.sentenceOf(audience.rule)}</p>}
      {audience.fault && <p className={css.broken}>{t("one.broken", { why: faultWords(audience.fault) })}</p>}
      {count && <ReachBox count={count} words={words} topicName={topicName} />}
    </>
  );
}

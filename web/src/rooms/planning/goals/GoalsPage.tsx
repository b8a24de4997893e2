import { Button, Select, TextInput } from "@mantine/core";
import { IconChevronRight, IconPlus } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { useParam } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { sayValue, useMetrics } from "@/rooms/insights/metrics";
import { FormDialog } from "@/ui/Dialog";
import { Page } from "@/ui/Page";
import { PageHead, QuietMenu } from "@/ui/PageHead";
import { StateBadge } from "@/ui/StateBadge";
import { Await, EmptyState, FormError } from "@/ui/states";
import { daysLeft } from "./days";
import { type GoalAbove, GoalForm } from "./GoalForm";
import css from "./goals.module.css";
import { useT } from "./useT";

type Tree = Shape<"GoalTreeOut">;
type Priority = Tree["priorities"][number];
type CampaignGoal = Tree["campaigns"][number];
type Standing = Shape<"GoalStandingOut">;
const kinds = ["leads", "purchases", "loyalty", "spend", "awareness", "new_audience"] as const;

/** The goals of a year: priorities, the goals that serve them, the campaigns that serve those, and how each stands. */
export default function GoalsPage() {
  const t = useT();
  const may = useMay("campaigns.write");
  const mayMeasure = useMay("reports.read");
  const [shown, setYear] = useParam("year", "");
  const [making, setMaking] = useParam("new", "");
  const [words, setWords] = useState("");
  const [goal, setGoal] = useState<GoalAbove>();
  const [priority, setPriority] = useState<Priority>();
  const [under, setUnder] = useState<string>();
  const query = { year: Number(shown) || undefined };
  const tree = useGet("/goals", { query });
  const measured = useGet("/reports/goals", { query }, { enabled: mayMeasure, fresh: 15_000 });
  const standings = useMemo(() => new Map((measured.data ?? []).map((one) => [one.goal_id, one])), [measured.data]);
  const year = tree.data?.year ?? new Date().getFullYear();
  const close = () => {
    setMaking("");
    setGoal(undefined);
    setPriority(undefined);
    setUnder(undefined);
  };
  return (
    <Page>
      <PageHead
        title={t("title", { year: String(year) })}
        meaning={t("meaning")}
        action={
          may ? (
            <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking("goal")}>
              {t("goal.new")}
            </Button>
          ) : undefined
        }
        menu={may ? [{ label: t("priority.new"), icon: IconPlus, act: () => setMaking("priority") }] : undefined}
      />
      <div className={css.bar}>
        <Select
          aria-label={t("year")}
          size="xs"
          allowDeselect={false}
          value={String(year)}
          data={[...new Set([...(tree.data?.years ?? []), year, year + 1])].sort().map(String)}
          onChange={(next) => next && setYear(next)}
        />
        <TextInput
          size="xs"
          aria-label={t("find")}
          placeholder={t("find")}
          value={words}
          onChange={({ currentTarget }) => setWords(currentTarget.value)}
        />
      </div>
      <Await query={tree} lines={10}>
        {(found) => (
          <TreeView
            tree={found}
            words={words.trim().toLowerCase()}
            standings={standings}
            mayEdit={may}
            onGoal={setGoal}
            onPriority={setPriority}
            onUnder={(id) => {
              setUnder(id);
              setMaking("goal");
            }}
            onNew={setMaking}
          />
        )}
      </Await>
      {(making === "goal" || goal) && may && <GoalForm goal={goal} priority={under} year={year} onClose={close} />}
      {(making === "priority" || priority) && may && (
        <PriorityForm priority={priority} year={year} count={tree.data?.priorities.length ?? 0} onClose={close} />
      )}
    </Page>
  );
}

interface TreeProps {
  tree: Tree;
  words: string;
  standings: Map<string, Standing>;
  mayEdit: boolean;
  onGoal: (goal: GoalAbove) => void;
  onPriority: (priority: Priority) => void;
  onUnder: (priority: string) => void;
  onNew: (what: string) => void;
}

function TreeView({ tree, words, standings, mayEdit, onGoal, onPriority, onUnder, onNew }: TreeProps) {
  const t = useT();
  const byGoal = useMemo(() => {
    const found = new Map<string, CampaignGoal[]>();
    for (const one of tree.campaigns) {
      const key = one.parent?.id ?? "";
      found.set(key, [...(found.get(key) ?? []), one]);
    }
    return found;
  }, [tree.campaigns]);
  const fits = (goal: GoalAbove) =>
    !words ||
    goal.name.toLowerCase().includes(words) ||
    (byGoal.get(goal.id) ?? []).some(({ campaign_name }) => campaign_name.toLowerCase().includes(words));
  const goals = tree.goals.filter(fits);
  const of = (id: string | null) => goals.filter(({ priority_id }) => priority_id === id);
  const loose = (byGoal.get("") ?? []).filter((one) => !words || one.campaign_name.toLowerCase().includes(words));
  const row = (goal: GoalAbove) => (
    <GoalRow
      key={goal.id}
      goal={goal}
      campaigns={byGoal.get(goal.id) ?? []}
      standings={standings}
      open={words !== ""}
      onEdit={mayEdit ? () => onGoal(goal) : undefined}
    />
  );
  if (!tree.priorities.length && !tree.goals.length && !tree.campaigns.length) {
    return (
      <EmptyState
        picture="chart"
        title={t("empty.title")}
        action={mayEdit ? <Button onClick={() => onNew("priority")}>{t("priority.new")}</Button> : undefined}
      >
        {t("empty")}
      </EmptyState>
    );
  }
  return (
    <div className={css.tree}>
      {tree.priorities.map((priority) => {
        const serving = of(priority.id);
        if (words && !serving.length && !priority.name.toLowerCase().includes(words)) return null;
        return (
          <section key={priority.id} className={css.priority} aria-label={priority.name}>
            <header>
              <h2>{priority.name}</h2>
              <span className={css.muted}>
                {t(`kind.${priority.kind}`)}
                {priority.owner && ` · ${priority.owner.name}`}
              </span>
              {mayEdit && (
                <QuietMenu
                  label={t("priority.menu", { name: priority.name })}
                  entries={[
                    { label: t("priority.change"), act: () => onPriority(priority) },
                    { label: t("goal.under"), act: () => onUnder(priority.id) },
                  ]}
                />
              )}
            </header>
            {serving.length ? (
              <ul className={css.goals}>{serving.map(row)}</ul>
            ) : (
              <p className={css.none}>{t("priority.none")}</p>
            )}
          </section>
        );
      })}
      {of(null).length > 0 && (
        <section className={css.priority} aria-label={t("loose.goals")}>
          <header>
            <h2>{t("loose.goals")}</h2>
          </header>
          <ul className={css.goals}>{of(null).map(row)}</ul>
        </section>
      )}
      {loose.length > 0 && (
        <section className={css.priority} aria-label={t("loose.campaigns")}>
          <header>
            <h2>{t("loose.campaigns")}</h2>
            <span className={css.muted}>{t("loose.campaigns.note")}</span>
          </header>
          <ul className={css.campaigns}>
            {loose.map((one) => (
              <CampaignRow key={one.id} goal={one} standing={standings.get(one.id)} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

interface GoalRowProps {
  goal: GoalAbove;
  campaigns: CampaignGoal[];
  standings: Map<string, Standing>;
  open: boolean;
  onEdit: (() => void) | undefined;
}

function GoalRow({ goal, campaigns, standings, open: wide, onEdit }: GoalRowProps) {
  const t = useT();
  const [open, setOpen] = useState(wide);
  const metrics = useMetrics();
  const format = useFormat();
  const standing = standings.get(goal.id);
  const parts = new Map(standing?.parts.map((part) => [part.campaign_id, part]));
  return (
    <li className={css.goal}>
      <div className={css.goalHead}>
        <button
          type="button"
          className={css.toggle}
          aria-expanded={open}
          aria-label={t("goal.campaigns", { count: campaigns.length })}
          disabled={!campaigns.length}
          onClick={() => setOpen(!open)}
        >
          <IconChevronRight size={15} />
        </button>
        <div className={css.goalName}>
          {onEdit ? (
            <button type="button" className={css.name} onClick={onEdit}>
              {goal.name}
            </button>
          ) : (
            <span className={css.name}>{goal.name}</span>
          )}
          <small>
            {metrics.name(goal.metric)}
            {goal.owner && ` · ${goal.owner.name}`} · {t("goal.campaigns", { count: campaigns.length })}
          </small>
        </div>
        <Progress goal={goal} standing={standing} campaigns={campaigns.length} />
      </div>
      {open && (
        <ul className={css.campaigns}>
          {campaigns.map((one) => {
            const part = parts.get(one.campaign_id);
            return (
              <CampaignRow
                key={one.id}
                goal={one}
                standing={standings.get(one.id)}
                part={part?.value == null ? undefined : sayValue(format, goal.unit, part.value)}
              />
            );
          })}
        </ul>
      )}
    </li>
  );
}

function CampaignRow({ goal, standing, part }: { goal: CampaignGoal; standing: Standing | undefined; part?: string }) {
  const t = useT();
  const metrics = useMetrics();
  return (
    <li className={css.campaign}>
      <div className={css.goalName}>
        <A to={`/campaigns/${goal.campaign_id}`} className={css.name}>
          {goal.campaign_name}
        </A>
        <small>
          {metrics.name(goal.metric)}
          {part && ` · ${t("part", { value: part })}`}
        </small>
      </div>
      <Progress goal={goal} standing={standing} campaigns={1} />
    </li>
  );
}

interface ProgressProps {
  goal: GoalAbove | CampaignGoal;
  standing: Standing | undefined;
  campaigns: number;
}

/** Where a goal stands: the number, a bar with where it should be today, and the state in a word. */
function Progress({ goal, standing, campaigns }: ProgressProps) {
  const t = useT();
  const format = useFormat();
  const say = (value: number) => sayValue(format, goal.unit, value);
  const now = standing?.now ?? undefined;
  const ends = [goal.target, goal.lower_is_better ? (goal.baseline ?? 0) : 0, now ?? 0, standing?.expected ?? 0];
  const high = Math.max(...ends) * 1.04 || 1;
  const low = Math.min(...ends, 0);
  const at = (value: number) => `${Math.max(0, Math.min(1, (value - low) / (high - low))) * 100}%`;
  const left = daysLeft(goal.deadline, new Date());
  const behind =
    now !== undefined &&
    standing?.expected != null &&
    !standing.reached &&
    (goal.lower_is_better ? now > standing.expected : now < standing.expected);
  const apart = standing && now === undefined && standing.missing === null && campaigns > 0;
  return (
    <div className={css.progress}>
      <div className={css.figures}>
        <strong>{now === undefined ? "–" : say(now)}</strong>
        <span className={css.target}>
          {t(goal.lower_is_better ? "atMost" : "of", { target: say(goal.target) })} · {format.day(goal.deadline)}
        </span>
      </div>
      {now !== undefined && (
        <div
          className={css.track}
          role="img"
          aria-label={t("progress", {
            now: say(now),
            target: say(goal.target),
            expected: standing?.expected == null ? "–" : say(standing.expected),
          })}
        >
          <i className={css.fill} style={{ width: at(now) }} />
          {standing?.expected != null && <i className={css.due} style={{ left: at(standing.expected) }} />}
          <i className={css.goalMark} style={{ left: at(goal.target) }} />
        </div>
      )}
      <span className={css.state}>
        {standing?.reached ? (
          <StateBadge tone="good" plain>
            {t("reached")}
          </StateBadge>
        ) : now === undefined ? (
          <span className={css.muted}>{apart ? t("apart") : t("notYet")}</span>
        ) : left < 0 ? (
          <StateBadge tone="look" plain>
            {t("missed")}
          </StateBadge>
        ) : behind ? (
          <StateBadge tone="look" plain>
            {t("behind", { expected: say(standing?.expected ?? 0) })}
          </StateBadge>
        ) : standing?.expected != null ? (
          <StateBadge tone="good" plain>
            {t("onTrack")}
          </StateBadge>
        ) : null}
      </span>
    </div>
  );
}

interface PriorityProps {
  priority: Priority | undefined;
  year: number;
  count: number;
  onClose: () => void;
}

function PriorityForm({ priority, year, count, onClose }: PriorityProps) {
  const t = useT();
  const [name, setName] = useState(priority?.name ?? "");
  const [kind, setKind] = useState<Priority["kind"]>(priority?.kind ?? "leads");
  const [owner, setOwner] = useState<string | null>(priority?.owner?.id ?? null);
  const members = useGet("/members", {}, { fresh: 60_000 });
  const options = { changes: ["/goals"], onSuccess: onClose };
  const create = useSend("post", "/priorities", options);
  const update = useSend("put", "/priorities/{priority_id}", options);
  const remove = useSend("delete", "/priorities/{priority_id}", options);
  const body = { year: priority?.year ?? year, name: name.trim(), kind, owner_id: owner };
  return (
    <FormDialog
      title={priority ? t("priority.change") : t("priority.newIn", { year: String(year) })}
      onClose={onClose}
      onSubmit={() =>
        priority
          ? update.mutate({
              path: { priority_id: priority.id },
              body: { ...body, position: priority.position, version: priority.version },
            })
          : create.mutate({ body: { ...body, position: count } })
      }
      action={t("save")}
      busy={create.isPending || update.isPending}
      disabled={!name.trim()}
      error={create.error ?? update.error}
    >
      <TextInput
        label={t("priority.name")}
        placeholder={t("priority.name.hint")}
        required
        data-autofocus
        maxLength={200}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Select
        label={t("priority.kind")}
        allowDeselect={false}
        value={kind}
        data={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        onChange={(next) => next && setKind(next as Priority["kind"])}
      />
      <Select
        label={t("owner")}
        clearable
        searchable
        value={owner}
        data={(members.data ?? []).map((one) => ({ value: one.user_id, label: one.name }))}
        onChange={setOwner}
      />
      {priority && (
        <Button
          variant="subtle"
          color="red"
          loading={remove.isPending}
          onClick={() => remove.mutate({ path: { priority_id: priority.id } })}
        >
          {t("priority.remove")}
        </Button>
      )}
      <FormError error={remove.error} />
    </FormDialog>
  );
}

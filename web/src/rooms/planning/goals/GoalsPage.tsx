import { Button, Select } from "@mantine/core";
import { IconChevronRight, IconPlus } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { A } from "@/lib/links";
import { type ListState, useListState, useOpening, useParam } from "@/lib/url";
import { useMay, useWorkspaceSettings } from "@/lib/workspace";
import { useMetrics } from "@/rooms/insights/metrics";
import { todayIn } from "@/rooms/teamwork/dates";
import { Page } from "@/ui/Page";
import { PageHead, QuietMenu } from "@/ui/PageHead";
import { Await, EmptyState } from "@/ui/states";
import { FilterBar } from "@/ui/table/FilterBar";
import { SavedViews } from "@/ui/table/SavedViews";
import { Gradually } from "../Gradually";
import { PagesBeside } from "../playbook/PagesBeside";
import { Archived } from "./Archived";
import { type GoalAbove, GoalForm } from "./GoalForm";
import css from "./GoalsPage.module.css";
import shared from "./goals.module.css";
import { type Priority, PriorityForm } from "./PriorityForm";
import { Progress } from "./Progress";
import { standOf, stands } from "./standing";
import { useT } from "./useT";

/** How tall a line of the list is. */
const GOAL = 61;

type Tree = Shape<"GoalTreeOut">;

type CampaignGoal = Tree["campaigns"][number];
type Standing = Shape<"GoalStandingOut">;

/** The goals of a year: priorities, the goals that serve them, the campaigns that serve those, and how each stands. */
export default function GoalsPage() {
  const t = useT();
  const may = useMay("campaigns.write");
  const mayMeasure = useMay("reports.read");
  const [shown, setYear] = useParam("year", "");
  const [making, setMaking] = useOpening("new");
  const [state, change] = useListState();
  const [goal, setGoal] = useState<GoalAbove>();
  const [priority, setPriority] = useState<Priority>();
  const [under, setUnder] = useState<string>();
  const query = { year: Number(shown) || undefined };
  const tree = useGet("/goals", { query });
  const measured = useGet("/reports/goals", { query }, { enabled: mayMeasure, slow: true });
  const standings = useMemo(() => new Map((measured.data ?? []).map((one) => [one.goal_id, one])), [measured.data]);
  const year = tree.data?.year ?? new Date().getFullYear();
  const { timezone } = useWorkspaceSettings();
  const owners = useMemo(() => ownersOf(tree.data), [tree.data]);
  const fits = asked(state, standings, todayIn(timezone));
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
      <FilterBar
        lead={t("nav")}
        search={t("find")}
        state={state}
        onChange={change}
        filters={[
          {
            id: "stand",
            name: t("filter.stand"),
            options: [
              ...stands.map((value) => ({ value, label: t(`stand.${value}`) })),
              { value: "archived", label: t("stand.archived") },
            ],
          },
          {
            id: "owner",
            name: t("owner"),
            options: [...owners].map(([value, label]) => ({ value, label })),
          },
        ]}
      >
        <Select
          aria-label={t("year")}
          size="xs"
          w={96}
          allowDeselect={false}
          value={String(year)}
          data={[...new Set([...(tree.data?.years ?? []), year, year + 1])].sort().map(String)}
          onChange={(next) => next && setYear(next)}
        />
        <SavedViews id="goals" state={state} onChange={change} />
      </FilterBar>
      {state.filters.stand?.includes("archived") ? (
        <Archived words={state.q} mayEdit={may} />
      ) : (
        <Await query={tree} lines={10}>
          {(found) => (
            <TreeView
              tree={found}
              fits={fits}
              standings={standings}
              coming={measured.isLoading}
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
      )}
      <PagesBeside place="goal" />
      {(making === "goal" || goal) && may && (
        <GoalForm
          key={goal?.id}
          goal={goal}
          priority={under}
          year={year}
          onClose={close}
          onCopy={(one) => setGoal({ ...one, id: "", name: t("copy.name", { name: one.name }).slice(0, 200) })}
        />
      )}
      {(making === "priority" || priority) && may && (
        <PriorityForm priority={priority} year={year} count={tree.data?.priorities.length ?? 0} onClose={close} />
      )}
    </Page>
  );
}

/** Everybody who answers for a goal of the year. */
function ownersOf(tree: Tree | undefined): Map<string, string> {
  const goals = [...(tree?.goals ?? []), ...(tree?.campaigns ?? [])];
  return new Map(goals.flatMap(({ owner }) => (owner ? [[owner.id, owner.name]] : [])));
}

/** Whether a goal is asked for by the words and filters of the list; undefined where nothing is asked. */
function asked({ q, filters }: ListState, standings: Map<string, Standing>, today: string): Fits | undefined {
  const words = q.trim().toLowerCase();
  const { stand, owner } = filters;
  if (!words && !stand?.length && !owner?.length) return undefined;
  return (goal) =>
    (!words ||
      [goal.name, "campaign_name" in goal ? goal.campaign_name : ""].join(" ").toLowerCase().includes(words)) &&
    (!stand?.length || stand.includes(standOf(goal, standings.get(goal.id), today))) &&
    (!owner?.length || owner.includes(goal.owner?.id ?? ""));
}

type Fits = (goal: GoalAbove | CampaignGoal) => boolean;

interface TreeProps {
  tree: Tree;
  fits: Fits | undefined;
  standings: Map<string, Standing>;
  coming: boolean;
  mayEdit: boolean;
  onGoal: (goal: GoalAbove) => void;
  onPriority: (priority: Priority) => void;
  onUnder: (priority: string) => void;
  onNew: (what: string) => void;
}

function TreeView({ tree, fits, standings, coming, mayEdit, onGoal, onPriority, onUnder, onNew }: TreeProps) {
  const t = useT();
  const byGoal = useMemo(() => {
    const found = new Map<string, CampaignGoal[]>();
    for (const one of tree.campaigns) {
      const key = one.parent?.id ?? "";
      const serving = found.get(key);
      if (serving) serving.push(one);
      else found.set(key, [one]);
    }
    return found;
  }, [tree.campaigns]);
  const below = (goal: GoalAbove) => byGoal.get(goal.id) ?? [];
  const goals = fits ? tree.goals.filter((goal) => fits(goal) || below(goal).some(fits)) : tree.goals;
  const byPriority = new Map<string | null, GoalAbove[]>();
  for (const goal of goals) {
    const serving = byPriority.get(goal.priority_id);
    if (serving) serving.push(goal);
    else byPriority.set(goal.priority_id, [goal]);
  }
  const unplaced = byPriority.get(null) ?? [];
  const loose = (byGoal.get("") ?? []).filter((one) => !fits || fits(one));
  const row = (goal: GoalAbove) => (
    <GoalRow
      key={goal.id}
      goal={goal}
      campaigns={fits && !fits(goal) ? below(goal).filter(fits) : below(goal)}
      standings={standings}
      coming={coming}
      open={fits !== undefined && below(goal).some(fits)}
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
  if (fits && !goals.length && !loose.length) return <EmptyState picture="search">{t("none")}</EmptyState>;
  return (
    <div className={css.tree}>
      {tree.priorities.map((priority) => {
        const serving = byPriority.get(priority.id) ?? [];
        if (fits && !serving.length) return null;
        return (
          <section key={priority.id} className={shared.priority} aria-label={priority.name}>
            <header>
              <h2>{priority.name}</h2>
              <span className={shared.muted}>
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
              <ul className={shared.goals}>
                <Gradually rows={serving} height={GOAL}>
                  {row}
                </Gradually>
              </ul>
            ) : (
              <p className={css.none}>{t("priority.none")}</p>
            )}
          </section>
        );
      })}
      {unplaced.length > 0 && (
        <section className={shared.priority} aria-label={t("loose.goals")}>
          <header>
            <h2>{t("loose.goals")}</h2>
          </header>
          <ul className={shared.goals}>
            <Gradually rows={unplaced} height={GOAL}>
              {row}
            </Gradually>
          </ul>
        </section>
      )}
      {loose.length > 0 && (
        <section className={shared.priority} aria-label={t("loose.campaigns")}>
          <header>
            <h2>{t("loose.campaigns")}</h2>
            <span className={shared.muted}>{t("loose.campaigns.note")}</span>
          </header>
          <ul className={shared.campaigns}>
            <Gradually rows={loose} height={GOAL}>
              {(one) => <CampaignRow key={one.id} goal={one} standing={standings.get(one.id)} coming={coming} />}
            </Gradually>
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
  coming: boolean;
  open: boolean;
  onEdit: (() => void) | undefined;
}

function GoalRow({ goal, campaigns, standings, coming, open: wide, onEdit }: GoalRowProps) {
  const t = useT();
  const [chosen, setOpen] = useState<boolean>();
  const open = chosen ?? wide;
  const metrics = useMetrics();
  const standing = standings.get(goal.id);
  const parts = new Map(standing?.parts.map((part) => [part.campaign_id, part]));
  return (
    <li className={shared.goal}>
      <div className={shared.goalHead}>
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
        <Progress goal={goal} standing={standing} coming={coming} campaigns={campaigns.length} />
      </div>
      {open && (
        <ul className={shared.campaigns}>
          {campaigns.map((one) => {
            const part = parts.get(one.campaign_id);
            return (
              <CampaignRow
                key={one.id}
                goal={one}
                standing={standings.get(one.id)}
                coming={coming}
                part={part?.value == null ? undefined : metrics.say(goal.metric, part.value)}
              />
            );
          })}
        </ul>
      )}
    </li>
  );
}

interface CampaignRowProps {
  goal: CampaignGoal;
  standing: Standing | undefined;
  coming: boolean;
  part?: string;
}

function CampaignRow({ goal, standing, coming, part }: CampaignRowProps) {
  const t = useT();
  const metrics = useMetrics();
  return (
    <li className={shared.campaign}>
      <div className={css.goalName}>
        <A to={`/campaigns/${goal.campaign_id}`} className={css.name}>
          {goal.campaign_name}
        </A>
        <small>
          {metrics.name(goal.metric)}
          {part && ` · ${t("part", { value: part })}`}
        </small>
      </div>
      <Progress goal={goal} standing={standing} coming={coming} campaigns={1} />
    </li>
  );
}

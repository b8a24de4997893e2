import { Button, Select, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { useMetrics } from "@/rooms/insights/metrics";
import { Act } from "@/ui/Act";
import { DayField } from "@/ui/DateField";
import { Dialog, FormFoot } from "@/ui/Dialog";
import { MoneyField, NumberField, ShareField } from "@/ui/numbers";
import { FormError } from "@/ui/states";
import { say } from "@/ui/tray";
import { usePutCampaign } from "../campaigns/useCampaign";
import { PagesBeside } from "../playbook/PagesBeside";
import type { Campaign } from "../words";
import { useRestore } from "./Archived";
import { Communicate } from "./Communicate";
import { Evidence } from "./Evidence";
import css from "./GoalForm.module.css";
import shared from "./goals.module.css";
import { useT } from "./useT";

export type GoalAbove = Shape<"GoalAboveOut">;
type Metric = GoalAbove["metric"];

interface Props {
  /** The campaign whose goal it is; without it the goal is above campaigns. */
  campaign?: Campaign;
  goal?: GoalAbove;
  /** Where a new goal above campaigns begins. */
  priority?: string;
  year?: number;
  onClose: () => void;
  /** Begins a goal above campaigns like this one. */
  onCopy?: (goal: GoalAbove) => void;
  /** Opens a saved goal again, for its approval and to tell the team. */
  onNext?: () => void;
}

/**
 * A goal in five steps on one page: the priority it serves, the goal in words, a realistic number with the past beside
 * it, the approval it needs, and telling the team.
 */
export function GoalForm({ campaign, goal: above, priority: first, year, onClose, onNext, onCopy }: Props) {
  const t = useT();
  const metrics = useMetrics();
  const format = useFormat();
  const put = usePutCampaign();
  const goal = campaign ? campaign.goal : above;
  const of = campaign ? (campaign.goal?.parent?.id ?? null) : (above?.priority_id ?? first ?? null);
  const [serves, setServes] = useState<string | null>(of);
  const [name, setName] = useState(goal?.name ?? "");
  const [owner, setOwner] = useState<string | null>(goal?.owner?.id ?? null);
  const [metric, setMetric] = useState<Metric | null>(goal?.metric ?? null);
  const [baseline, setBaseline] = useState<number | null>(goal?.baseline ?? null);
  const [target, setTarget] = useState<number | null>(goal?.target ?? null);
  const [deadline, setDeadline] = useState<string | null>(
    goal?.deadline ?? campaign?.ends_on ?? (year ? `${year}-12-31` : null),
  );
  const tree = useGet("/goals", { query: { year: deadline ? Number(deadline.slice(0, 4)) : year } });
  const members = useGet("/members", {}, { slow: true });
  const types = useGet("/campaign-types", {}, { fresh: "static", enabled: campaign !== undefined });
  const saved = () => {
    onClose();
    say(t("saved"), onNext && { action: { label: t("saved.next"), act: onNext } });
  };
  const set = useSend("put", "/campaigns/{campaign_id}/goal", {
    onSuccess: (found) => {
      put(found);
      saved();
    },
  });
  const create = useSend("post", "/goals", { onSuccess: saved });
  const update = useSend("put", "/goals/{goal_id}", { onSuccess: saved });
  const again = useSend("put", "/campaigns/{campaign_id}/goal", { onSuccess: put });
  const restore = useRestore();
  const undone = (act: () => void) => ({ action: { label: t("removed.undo"), undo: true, act } });
  const remove = useSend("delete", "/campaigns/{campaign_id}/goal", {
    onSuccess: () => {
      onClose();
      if (!campaign?.goal) return;
      const { metric: of, baseline: from, target: to, deadline: by, name: words, owner: whose, parent } = campaign.goal;
      const values = { metric: of, baseline: from, target: to, deadline: by, name: words, owner_id: whose?.id ?? null };
      const body = { ...values, parent_id: parent?.id };
      say(
        t("removed"),
        undone(() => again.mutate({ path: { campaign_id: campaign.id }, body })),
      );
    },
  });
  const archive = useSend("delete", "/goals/{goal_id}", {
    onSuccess: () => {
      onClose();
      if (above)
        say(
          t("archived", { name: above.name }),
          undone(() => restore(above)),
        );
    },
  });
  const priorities = tree.data?.priorities ?? [];
  const usual = campaign
    ? (types.data?.find(({ type }) => type === campaign.type)?.proposed[campaign.category] ?? [])
    : (priorities.find(({ id }) => id === serves)?.metrics ?? []);
  const chosen = metric ?? usual[0] ?? "conversions";
  const unit = metrics.get(chosen)?.unit ?? "count";
  const Value = { money: MoneyField, share: ShareField, count: NumberField }[unit];
  const worded = (value: number) => metrics.say(chosen, value);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (target === null || !deadline) return;
    const values = { metric: chosen, baseline, target, deadline, name: name.trim(), owner_id: owner };
    if (campaign) {
      const body = { ...values, parent_id: serves, version: campaign.goal?.version };
      set.mutate({ path: { campaign_id: campaign.id }, body });
      return;
    }
    const body = { ...values, priority_id: serves, starts_on: null };
    if (above?.id) update.mutate({ path: { goal_id: above.id }, body: { ...body, version: above.version } });
    else create.mutate({ body });
  };
  const choices = campaign ? (tree.data?.goals ?? []) : priorities;
  const options = choices.map(({ id, name: label }) => ({ value: id, label }));
  if (campaign?.goal?.parent && !options.some(({ value }) => value === campaign.goal?.parent?.id)) {
    options.unshift({ value: campaign.goal.parent.id, label: campaign.goal.parent.name });
  }
  const error = set.error ?? create.error ?? update.error ?? remove.error ?? archive.error;
  return (
    <Dialog opened onClose={onClose} title={goal ? t("form.change") : t("form.new")} size={920}>
      <form className={css.guide} onSubmit={submit}>
        <ol className={shared.steps}>
          <Step title={t("step1")}>
            <Select
              aria-label={t("step1")}
              placeholder={campaign ? t("serves.goal") : t("serves.priority")}
              description={options.length ? undefined : t("serves.none")}
              clearable
              searchable
              data={options}
              value={serves}
              onChange={setServes}
            />
          </Step>
          <Step title={t("step2")}>
            <div className={css.words}>
              <TextInput
                aria-label={t("step2")}
                placeholder={t("name.hint")}
                maxLength={200}
                required={!campaign}
                value={name}
                onChange={({ currentTarget }) => setName(currentTarget.value)}
              />
              <Select
                aria-label={t("owner")}
                placeholder={t("owner")}
                clearable
                searchable
                data={(members.data ?? []).map((one) => ({ value: one.user_id, label: one.name }))}
                value={owner}
                onChange={setOwner}
              />
            </div>
          </Step>
          <Step title={t("step3")}>
            <div className={css.number}>
              <div className={css.fields}>
                <Select
                  label={t("metric")}
                  description={metrics.get(chosen)?.counts}
                  inputWrapperOrder={["label", "input", "description", "error"]}
                  allowDeselect={false}
                  searchable
                  value={chosen}
                  data={[
                    { group: t("metric.usual"), items: option(usual, metrics) },
                    {
                      group: t("metric.all"),
                      items: option(
                        metrics.all
                          .filter((one) => one.goal && !usual.includes(one.key as Metric))
                          .map(({ key }) => key as Metric),
                        metrics,
                      ),
                    },
                  ].filter(({ items }) => items.length > 0)}
                  onChange={(next) => {
                    if (!next) return;
                    if (metrics.get(next)?.unit !== unit) {
                      setBaseline(null);
                      setTarget(null);
                    }
                    setMetric(next as Metric);
                  }}
                />
                <div className={css.pair}>
                  <Value
                    label={t("baseline")}
                    description={t("baseline.note")}
                    value={baseline}
                    onChange={setBaseline}
                  />
                  <Value
                    label={t("target")}
                    description={
                      target !== null && baseline
                        ? t("target.change", { change: format.percent((target - baseline) / Math.abs(baseline), 0) })
                        : t("target.note")
                    }
                    value={target}
                    onChange={setTarget}
                    max={chosen === "roi" ? 100_000 : undefined}
                  />
                </div>
                <DayField label={t("deadline")} value={deadline} onChange={setDeadline} required />
              </div>
              <Evidence
                metric={chosen}
                lowerIsBetter={metrics.get(chosen)?.better === "lower"}
                target={target}
                campaign={campaign}
              />
            </div>
          </Step>
          {campaign && (
            <Communicate
              campaign={campaign}
              words={
                campaign.goal
                  ? t("tell.words", {
                      name: campaign.goal.name || metrics.name(campaign.goal.metric),
                      target: worded(campaign.goal.target),
                      day: format.day(campaign.goal.deadline),
                    })
                  : ""
              }
              Step={Step}
            />
          )}
        </ol>
        <PagesBeside place="goal" apart />
        <FormError error={error} />
        <FormFoot>
          {goal && (campaign || above?.id) && (
            <Button
              variant="subtle"
              color={campaign ? "red" : "gray"}
              style={{ marginRight: "auto" }}
              loading={remove.isPending || archive.isPending}
              onClick={() =>
                campaign
                  ? remove.mutate({ path: { campaign_id: campaign.id } })
                  : archive.mutate({ path: { goal_id: goal.id } })
              }
            >
              {campaign ? t("remove") : t("archive")}
            </Button>
          )}
          {above && onCopy && above.id && (
            <Button variant="subtle" color="gray" onClick={() => onCopy(above)}>
              {t("copy")}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Act
            type="submit"
            loading={set.isPending || create.isPending || update.isPending}
            disabled={target === null || !deadline || (!campaign && !name.trim())}
          >
            {t("save")}
          </Act>
        </FormFoot>
      </form>
    </Dialog>
  );
}

const option = (keys: readonly Metric[], metrics: ReturnType<typeof useMetrics>) =>
  keys.map((key) => ({ value: key as string, label: metrics.name(key) || key }));

/** One numbered step. */
export function Step({ title, children }: { title: string; children: ReactNode }) {
  return (
    <li>
      <h3>{title}</h3>
      {children}
    </li>
  );
}

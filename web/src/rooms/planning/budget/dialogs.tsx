import { Select, Textarea } from "@mantine/core";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { DayField } from "@/ui/DateField";
import { FormDialog } from "@/ui/Dialog";
import { FindField } from "@/ui/FindField";
import { MoneyField, ShareField, useExactMoney } from "@/ui/numbers";
import { say } from "@/ui/tray";
import { useT as usePlanT } from "../channelplan/useT";
import { channels } from "../channelplan/words";
import type { Campaign } from "../words";
import { draftOf, type Line, type UseBudget } from "./useBudget";
import { useT } from "./useT";

const spreads = ["once", "daily", "monthly"] as const;

interface DetailsProps {
  campaignId: string;
  line: Line;
  budget: UseBudget;
  onClose: () => void;
}

/** What a line is for and when its money is needed. */
export function DetailsDialog({ campaignId, line, budget, onClose }: DetailsProps) {
  const t = useT();
  const plan = usePlanT();
  const [draft, setDraft] = useState(() => draftOf(line));
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const tasks = useGet("/campaigns/{campaign_id}/timeline", { path: { campaign_id: campaignId } });
  const change = (part: Partial<typeof draft>) => setDraft((now) => ({ ...now, ...part }));
  const save = async () => {
    setState({ busy: true });
    try {
      await budget.save(line.id, { ...draft, ends_on: draft.spread === "once" ? null : draft.ends_on }, line.version);
      onClose();
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return (
    <FormDialog
      title={line.name}
      onClose={onClose}
      onSubmit={() => void save()}
      action={t("save")}
      busy={state.busy}
      error={state.error}
    >
      <Select
        label={t("deliverable")}
        placeholder={t("deliverable.none")}
        clearable
        searchable
        value={draft.task_id ?? null}
        data={(tasks.data?.tasks ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(task_id) => change({ task_id })}
      />
      <ShareField label={t("tax")} value={draft.tax_rate ?? 0} onChange={(rate) => change({ tax_rate: rate ?? 0 })} />
      <Select
        label={t("spread")}
        allowDeselect={false}
        value={draft.spread ?? "once"}
        data={spreads.map((value) => ({ value, label: t(`spread.${value}`) }))}
        onChange={(spread) => spread && change({ spread })}
      />
      <DayField
        label={draft.spread === "once" ? t("day.once") : t("day.from")}
        description={draft.spread === "once" ? t("day.hint") : undefined}
        value={draft.starts_on ?? null}
        onChange={(starts_on) => change({ starts_on })}
      />
      {draft.spread !== "once" && (
        <DayField label={t("day.to")} value={draft.ends_on ?? null} onChange={(ends_on) => change({ ends_on })} />
      )}
      <Select
        label={t("channel")}
        description={t("channel.hint")}
        clearable
        value={draft.channel || null}
        data={channels.map((value) => ({ value, label: plan(`channel.${value}`) }))}
        onChange={(channel) => change({ channel: channels.find((known) => known === channel) ?? "" })}
      />
    </FormDialog>
  );
}

interface MoveProps {
  campaign: Campaign;
  line: Line;
  lines: Line[];
  onClose: () => void;
}

/** Moves planned money from one line to another, also of another campaign. */
export function MoveDialog({ campaign, line, lines, onClose }: MoveProps) {
  const t = useT();
  const format = useFormat();
  const exact = useExactMoney();
  const [target, setTarget] = useState<string | null>(null);
  const [into, setInto] = useState(campaign.id);
  const [amount, setAmount] = useState<number | null>(null);
  const [reason, setReason] = useState("");
  const other = useGet(
    "/campaigns/{campaign_id}/budget",
    { path: { campaign_id: into } },
    { enabled: into !== campaign.id, keep: false },
  );
  const settings = useGet("/budget/settings", {}, { slow: true });
  const left = Math.max(line.planned_minor - line.committed_minor - line.spent_minor, 0);
  const choices = into === campaign.id ? lines.filter(({ id }) => id !== line.id) : (other.data?.lines ?? []);
  const limit = settings.data?.move_limit_minor ?? null;
  const send = useSend("post", "/budget/reallocations", {
    once: true,
    onSuccess: (move) => {
      say(move.state === "done" ? t("move.done") : t("move.waits"));
      onClose();
    },
  });
  return (
    <FormDialog
      title={t("move.title", { name: line.name })}
      onClose={onClose}
      onSubmit={() =>
        target &&
        amount &&
        send.mutate({ body: { from_line_id: line.id, to_line_id: target, amount_minor: amount, reason } })
      }
      action={t("move.action")}
      busy={send.isPending}
      disabled={!target || !amount || !reason.trim()}
      error={send.error}
    >
      <p>{t("move.left", { amount: exact(left) })}</p>
      <FindField
        among="/campaigns"
        label={t("move.campaign")}
        allowDeselect={false}
        value={into}
        chosen={campaign}
        onPick={(id) => {
          if (!id) return;
          setInto(id);
          setTarget(null);
        }}
      />
      <Select
        label={t("move.to")}
        data-autofocus
        searchable
        value={target}
        data={choices.map((one) => ({ value: one.id, label: `${one.name} · ${exact(one.planned_minor)}` }))}
        onChange={setTarget}
      />
      <MoneyField
        label={t("move.amount")}
        value={amount}
        onChange={setAmount}
        error={amount !== null && amount > left ? t("move.over") : undefined}
        description={limit === null ? undefined : t("move.limit", { amount: format.money(limit) })}
      />
      <Textarea
        label={t("move.reason")}
        autosize
        minRows={2}
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

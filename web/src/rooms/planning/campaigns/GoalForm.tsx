import { Button, Select } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useSend } from "@/api/hooks";
import { useMetrics } from "@/rooms/insights/metrics";
import { DayField } from "@/ui/DateField";
import { Dialog, FormFoot } from "@/ui/Dialog";
import { FormError } from "@/ui/states";
import { MoneyField, NumberField, ShareField } from "../fields";
import css from "../planning.module.css";
import { useT } from "../useT";
import type { Campaign } from "../words";
import { usePutCampaign } from "./useCampaign";

/** A goal is one number of the catalogue, with a target and a day; the baseline says what it is compared with. */
export function GoalForm({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const t = useT();
  const metrics = useMetrics();
  const put = usePutCampaign();
  const { goal } = campaign;
  const [metric, setMetric] = useState<string>(goal?.metric ?? "conversions");
  const [baseline, setBaseline] = useState<number | null>(goal?.baseline ?? null);
  const [target, setTarget] = useState<number | null>(goal?.target ?? null);
  const [deadline, setDeadline] = useState<string | null>(goal?.deadline ?? campaign.ends_on);
  const set = useSend("put", "/campaigns/{campaign_id}/goal", {
    changes: ["home", "/campaigns"],
    onSuccess: (answer) => {
      put(answer);
      onClose();
    },
  });
  const remove = useSend("delete", "/campaigns/{campaign_id}/goal", {
    changes: ["/campaigns", "home"],
    onSuccess: onClose,
  });
  const path = { campaign_id: campaign.id };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (target === null || !deadline) return;
    const body = {
      metric: metric as NonNullable<typeof goal>["metric"],
      baseline,
      target,
      deadline,
      version: goal?.version,
    };
    set.mutate({ path, body });
  };
  const unit = metrics.get(metric)?.unit ?? "count";
  const Value = { money: MoneyField, share: ShareField, count: NumberField }[unit];
  return (
    <Dialog opened onClose={onClose} title={goal ? t("goal.change.title") : t("goal.empty.title")} size={520}>
      <form className={css.form} onSubmit={submit}>
        <Select
          label={t("goal.metric")}
          description={metrics.get(metric)?.counts}
          value={metric}
          allowDeselect={false}
          searchable
          inputWrapperOrder={["label", "input", "description", "error"]}
          data={metrics.all.filter((one) => one.goal).map((one) => ({ value: one.key, label: one.name }))}
          onChange={(next) => {
            if (!next) return;
            if (metrics.get(next)?.unit !== unit) {
              setBaseline(null);
              setTarget(null);
            }
            setMetric(next);
          }}
        />
        <div className={css.pair}>
          <Value
            label={t("goal.baseline")}
            description={t("goal.baseline.note")}
            value={baseline}
            onChange={setBaseline}
          />
          <Value
            label={t("goal.targetValue")}
            description={t("goal.target.note")}
            value={target}
            onChange={setTarget}
            max={metric === "roi" ? 100_000 : undefined}
          />
        </div>
        <DayField label={t("goal.deadline")} value={deadline} onChange={setDeadline} required />
        <FormError error={set.error ?? remove.error} />
        <FormFoot>
          {goal && (
            <Button
              variant="subtle"
              color="red"
              style={{ marginRight: "auto" }}
              loading={remove.isPending}
              onClick={() => remove.mutate({ path })}
            >
              {t("goal.remove")}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" loading={set.isPending} disabled={target === null || !deadline}>
            {t("goal.save")}
          </Button>
        </FormFoot>
      </form>
    </Dialog>
  );
}

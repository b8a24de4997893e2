import { Button, Textarea } from "@mantine/core";
import { type ComponentType, type ReactNode, useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { Act } from "@/ui/Act";
import { StateBadge, type Tone } from "@/ui/StateBadge";
import { FormError } from "@/ui/states";
import { When } from "@/ui/values";
import type { Campaign } from "../words";
import css from "./goals.module.css";
import { useT } from "./useT";

const tones = {
  not_needed: "quiet",
  missing: "look",
  waiting: "waiting",
  changes: "look",
  refused: "bad",
  withdrawn: "quiet",
  void: "look",
  approved: "good",
} satisfies Record<string, Tone>;

interface Props {
  campaign: Campaign;
  /** What the team is told unless somebody says it better. */
  words: string;
  Step: ComponentType<{ title: string; children: ReactNode }>;
}

/** The last two steps of a campaign's goal: the yes it needs, and telling the team. */
export function Communicate({ campaign, words, Step }: Props) {
  const t = useT();
  const format = useFormat();
  const { goal } = campaign;
  const [note, setNote] = useState<string>();
  const standing = useGet(
    "/approvals/standing",
    { query: { kind: "goal", id: campaign.id } },
    { enabled: goal !== null },
  );
  const ask = useSend("post", "/approvals");
  const tell = useSend("post", "/campaigns/{campaign_id}/goal/tell");
  if (!goal) {
    return (
      <>
        <Step title={t("step4")}>
          <p className={css.muted}>{t("step.saveFirst")}</p>
        </Step>
        <Step title={t("step5")}>
          <p className={css.muted}>{t("step.saveFirst")}</p>
        </Step>
      </>
    );
  }
  const now = standing.data?.standing;
  const open = now === "missing" || now === "void" || now === "changes" || now === "withdrawn" || now === "refused";
  const allowed = now === "approved" || now === "not_needed";
  return (
    <>
      <Step title={t("step4")}>
        <div className={css.line}>
          {now && <StateBadge tone={tones[now]}>{t(`standing.${now}`)}</StateBadge>}
          {open && (
            <Button
              size="xs"
              variant="default"
              loading={ask.isPending}
              onClick={() => ask.mutate({ body: { kind: "goal", id: campaign.id, note: "" } })}
            >
              {t("ask")}
            </Button>
          )}
          {standing.data?.request_id && <A to={`/approvals/${standing.data.request_id}`}>{t("standing.open")}</A>}
        </div>
        <FormError error={ask.error} />
      </Step>
      <Step title={t("step5")}>
        <Textarea
          aria-label={t("step5")}
          autosize
          minRows={1}
          maxLength={1000}
          value={note ?? words}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
        <div className={css.line}>
          <Act
            size="xs"
            variant="default"
            loading={tell.isPending}
            disabled={!allowed}
            onClick={() => tell.mutate({ path: { campaign_id: campaign.id }, body: { note: note ?? words } })}
          >
            {t("tell")}
          </Act>
          <span className={css.muted} role="status">
            {tell.data
              ? tell.data.people.length
                ? t("told.people", { people: format.list(tell.data.people) })
                : t("told.nobody")
              : goal.told_at
                ? t.rich(goal.told ? "told.at" : "told.before", { when: <When key="w" at={goal.told_at} /> })
                : t("told.not")}
          </span>
        </div>
        <FormError error={tell.error} />
      </Step>
    </>
  );
}

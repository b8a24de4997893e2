import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { useMetrics } from "@/rooms/insights/metrics";
import type { CampaignReport } from "@/rooms/insights/report";
import { todayIn } from "@/rooms/teamwork/dates";
import { Section } from "@/ui/Page";
import { FormError } from "@/ui/states";
import type { Campaign } from "../words";
import { LessonText } from "./LessonText";
import { NewLesson } from "./NewLesson";
import css from "./playbook.module.css";
import { type Proposal, proposals, type Retrospective } from "./proposals";
import { useT } from "./useT";
import { LessonBadge } from "./words";

interface Props {
  campaign: Campaign;
  facts: Retrospective["facts"];
  report: CampaignReport | undefined;
  readOnly: boolean;
}

/** What was learned here, and what the numbers suggest. */
export function RetroLessons({ campaign, facts, report, readOnly }: Props) {
  const t = useT();
  const say = useSayProposal();
  const { timezone } = useFormat();
  const [writing, setWriting] = useState<Partial<Shape<"LessonDraft">>>();
  const learned = useGet("/lessons", { query: { campaign_id: campaign.id, limit: 50 } });
  const publish = useSend("put", "/lessons/{lesson_id}/state");
  const today = todayIn(timezone);
  const over = {
    goal: campaign.touchpoints.launched > 0 && campaign.goal !== null && campaign.goal.deadline < today,
    campaign: campaign.state === "ended" || (campaign.ends_on !== null && campaign.ends_on < today),
  };
  const context = { campaign_id: campaign.id, type: campaign.type, category: campaign.category };
  const evidence = { kind: "report", id: campaign.id, url: "" } as const;
  return (
    <Section
      title={t("retro.step.lessons")}
      note={t("retro.lessons.note")}
      action={
        !readOnly && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() => setWriting({ ...context, evidence })}
          >
            {t("lesson.new")}
          </Button>
        )
      }
    >
      {!readOnly && (
        <ul className={css.proposals} aria-label={t("retro.proposals")}>
          {proposals(campaign.id, facts, report, over).map((one) => (
            <li key={`${one.id} ${one.values.name ?? ""}`}>
              <span>{say(one)}</span>
              <Button
                size="xs"
                variant="subtle"
                onClick={() => setWriting({ ...context, title: say(one), effect: one.effect, evidence: one.evidence })}
              >
                {t("retro.take")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <ul className={css.lessons}>
        {(learned.data?.items ?? []).map((lesson) => (
          <li key={lesson.id}>
            <LessonText lesson={lesson} /> <LessonBadge state={lesson.state} />
            {!readOnly && lesson.state === "draft" && (
              <Button
                size="xs"
                variant="default"
                loading={publish.isPending}
                onClick={() =>
                  publish.mutate({
                    path: { lesson_id: lesson.id },
                    body: { state: "published", version: lesson.version },
                  })
                }
              >
                {t("lesson.publish")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <FormError error={publish.error} />
      {writing && (
        <NewLesson known={writing} onClose={() => setWriting(undefined)} onMade={() => setWriting(undefined)} />
      )}
    </Section>
  );
}

function useSayProposal(): (one: Proposal) => string {
  const t = useT();
  const format = useFormat();
  const metrics = useMetrics();
  return ({ id, values }) => {
    const metric = metrics.name(String(values.metric ?? ""));
    const off = format.percent(Number(values.off ?? 0));
    const name = String(values.name ?? "");
    switch (id) {
      case "goalExact":
        return t("propose.goalExact", { metric });
      case "goalReached":
      case "goalMissed":
        return t(`propose.${id}`, { metric, off });
      case "budgetOver":
      case "budgetUnder":
        return t(`propose.${id}`, { off });
      case "slipped":
        return t("propose.slipped", {
          count: Number(values.days),
          task: String(values.task),
          late: Number(values.late),
        });
      default:
        return t(`propose.${id}`, { name, metric, rate: format.percent(Number(values.rate)) });
    }
  };
}

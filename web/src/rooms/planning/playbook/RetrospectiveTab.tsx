import { Button } from "@mantine/core";
import { IconLock, IconLockOpen, IconPrinter } from "@tabler/icons-react";
import { useState } from "react";
import { useApi, useGet } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { useLanguage } from "@/lib/i18n";
import { useMay } from "@/lib/workspace";
import { figureOf, useReport } from "@/rooms/insights/report";
import { Act } from "@/ui/Act";
import { Section, ThingLayout } from "@/ui/Page";
import { Await, FormError } from "@/ui/states";
import { When } from "@/ui/values";
import { WordsField } from "../briefs/PassageField";
import type { Campaign } from "../words";
import { PagesBeside } from "./PagesBeside";
import css from "./playbook.module.css";
import type { Retrospective } from "./proposals";
import { RetroActions } from "./RetroActions";
import { Budget, Goal, type Result, Timeline } from "./RetroFacts";
import { RetroLessons } from "./RetroLessons";
import { useT } from "./useT";

const PATH = "/campaigns/{campaign_id}/retrospective" as const;
const shown = ["delivered", "open_rate", "click_rate", "conversions", "conversion_rate", "revenue", "roi"] as const;

/** Looking back: plan against reality, what worked, what lacked, what is learned and done next. */
export default function RetrospectiveTab({ campaign }: { campaign: Campaign }) {
  const t = useT();
  const { url } = useApi();
  const { language } = useLanguage();
  const query = useGet(PATH, { path: { campaign_id: campaign.id } }, { every: 4000 });
  return (
    <ThingLayout
      factsTitle={t("retro.share")}
      facts={
        <>
          <Button
            component="a"
            href={url(`/campaigns/${campaign.id}/retrospective.pdf?language=${language}`)}
            target="_blank"
            variant="default"
            leftSection={<IconPrinter size={16} />}
          >
            {t("retro.print")}
          </Button>
          <PagesBeside place="retrospective" />
        </>
      }
    >
      <Await query={query} lines={10}>
        {(retro) => <Guide campaign={campaign} retro={retro} />}
      </Await>
    </ThingLayout>
  );
}

function Guide({ campaign, retro }: { campaign: Campaign; retro: Retrospective }) {
  const t = useT();
  const format = useFormat();
  const { call, save, put } = useApi();
  const may = useMay("campaigns.write");
  const [error, setError] = useState<unknown>();
  const mayReport = useMay("reports.read");
  const report = useReport(campaign.id, { enabled: retro.closed_at === null && mayReport });
  const path = { campaign_id: campaign.id };
  const closed = retro.closed_at !== null;
  const results: Result[] = retro.results ?? live(report.data, campaign.touchpoints.launched > 0);

  const change = async (asked: Promise<Retrospective>) => {
    setError(undefined);
    try {
      put(PATH, { path }, await asked);
    } catch (problem) {
      setError(problem);
    }
  };
  const passage = (section: Retrospective["passages"][number]["section"]) => {
    const one = retro.passages.find((each) => each.section === section);
    return (
      one && (
        <WordsField
          key={`${section} ${closed}`}
          words={{ id: `retro-${section}`, text: one.text ?? "", version: one.version ?? 0 }}
          save={(body) =>
            save("/campaigns/{campaign_id}/retrospective/passages/{section}", {
              path: { ...path, section },
              body,
            })
          }
          label={t(`retro.${section}`)}
          quiet={section !== "worked" && section !== "lacked" && section !== "summary"}
          hint={t(`retro.hint.${section}`)}
          readOnly={!may || closed}
        />
      )
    );
  };
  if (!retro.begun) {
    return (
      <p className={css.preview}>
        {campaign.starts_on
          ? t("retro.early.from", { name: campaign.name, day: format.day(campaign.starts_on) })
          : t("retro.early", { name: campaign.name })}
      </p>
    );
  }
  return (
    <div className={css.guide}>
      {closed && (
        <p className={css.preview}>
          {t.rich("retro.closed", { name: retro.closed_by, when: <When at={retro.closed_at} /> })}
        </p>
      )}
      <Section title={t("retro.step.goal")}>
        <Goal results={results} coming={retro.results == null && report.isLoading} />
        {passage("goal")}
      </Section>
      <Section title={t("retro.step.budget")}>
        <Budget facts={retro.facts} />
        {passage("budget")}
      </Section>
      <Section title={t("retro.step.timeline")}>
        <Timeline facts={retro.facts} />
        {passage("timeline")}
      </Section>
      <Section title={t("retro.step.said")}>
        <div className={css.both}>
          {passage("worked")}
          {passage("lacked")}
        </div>
      </Section>
      <RetroLessons campaign={campaign} facts={retro.facts} report={report.data} readOnly={!may} />
      <RetroActions campaign={campaign} actions={retro.actions} closed={closed} mayWrite={may} onChange={change} />
      <Section title={t("retro.step.summary")} note={t("retro.summary.note")}>
        {passage("summary")}
      </Section>
      <FormError error={error} />
      {may && (
        <div>
          {closed ? (
            <Button
              variant="default"
              leftSection={<IconLockOpen size={16} />}
              onClick={() => change(call("post", "/campaigns/{campaign_id}/retrospective/reopen", { path }))}
            >
              {t("retro.reopen")}
            </Button>
          ) : (
            <Act
              leftSection={<IconLock size={16} />}
              disabled={mayReport && report.isPending}
              onClick={() =>
                change(call("post", "/campaigns/{campaign_id}/retrospective/close", { path, body: { results } }))
              }
            >
              {t("retro.close", { day: format.day(format.dayIn()) })}
            </Act>
          )}
        </div>
      )}
    </div>
  );
}

/** Nine decimals are kept: a rate of one third has no end. */
const kept = (value: number | null) => (value === null ? null : Number(value.toFixed(9)));

/** The report's numbers as the retrospective keeps them: the goal's own first. */
function live(report: ReturnType<typeof useReport>["data"], sent: boolean): Result[] {
  if (!report) return [];
  const { goal } = report;
  // Of what was never sent nobody knows how it did.
  const own: Result[] = goal
    ? [
        {
          metric: goal.metric,
          value: sent ? kept(goal.now) : null,
          baseline: goal.baseline ?? null,
          target: goal.target,
        },
      ]
    : [];
  const others = shown
    .filter((metric) => metric !== goal?.metric)
    .map((metric) => ({
      metric,
      value: sent ? kept(figureOf(report.total, metric).value) : null,
      baseline: null,
      target: null,
    }))
    .filter(({ value }) => value !== null);
  return [...own, ...others];
}

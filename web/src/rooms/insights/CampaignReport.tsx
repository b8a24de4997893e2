import { Button } from "@mantine/core";
import { IconDownload, IconFileTypePdf, IconTable } from "@tabler/icons-react";
import { useEffect } from "react";
import { useApi, useGet } from "@/api/hooks";
import { useLanguage } from "@/lib/i18n";
import { warmCharts } from "@/ui/charts";
import { Section } from "@/ui/Page";
import { QuietMenu } from "@/ui/PageHead";
import { Await, EmptyState } from "@/ui/states";
import { When } from "@/ui/values";
import css from "./CampaignReport.module.css";
import { useExport } from "./exports";
import { useMetrics } from "./metrics";
import { Breakdown } from "./parts/Breakdown";
import { Comparison } from "./parts/Comparison";
import { Definitions } from "./parts/Definitions";
import { Funnel } from "./parts/Funnel";
import { GoalLine } from "./parts/GoalLine";
import { LinksTable } from "./parts/LinksTable";
import { Return } from "./parts/Return";
import { Summary } from "./parts/Summary";
import { TimeSeries } from "./parts/TimeSeries";
import { TouchpointsTable } from "./parts/TouchpointsTable";
import { ResultTiles } from "./ResultTiles";
import { type CampaignReport as Report, useReport } from "./report";
import shared from "./report.module.css";
import { useT } from "./useT";

/** Everything that came of a campaign, each number with the people behind it. */
export default function CampaignReport({ campaignId }: { campaignId: string }) {
  const report = useReport(campaignId);
  // What the report shows its numbers with is asked for beside them, not after them.
  useMetrics();
  useGet("/audiences/vocabulary", {}, { slow: true });
  useEffect(warmCharts, []);
  return (
    <Await query={report} lines={10}>
      {(answer) => <Shown report={answer} />}
    </Await>
  );
}

function Shown({ report }: { report: Report }) {
  const t = useT();
  if (!report.touchpoints.some(({ begun }) => begun)) {
    return (
      <EmptyState picture="chart" title={t("report.empty.title")}>
        {t("report.empty")}
      </EmptyState>
    );
  }
  return (
    <div className={shared.report}>
      <div className={css.lead}>
        <Summary report={report} />
        <ReportActions report={report} />
      </div>
      <GoalLine report={report} />
      <ResultTiles report={report} />
      <div className={css.two}>
        <Funnel report={report} />
        <Return report={report} />
      </div>
      <TimeSeries report={report} />
      <Comparison report={report} />
      <TouchpointsTable report={report} />
      <LinksTable report={report} />
      <Breakdown report={report} />
      <Section title={t("definitions")}>
        <Definitions report={report} />
      </Section>
    </div>
  );
}

/** The report to take along. */
function ReportActions({ report }: { report: Report }) {
  const t = useT();
  const { url } = useApi();
  const { language } = useLanguage();
  const takeOut = useExport(report.campaign_id);
  const table = `/campaigns/${report.campaign_id}/report/csv?language=${language}`;
  const saveTable = () => window.location.assign(url(table));
  return (
    <div className={css.actions}>
      <small>{t.rich("report.at", { when: <When key="at" at={report.at} absolute /> })}</small>
      <Button
        component="a"
        href={url(`/campaigns/${report.campaign_id}/report/pdf?language=${language}`)}
        variant="default"
        leftSection={<IconFileTypePdf size={16} />}
      >
        {t("download.pdf")}
      </Button>
      <QuietMenu
        label={t("download")}
        entries={[
          { label: t("download.csv"), icon: IconTable, act: saveTable },
          {
            label: t("download.people"),
            icon: IconDownload,
            act: () => takeOut({ metric: "audience" }, report.name),
          },
        ]}
      />
    </div>
  );
}

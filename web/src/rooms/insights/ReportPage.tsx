import { useParams } from "@tanstack/react-router";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { Page } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import CampaignReport from "./CampaignReport";
import { useReport } from "./report";
import { useT } from "./useT";

/** A campaign's report on its own page. */
export default function ReportPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const t = useT();
  const format = useFormat();
  const { data } = useReport(id);
  return (
    <Page>
      <PageHead
        title={data ? t("report.title", { campaign: data.name }) : t("report")}
        crumbs={[{ label: t("reports"), to: "/reports" }]}
        meaning={
          data && (
            <>
              <A to={`/campaigns/${id}`}>{t("report.toCampaign")}</A>
              {data.starts_on && <span>{t("report.since", { day: format.day(data.starts_on) })}</span>}
            </>
          )
        }
      />
      <CampaignReport campaignId={id} />
    </Page>
  );
}

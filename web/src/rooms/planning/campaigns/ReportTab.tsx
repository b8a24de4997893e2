import CampaignReport from "@/rooms/insights/CampaignReport";
import type { Campaign } from "../words";

/** What came of the campaign. */
export default function ReportTab({ campaign }: { campaign: Campaign }) {
  return <CampaignReport campaignId={campaign.id} />;
}

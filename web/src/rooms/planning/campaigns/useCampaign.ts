import { useApi } from "@/api/hooks";
import { useVersioned } from "../useVersioned";
import type { Campaign } from "../words";

const PATH = "/campaigns/{campaign_id}";

const draftOf = ({ leader, parent, ...campaign }: Campaign) => ({
  name: campaign.name,
  category: campaign.category,
  type: campaign.type,
  description: campaign.description,
  leader_id: leader?.id ?? null,
  parent_id: parent?.id ?? null,
  starts_on: campaign.starts_on,
  ends_on: campaign.ends_on,
  attribution: campaign.attribution,
});
export type CampaignDraft = ReturnType<typeof draftOf>;

/** Keeps what the page shows of a campaign in step with what is stored. */
export function useCampaign(campaign: Campaign) {
  const api = useApi();
  const put = usePutCampaign();
  const path = { campaign_id: campaign.id };
  return useVersioned<CampaignDraft, Campaign>({
    server: campaign,
    draftOf,
    save: async (draft, version) => put(await api.call("put", PATH, { path, body: { ...draft, version } })),
    load: async () => put(await api.call("get", PATH, { path })),
  });
}

/** Shows a campaign as the server has just answered it. */
export function usePutCampaign() {
  const api = useApi();
  return (campaign: Campaign) => {
    api.put(PATH, { path: { campaign_id: campaign.id } }, campaign);
    return campaign;
  };
}

import { useQueryClient } from "@tanstack/react-query";
import { keyOf, useApi } from "@/api/hooks";
import { useWorkspaceSettings } from "@/lib/workspace";
import { useVersioned } from "../useVersioned";
import type { Campaign } from "../words";

const PATH = "/campaigns/{campaign_id}";

const draftOf = ({ name, category, description, leader, starts_on, ends_on, attribution }: Campaign) => ({
  name,
  category,
  description,
  leader_id: leader?.id ?? null,
  starts_on,
  ends_on,
  attribution,
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

/** Shows a campaign as the server has just answered it, here and in the lists. */
export function usePutCampaign() {
  const { slug } = useWorkspaceSettings();
  const client = useQueryClient();
  return (campaign: Campaign) => {
    client.setQueryData(keyOf(slug, PATH, { path: { campaign_id: campaign.id } }), campaign);
    void client.invalidateQueries({ queryKey: ["w", slug, "/campaigns"] });
    void client.invalidateQueries({ queryKey: ["w", slug, "/audit"] });
    return campaign;
  };
}

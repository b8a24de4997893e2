import { A } from "@/lib/links";
import { later } from "@/ui/later";
import { WordForm } from "../InlineWord";
import { useT } from "../useT";
import type { Campaign } from "../words";
import type { useCampaign } from "./useCampaign";

const ChooseParent = later(() => import("./ChooseParent"));

interface Props {
  campaign: Campaign;
  thing: ReturnType<typeof useCampaign>;
  disabled: boolean;
}

/** The campaign this one is a part of, and how many are a part of it. */
export function PartOf({ campaign, thing, disabled }: Props) {
  const t = useT();
  return (
    <>
      <WordForm
        label={t("campaign.parent")}
        disabled={disabled}
        form={(close) => <ChooseParent campaign={campaign} thing={thing} onClose={close} />}
      >
        {campaign.parent?.name ?? t("campaign.noParent")}
      </WordForm>
      {campaign.children > 0 && (
        <>
          <br />
          <A to={`/campaigns?f.parent=${campaign.id}`}>{t("campaign.children", { count: campaign.children })}</A>
        </>
      )}
    </>
  );
}

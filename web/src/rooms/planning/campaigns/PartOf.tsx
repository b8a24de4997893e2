import { Button } from "@mantine/core";
import { A } from "@/lib/links";
import { FormFoot } from "@/ui/Dialog";
import { FindField } from "@/ui/FindField";
import { WordForm } from "../InlineWord";
import { useT } from "../useT";
import type { Campaign } from "../words";
import type { useCampaign } from "./useCampaign";

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

function ChooseParent({ campaign, thing, onClose }: Omit<Props, "disabled"> & { onClose: () => void }) {
  const t = useT();
  return (
    <>
      <FindField
        among="/campaigns"
        label={t("campaign.parent")}
        description={t("campaign.parent.note")}
        clearable
        except={campaign.id}
        value={thing.draft.parent_id}
        chosen={campaign.parent}
        onPick={(parent_id) => thing.change({ parent_id })}
      />
      <FormFoot>
        <Button
          onClick={() => {
            thing.flush();
            onClose();
          }}
        >
          {t("done")}
        </Button>
      </FormFoot>
    </>
  );
}

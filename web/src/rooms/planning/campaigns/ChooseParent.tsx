import { Button } from "@mantine/core";
import { FormFoot } from "@/ui/Dialog";
import { FindField } from "@/ui/FindField";
import { useT } from "../useT";
import type { Campaign } from "../words";
import type { useCampaign } from "./useCampaign";

interface Props {
  campaign: Campaign;
  thing: ReturnType<typeof useCampaign>;
  onClose: () => void;
}

/** Which campaign this one is a part of. */
export default function ChooseParent({ campaign, thing, onClose }: Props) {
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

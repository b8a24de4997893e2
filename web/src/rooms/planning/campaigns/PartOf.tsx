import { Button, Select } from "@mantine/core";
import { useState } from "react";
import { useKeyset } from "@/api/hooks";
import { A } from "@/lib/links";
import { FormFoot } from "@/ui/Dialog";
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
  const [words, setWords] = useState("");
  const found = useKeyset<Campaign>(
    "/campaigns",
    { query: { q: words === campaign.parent?.name ? "" : words } },
    { limit: 20 },
  );
  const options = found.rows.filter(({ id }) => id !== campaign.id).map(({ id, name }) => ({ value: id, label: name }));
  if (campaign.parent && !options.some(({ value }) => value === campaign.parent?.id)) {
    options.unshift({ value: campaign.parent.id, label: campaign.parent.name });
  }
  return (
    <>
      <Select
        label={t("campaign.parent")}
        description={t("campaign.parent.note")}
        searchable
        clearable
        data={options}
        value={thing.draft.parent_id}
        searchValue={words}
        onSearchChange={setWords}
        filter={({ options: all }) => all}
        nothingFoundMessage={found.state === "ready" && t("campaigns.none")}
        onChange={(parent_id) => thing.change({ parent_id })}
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

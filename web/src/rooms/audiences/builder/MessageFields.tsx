import { Checkbox, Select } from "@mantine/core";
import type { Shape } from "@/api/schema";
import type { Leaf } from "../rule";
import { useT } from "../useT";
import { YesNo } from "./Choice";
import { PeriodFields } from "./PeriodFields";

type MessageLeaf = Leaf & { kind: "message" };

/** Whether a message was sent, opened or clicked, of which campaign, and when. */
export function MessageFields({
  leaf,
  onChange,
  campaigns,
}: {
  leaf: MessageLeaf;
  onChange: (leaf: Leaf) => void;
  campaigns: Shape<"CampaignWord">[];
}) {
  const t = useT();
  return (
    <>
      <YesNo
        width={156}
        value={leaf.did}
        yes={t("field.yesMessage")}
        no={t("field.noMessage")}
        onChange={(did) => onChange({ ...leaf, did })}
      />
      <Select
        w={180}
        aria-label={t("field.campaign")}
        allowDeselect={false}
        value={leaf.campaign ?? ""}
        searchable
        data={[
          { value: "", label: t("field.anyCampaign") },
          ...campaigns.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(campaign) => onChange({ ...leaf, campaign: campaign || null })}
      />
      <PeriodFields value={leaf} onChange={(when) => onChange({ ...leaf, ...when })} />
      {leaf.what !== "sent" && (
        <Checkbox
          size="xs"
          label={t("field.machines")}
          checked={leaf.include_machines}
          onChange={(event) => onChange({ ...leaf, include_machines: event.currentTarget.checked })}
        />
      )}
    </>
  );
}

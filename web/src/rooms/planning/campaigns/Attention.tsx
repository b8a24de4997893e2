import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import { useGet } from "@/api/hooks";
import { A } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { Section } from "@/ui/Page";
import { useT } from "../useT";
import css from "./Attention.module.css";
import { placeOf, useSentence } from "./attention";

/** What of the campaign wants attention today; nothing when nothing does. */
export function Attention({ campaignId }: { campaignId: string }) {
  const t = useT();
  const words = useSentence();
  const mayPlan = useMay("campaigns.write");
  const items = useGet("/campaigns/{campaign_id}/attention", { path: { campaign_id: campaignId } }, { every: 60_000 });
  if (!items.data?.length) return null;
  return (
    <Section title={t("attention")}>
      <ul className={css.list}>
        {items.data.map((item) => (
          <li key={`${item.code} ${item.id}`} data-tone={item.tone}>
            {item.tone === "bad" ? (
              <IconAlertTriangle size={17} stroke={1.7} />
            ) : (
              <IconInfoCircle size={17} stroke={1.7} />
            )}
            <A to={placeOf(campaignId, item, mayPlan)}>{words(item)}</A>
          </li>
        ))}
      </ul>
    </Section>
  );
}

import { useGet } from "@/api/hooks";
import { A } from "@/lib/links";
import { Section } from "@/ui/Page";
import css from "./briefs.module.css";
import { useT } from "./useT";

/** What past briefs said about the same things, offered while this one is written. */
export function Similar({ campaignId }: { campaignId: string }) {
  const t = useT();
  const found = useGet(
    "/campaigns/{campaign_id}/brief/similar",
    { path: { campaign_id: campaignId } },
    { every: 20_000 },
  );
  if (!found.data?.length) return null;
  return (
    <Section title={t("similar")}>
      <ul className={css.similar}>
        {found.data.slice(0, 5).map((one) => (
          <li key={`${one.campaign_id} ${one.section} ${one.text}`}>
            <A to={`/campaigns/${one.campaign_id}?tab=brief`}>{one.campaign_name}</A>
            <small>{t(one.section)}</small>
            <p>{one.text.length > 180 ? `${one.text.slice(0, 180)}…` : one.text}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import { useGet } from "@/api/hooks";
import { A } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { Section } from "@/ui/Page";
import { ErrorState, SkeletonLines } from "@/ui/states";
import css from "../campaigns/Attention.module.css";
import { placeOf, useSentence } from "../campaigns/attention";
import { useT } from "../useT";
import home from "./home.module.css";

const SHOWN = 8;

/** What wants attention in all open campaigns, what is wrong first. */
export default function AttentionPart() {
  const t = useT();
  const words = useSentence();
  const mayPlan = useMay("campaigns.write");
  const found = useGet("/attention", {}, { every: 120_000 });
  if (found.error) return <ErrorState error={found.error} onRetry={() => void found.refetch()} inline />;
  if (!found.data) return <SkeletonLines lines={4} />;
  const { campaigns, more } = found.data;
  if (!campaigns) return null;
  // What waits for the reader's own yes stands above, among what needs them.
  const items = found.data.items.filter((item) => item.code !== "approval.mine");
  const left = items.length - SHOWN;
  return (
    <Section title={t("home.attention")} note={more ? t("home.attention.some", { count: campaigns }) : undefined}>
      {items.length === 0 ? (
        <p className={home.calm}>{t("home.attention.none")}</p>
      ) : (
        <ul className={css.list}>
          {items.slice(0, SHOWN).map((item) => (
            <li key={`${item.campaign_id} ${item.code} ${item.id}`} data-tone={item.tone}>
              {item.tone === "bad" ? (
                <IconAlertTriangle size={17} stroke={1.7} />
              ) : (
                <IconInfoCircle size={17} stroke={1.7} />
              )}
              <span className={home.line}>
                <A to={placeOf(item.campaign_id, item, mayPlan)}>{words(item)}</A>
                <small>{item.campaign_name}</small>
              </span>
            </li>
          ))}
        </ul>
      )}
      {left > 0 && (
        <p className={home.more}>
          <A to="/campaigns">{t("home.attention.more", { count: left })}</A>
        </p>
      )}
    </Section>
  );
}

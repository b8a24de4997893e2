import { Button } from "@mantine/core";
import { useKeyset } from "@/api/hooks";
import { type Deed, useDeed } from "@/rooms/teamwork/deed";
import { Section } from "@/ui/Page";
import { When } from "@/ui/values";
import { useT } from "../useT";
import css from "./CampaignPage.module.css";

/** The same words of the same person several times in a row are one line. */
function inARow(deeds: Deed[], say: (deed: Deed) => string): { deed: Deed; words: string; count: number }[] {
  const lines: { deed: Deed; words: string; count: number }[] = [];
  for (const deed of deeds) {
    const last = lines.at(-1);
    const words = say(deed);
    if (last && last.words === words && last.deed.actor === deed.actor) last.count += 1;
    else lines.push({ deed, words, count: 1 });
  }
  return lines;
}

/** Who did what in this campaign, the newest first. */
export function Activity({ campaignId }: { campaignId: string }) {
  const t = useT();
  const say = useDeed();
  const list = useKeyset<Deed>(
    "/campaigns/{campaign_id}/activity",
    { path: { campaign_id: campaignId } },
    { limit: 20 },
  );
  const deeds = list.rows.filter(({ body }) => body === null);
  if (deeds.length === 0) return null;
  return (
    <Section title={t("activity")}>
      <ol className={css.activity}>
        {inARow(deeds, say).map(({ deed, words, count }) => (
          <li key={deed.id}>
            <span>{count > 1 ? t("activity.times", { words, count }) : words}</span>
            <small>
              {deed.actor} · <When at={deed.at} />
            </small>
          </li>
        ))}
      </ol>
      {list.more && (
        <Button size="xs" variant="subtle" color="gray" onClick={list.loadMore} loading={list.loadingMore}>
          {t("activity.more")}
        </Button>
      )}
    </Section>
  );
}

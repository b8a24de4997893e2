import { Button } from "@mantine/core";
import { useKeyset } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useNamed } from "@/lib/i18n";
import { useMay } from "@/lib/workspace";
import { Section } from "@/ui/Page";
import { When } from "@/ui/values";
import { useT } from "../useT";
import css from "./CampaignPage.module.css";

type Entry = Shape<"AuditEntry">;
const deeds = [
  "campaign_created",
  "campaign_changed",
  "campaign_moved",
  "goal_set",
  "goal_removed",
  "budget_line_added",
  "budget_line_changed",
  "budget_line_removed",
  "report_people_exported",
] as const;

/** The same deed of the same person several times in a row is one line. */
function inARow(entries: Entry[]): { entry: Entry; count: number }[] {
  const lines: { entry: Entry; count: number }[] = [];
  for (const entry of entries) {
    const last = lines.at(-1);
    if (last && last.entry.action === entry.action && last.entry.actor_name === entry.actor_name) last.count += 1;
    else lines.push({ entry, count: 1 });
  }
  return lines;
}

/** Who did what to this campaign, the newest first. */
export function Activity({ campaignId }: { campaignId: string }) {
  const t = useT();
  const named = useNamed("audit");
  const may = useMay("audit.read");
  const list = useKeyset<Entry>(
    "/audit",
    { query: { target_type: "campaign", target_id: campaignId } },
    { limit: 20, enabled: may },
  );
  if (!may || list.rows.length === 0) return null;
  const words = ({ action, target_name }: Entry) => {
    const deed = deeds.find((one) => one === action.replace(".", "_"));
    return deed ? t(`did.${deed}`) : (named(action, { target: target_name ?? "" }) ?? action);
  };
  return (
    <Section title={t("activity")}>
      <ol className={css.activity}>
        {inARow(list.rows).map(({ entry, count }) => (
          <li key={entry.id}>
            <span>{count > 1 ? t("activity.times", { words: words(entry), count }) : words(entry)}</span>
            <small>
              {entry.actor_name} · <When at={entry.at} />
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

import {
  IconBuildingStore,
  IconCoins,
  IconHeartHandshake,
  IconSpeakerphone,
  IconTool,
  IconUserPlus,
  IconUsers,
} from "@tabler/icons-react";
import { useMemo } from "react";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { StateBadge, type Tone } from "@/ui/StateBadge";
import css from "./planning.module.css";
import { useT } from "./useT";

export type Campaign = Shape<"CampaignOut">;
export type Touchpoint = Shape<"TouchpointOut">;
export type Budget = Shape<"BudgetOut">;
export type Category = Campaign["category"];
export type CampaignState = Campaign["state"];

export type CampaignStage = Campaign["stage"];
export type CampaignType = Campaign["type"];
export type Part = Shape<"Participant">["part"];

export const campaignStages = ["plan", "audience", "create", "launch", "learn"] as const;
export const campaignTypes = [
  "email",
  "launch",
  "event",
  "content",
  "social",
  "search",
  "influencer",
  "user_generated",
] as const;
export const parts = ["does", "reviews", "approves", "informed"] as const;
export const categories = ["acquisition", "monetisation", "engagement"] as const;
export const campaignStates = ["planned", "running", "ended", "archived"] as const;
export const resources = ["media", "contractor", "staff", "other"] as const;

export const categoryIcons = { acquisition: IconUserPlus, monetisation: IconCoins, engagement: IconHeartHandshake };
export const resourceIcons = {
  media: IconSpeakerphone,
  contractor: IconBuildingStore,
  staff: IconUsers,
  other: IconTool,
};

/** What a campaign is for. */
export function CategoryName({ category }: { category: Category }) {
  const t = useT();
  const Icon = categoryIcons[category];
  return (
    <span className={css.withIcon}>
      <Icon size={15} stroke={1.7} />
      {t(`category.${category}`)}
    </span>
  );
}

const campaignTones: Record<CampaignState, Tone> = {
  planned: "draft",
  running: "busy",
  ended: "quiet",
  archived: "quiet",
};

export function CampaignBadge({ state, plain }: { state: CampaignState; plain?: boolean }) {
  const t = useT();
  return (
    <StateBadge tone={campaignTones[state]} plain={plain}>
      {t(`campaign.${state}`)}
    </StateBadge>
  );
}

const touchpointTones: Record<Touchpoint["state"] | "scheduled", Tone> = {
  draft: "draft",
  scheduled: "waiting",
  preparing: "busy",
  running: "busy",
  paused: "paused",
  held: "bad",
  finished: "good",
  cancelled: "quiet",
  done: "good",
  archived: "quiet",
};

/** Where a touchpoint stands; a launched one whose time has not come yet is scheduled. */
export function TouchpointBadge({
  touchpoint,
  plain,
}: {
  touchpoint: Pick<Touchpoint, "state" | "send_at">;
  plain?: boolean;
}) {
  const t = useT();
  const waits =
    (touchpoint.state === "running" || touchpoint.state === "preparing") &&
    touchpoint.send_at !== null &&
    Date.parse(touchpoint.send_at) > Date.now();
  const state = waits ? "scheduled" : touchpoint.state;
  return (
    <StateBadge tone={touchpointTones[state]} plain={plain}>
      {t(`touchpoint.${state}`)}
    </StateBadge>
  );
}

/** From when to when, as short as it can be said. */
export function useDates(): (starts: string | null, ends: string | null) => string {
  const t = useT();
  const { locale } = useFormat();
  return useMemo(() => {
    const write = new Intl.DateTimeFormat(locale, { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" });
    const day = (iso: string) => new Date(`${iso}T00:00:00Z`);
    return (starts, ends) => {
      if (starts && ends) return write.formatRange(day(starts), day(ends));
      if (starts) return t("dates.from", { day: write.format(day(starts)) });
      if (ends) return t("dates.until", { day: write.format(day(ends)) });
      return t("dates.open");
    };
  }, [t, locale]);
}

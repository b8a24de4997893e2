import { IconTarget } from "@tabler/icons-react";
import type { Reply } from "@/api/client";
import type { Room } from "@/lib/rooms";

type Found = Reply<"get", "/goals/search">;

export const goals: Room = {
  name: "goals",
  words: ["insights", "teamwork"],
  pages: { goals: () => import("./GoalsPage") },
  nav: [
    {
      stage: "plan",
      order: 24,
      label: "goals.nav",
      icon: IconTarget,
      to: "/goals",
      permission: "campaigns.read",
      keys: "g g",
    },
  ],
  palette: [
    { order: 60, label: "goals.palette.new", icon: IconTarget, to: "/goals?new=goal", permission: "campaigns.write" },
  ],
  search: [
    {
      id: "goals",
      label: "goals.nav",
      icon: IconTarget,
      permission: "campaigns.read",
      find: async (words, ask) =>
        (await ask<Found>(`/goals/search?q=${encodeURIComponent(words)}&limit=6`)).map((one) => ({
          id: one.id,
          title: one.name || (one.campaign_name ?? ""),
          note: one.campaign_id ? (one.campaign_name ?? undefined) : String(one.year),
          to: one.campaign_id
            ? `/campaigns/${one.campaign_id}`
            : `/goals?year=${one.year}&q=${encodeURIComponent(one.name)}`,
        })),
    },
  ],
  things: { goal: () => "/goals" },
};

import { IconChartBar, IconListCheck } from "@tabler/icons-react";
import type { Reply } from "@/api/client";
import type { Room } from "@/lib/rooms";

type Work = Reply<"get", "/my-work">;

export const timeline: Room = {
  name: "timeline",
  pages: {
    "my-work": () => import("./MyWorkPage"),
    capacity: () => import("./CapacityPage"),
  },
  things: { task: (id, campaign) => `/campaigns/${campaign}?tab=timeline&task=${id}` },
  nav: [
    {
      stage: "plan",
      order: 12,
      label: "timeline.nav.work",
      icon: IconListCheck,
      to: "/my-work",
      permission: "campaigns.read",
      keys: "g m",
    },
    {
      stage: "plan",
      order: 26,
      label: "timeline.nav.capacity",
      icon: IconChartBar,
      to: "/capacity",
      permission: "campaigns.write",
    },
  ],
  search: [
    {
      id: "tasks",
      label: "timeline.nav.work",
      icon: IconListCheck,
      permission: "campaigns.read",
      find: async (words, ask) =>
        (await ask<Work>(`/my-work?limit=6&q=${encodeURIComponent(words)}`)).items.map((row) => ({
          id: row.id,
          title: row.name,
          note: row.campaign_name,
          to: `/campaigns/${row.campaign_id}?tab=timeline&task=${row.id}`,
        })),
    },
  ],
};

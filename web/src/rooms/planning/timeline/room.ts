import { IconChartBar, IconListCheck } from "@tabler/icons-react";
import type { Reply } from "@/api/client";
import type { Room } from "@/lib/rooms";
import { dotted } from "@/lib/text";

type Work = Reply<"get", "/my-work">;
type Found = Reply<"get", "/tasks">;

export const timeline: Room = {
  name: "timeline",
  words: ["teamwork"],
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
      label: "timeline.search",
      icon: IconListCheck,
      permission: "campaigns.read",
      find: async (words, ask) =>
        (await ask<Found>(`/tasks?limit=6&q=${encodeURIComponent(words)}`)).map((row) => ({
          id: row.id,
          title: row.name,
          note: dotted([row.campaign_name, row.owner_name]),
          to: `/campaigns/${row.campaign_id}?tab=timeline&task=${row.id}`,
        })),
    },
  ],
  myDay: [
    {
      id: "tasks",
      order: 10,
      label: "timeline.day.label",
      to: "/my-work",
      permission: "campaigns.read",
      // What has begun by its plan or is wanted by today: what is over its day stands first.
      read: async (ask, { today }) =>
        (await ask<Work>("/my-work?limit=40")).items
          .filter(
            ({ starts_on, deadline, waiting, overdue }) =>
              overdue || (deadline && deadline <= today) || (starts_on <= today && !waiting),
          )
          .slice(0, 20)
          .map((row) => ({
            id: row.id,
            title: row.name,
            note: row.campaign_name,
            day: row.deadline && row.deadline < row.ends_on ? row.deadline : row.ends_on,
            to: `/campaigns/${row.campaign_id}?tab=timeline&task=${row.id}`,
          })),
    },
  ],
};

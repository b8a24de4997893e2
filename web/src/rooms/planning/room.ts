import { IconFlag, IconFlagPlus, IconMail } from "@tabler/icons-react";
import type { Reply } from "@/api/client";
import type { Room } from "@/lib/rooms";

type Campaigns = Reply<"get", "/campaigns">;
type Touchpoints = Reply<"get", "/touchpoints">;
const find = (words: string) => `q=${encodeURIComponent(words)}&limit=6`;

export const planning: Room = {
  name: "planning",
  words: ["teamwork", "insights", "delivery"],
  pages: {
    campaigns: () => import("./campaigns/CampaignsPage"),
    "campaigns/$id": () => import("./campaigns/CampaignPage"),
    touchpoints: () => import("./touchpoints/TouchpointsPage"),
    "touchpoints/$id": () => import("./touchpoints/TouchpointPage"),
  },
  nav: [
    {
      stage: "plan",
      order: 10,
      label: "planning.nav.campaigns",
      icon: IconFlag,
      to: "/campaigns",
      permission: "campaigns.read",
      keys: "g c",
    },
    {
      stage: "launch",
      order: 10,
      label: "planning.nav.touchpoints",
      icon: IconMail,
      to: "/touchpoints",
      permission: "campaigns.read",
      keys: "g t",
    },
  ],
  palette: [
    {
      order: 10,
      label: "planning.palette.new",
      icon: IconFlagPlus,
      to: "/campaigns?new=1",
      permission: "campaigns.write",
    },
  ],
  search: [
    {
      id: "campaigns",
      label: "planning.nav.campaigns",
      icon: IconFlag,
      permission: "campaigns.read",
      find: async (words, ask) =>
        (await ask<Campaigns>(`/campaigns?${find(words)}`)).items.map(({ id, name, leader }) => ({
          id,
          title: name,
          note: leader?.name,
          to: `/campaigns/${id}`,
        })),
    },
    {
      id: "touchpoints",
      label: "planning.nav.touchpoints",
      icon: IconMail,
      permission: "campaigns.read",
      find: async (words, ask) =>
        (await ask<Touchpoints>(`/touchpoints?${find(words)}`)).items.map(({ id, name, campaign_name }) => ({
          id,
          title: name,
          note: campaign_name,
          to: `/touchpoints/${id}`,
        })),
    },
  ],
  things: { brief: (id) => `/campaigns/${id}?tab=brief` },
  steps: [
    {
      id: "campaign",
      order: 40,
      label: "planning.step.campaign",
      why: "planning.step.campaign.why",
      action: "planning.step.campaign.action",
      to: "/campaigns?new=1",
      permission: "campaigns.write",
      done: async (ask) => (await ask<Campaigns>("/campaigns?limit=1")).items.length > 0,
    },
    {
      id: "launch",
      order: 50,
      label: "planning.step.launch",
      why: "planning.step.launch.why",
      action: "planning.step.launch.action",
      to: "/campaigns",
      permission: "campaigns.launch",
      done: async (ask) =>
        (await ask<Campaigns>("/campaigns?limit=50")).items.some(({ touchpoints }) => touchpoints.launched > 0),
    },
  ],
  home: [
    {
      id: "attention",
      order: 20,
      place: "main",
      permission: "campaigns.read",
      load: () => import("./home/AttentionPart"),
    },
    { id: "week", order: 10, place: "side", permission: "campaigns.read", load: () => import("./home/WeekPart") },
    {
      id: "running",
      order: 10,
      place: "below",
      permission: "campaigns.read",
      load: () => import("./home/RunningPart"),
    },
  ],
};

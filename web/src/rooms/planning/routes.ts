import { IconFlag, IconFlagPlus, IconMail } from "@tabler/icons-react";
import type { Reply } from "@/api/client";
import type { Room } from "@/lib/rooms";

type Campaigns = Reply<"get", "/campaigns">;
type Touchpoints = Reply<"get", "/touchpoints">;
const find = (words: string) => `q=${encodeURIComponent(words)}&limit=6`;

export const planning: Room = {
  name: "planning",
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
    { label: "planning.palette.new", icon: IconFlagPlus, to: "/campaigns?new=1", permission: "campaigns.write" },
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
  lists: [
    {
      id: "campaigns",
      order: 10,
      label: "planning.nav.campaigns",
      to: "/campaigns",
      permission: "campaigns.read",
      read: async (ask) =>
        (await ask<Campaigns>("/campaigns?limit=5")).items.map(({ id, name, leader, starts_on }) => ({
          id,
          title: name,
          note: leader?.name,
          day: starts_on,
          to: `/campaigns/${id}`,
        })),
    },
    {
      id: "touchpoints",
      order: 20,
      label: "planning.nav.touchpoints",
      to: "/touchpoints",
      permission: "campaigns.read",
      read: async (ask) =>
        (await ask<Touchpoints>("/touchpoints?limit=5")).items.map(({ id, name, campaign_name, ...when }) => ({
          id,
          title: name,
          note: campaign_name,
          day: (when.launched_at ?? when.send_at)?.slice(0, 10),
          to: `/touchpoints/${id}`,
        })),
    },
  ],
  numbers: [
    {
      id: "running",
      order: 40,
      label: "planning.number.running",
      to: "/campaigns?f.state=running",
      permission: "campaigns.read",
      read: async (ask) => {
        const { items } = await ask<Campaigns>("/campaigns?state=running&limit=200");
        return items.length ? { value: items.length, kind: "number" } : null;
      },
    },
  ],
};

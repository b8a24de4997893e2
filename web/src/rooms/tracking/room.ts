import { IconActivity, IconListDetails, IconPlugConnected } from "@tabler/icons-react";
import type { Room } from "@/lib/rooms";

export const tracking: Room = {
  name: "tracking",
  words: ["teamwork"],
  pages: {
    "settings/sources": () => import("./SourcesPage"),
    "settings/sources/$id": () => import("./SourcePage"),
    "settings/events": () => import("./EventsPage"),
    "settings/live": () => import("./LivePage"),
  },
  settings: [
    {
      group: "data",
      order: 10,
      label: "tracking.sources.nav",
      icon: IconPlugConnected,
      to: "/settings/sources",
      permission: "settings.read",
    },
    {
      group: "data",
      order: 20,
      label: "tracking.events.nav",
      icon: IconListDetails,
      to: "/settings/events",
      permission: "settings.read",
    },
    {
      group: "data",
      order: 30,
      label: "tracking.live.nav",
      icon: IconActivity,
      to: "/settings/live",
      permission: "people.read",
    },
  ],
  things: { source: (id) => `/settings/sources/${id}`, event: (id) => `/settings/events?event=${id}` },
  palette: [
    {
      order: 910,
      label: "tracking.sources.add",
      icon: IconPlugConnected,
      to: "/settings/sources?new=1",
      permission: "people.write",
    },
  ],
};

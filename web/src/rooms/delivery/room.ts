import { IconBan, IconHandStop, IconMailForward } from "@tabler/icons-react";
import type { Room } from "@/lib/rooms";

export const delivery: Room = {
  name: "delivery",
  words: ["insights"],
  pages: {
    outbox: () => import("./OutboxPage"),
    "settings/contact-limits": () => import("./ContactLimitsPage"),
  },
  nav: [
    {
      stage: "launch",
      order: 30,
      label: "delivery.outbox",
      icon: IconMailForward,
      to: "/outbox",
      permission: "people.read",
      keys: "g o",
    },
  ],
  settings: [
    {
      group: "sending",
      order: 20,
      label: "delivery.limits",
      icon: IconHandStop,
      to: "/settings/contact-limits",
      permission: "settings.read",
    },
  ],
  palette: [
    { order: 940, label: "delivery.suppress.title", icon: IconBan, to: "/outbox?add=1", permission: "people.write" },
  ],
};

import { IconBan, IconMailForward } from "@tabler/icons-react";
import type { Room } from "@/lib/rooms";

export const delivery: Room = {
  name: "delivery",
  pages: { outbox: () => import("./OutboxPage") },
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
  palette: [{ label: "delivery.suppress.title", icon: IconBan, to: "/outbox?add=1", permission: "people.write" }],
};

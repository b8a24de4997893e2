import { IconTarget } from "@tabler/icons-react";
import type { Room } from "@/lib/rooms";

export const goals: Room = {
  name: "goals",
  pages: { goals: () => import("./GoalsPage") },
  nav: [
    {
      stage: "plan",
      order: 24,
      label: "goals.nav",
      icon: IconTarget,
      to: "/goals",
      permission: "campaigns.read",
      keys: "g o",
    },
  ],
  palette: [{ label: "goals.palette.new", icon: IconTarget, to: "/goals?new=goal", permission: "campaigns.write" }],
  things: { goal: () => "/goals" },
};

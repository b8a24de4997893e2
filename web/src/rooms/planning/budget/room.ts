import { IconCoins } from "@tabler/icons-react";
import type { Room } from "@/lib/rooms";

export const budget: Room = {
  name: "budget",
  words: ["teamwork"],
  pages: {
    budget: () => import("./BudgetPage"),
    "settings/budget": () => import("./BudgetSettings"),
  },
  things: { budget: (id) => `/campaigns/${id}?tab=budget` },
  nav: [
    {
      stage: "plan",
      order: 40,
      label: "budget.nav",
      icon: IconCoins,
      to: "/budget",
      permission: "campaigns.read",
      keys: "g b",
    },
  ],
  palette: [
    { label: "budget.palette.goals", icon: IconCoins, to: "/budget?by=goal", permission: "campaigns.read" },
    { label: "budget.palette.quarters", icon: IconCoins, to: "/budget?by=quarter", permission: "campaigns.read" },
  ],
  settings: [
    {
      group: "planning",
      order: 20,
      label: "budget.settings.nav",
      icon: IconCoins,
      to: "/settings/budget",
      permission: "campaigns.write",
    },
  ],
};

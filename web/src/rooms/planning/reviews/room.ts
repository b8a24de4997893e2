import type { Room } from "@/lib/rooms";

/** What the plan brings to the weekly and the quarterly review. */
export const reviews: Room = {
  name: "reviews",
  words: ["insights", "teamwork"],
  pages: {},
  reviews: [
    {
      id: "goals",
      order: 5,
      label: "reviews.goals",
      kinds: ["week", "quarter"],
      permission: "reports.read",
      load: () => import("./Goals"),
    },
    {
      id: "money",
      order: 30,
      label: "reviews.money",
      kinds: ["week", "quarter"],
      permission: "campaigns.read",
      load: () => import("./MoneyPart"),
    },
    {
      id: "slips",
      order: 40,
      label: "reviews.slips",
      kinds: ["week", "quarter"],
      permission: "campaigns.read",
      load: () => import("./Slips"),
    },
    {
      id: "decisions",
      order: 50,
      label: "reviews.decisions",
      kinds: ["week", "quarter"],
      permission: "campaigns.read",
      load: () => import("./Decisions"),
    },
  ],
};

import { IconCalendar } from "@tabler/icons-react";
import type { Room } from "@/lib/rooms";

export const calendar: Room = {
  name: "calendar",
  words: ["teamwork"],
  pages: { calendar: () => import("./CalendarPage") },
  nav: [
    {
      stage: "plan",
      order: 20,
      label: "calendar.nav",
      icon: IconCalendar,
      to: "/calendar",
      permission: "campaigns.read",
      keys: "g k",
    },
  ],
  palette: [
    {
      label: "calendar.palette.collisions",
      icon: IconCalendar,
      to: "/calendar?panel=collisions",
      permission: "campaigns.read",
    },
  ],
};

import { IconListDetails, IconUsersGroup } from "@tabler/icons-react";
import type { Page } from "@/api/hooks";
import type { Room } from "@/lib/rooms";

interface Found {
  id: string;
  name: string;
}

export const audiences: Room = {
  name: "audiences",
  words: ["people"],
  pages: {
    audiences: () => import("./AudiencesPage"),
    "audiences/new": () => import("./builder/BuilderPage"),
    "audiences/$id": () => import("./AudiencePage"),
    "audiences/$id/edit": () => import("./builder/BuilderPage"),
  },
  nav: [
    {
      stage: "audience",
      order: 20,
      label: "audiences.nav",
      icon: IconUsersGroup,
      to: "/audiences",
      permission: "audiences.read",
      keys: "g a",
    },
  ],
  palette: [
    {
      order: 20,
      label: "audiences.palette.build",
      icon: IconUsersGroup,
      to: "/audiences/new",
      permission: "audiences.write",
    },
    {
      label: "audiences.palette.list",
      icon: IconListDetails,
      to: "/audiences?make=list",
      permission: "audiences.write",
    },
  ],
  search: [
    {
      id: "audiences",
      label: "audiences.search",
      icon: IconUsersGroup,
      permission: "audiences.read",
      find: async (words, ask) => {
        const { items } = await ask<Page<Found>>("/audiences", { query: { q: words, limit: 6 } });
        return items.map(({ id, name }) => ({ id, title: name, to: `/audiences/${id}` }));
      },
    },
  ],
  steps: [
    {
      id: "audience",
      order: 20,
      label: "audiences.step.audience",
      why: "audiences.step.audience.why",
      action: "audiences.step.audience.action",
      to: "/audiences/new",
      permission: "audiences.write",
      done: async (ask) => (await ask<Page<Found>>("/audiences", { query: { limit: 1 } })).items.length > 0,
    },
  ],
};

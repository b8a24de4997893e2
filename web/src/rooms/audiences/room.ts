import { IconBook2, IconListDetails, IconMoodSmile, IconTargetArrow, IconUsersGroup } from "@tabler/icons-react";
import type { Page } from "@/api/hooks";
import type { Room } from "@/lib/rooms";

interface Found {
  id: string;
  name: string;
}

export const audiences: Room = {
  name: "audiences",
  words: ["people", "teamwork"],
  pages: {
    audiences: () => import("./AudiencesPage"),
    "audiences/new": () => import("./builder/BuilderPage"),
    "audiences/library": () => import("./library/LibraryPage"),
    "audiences/intents": () => import("./library/IntentsPage"),
    "audiences/$id": () => import("./AudiencePage"),
    "audiences/$id/edit": () => import("./builder/BuilderPage"),
    personas: () => import("./personas/PersonasPage"),
    "personas/$id": () => import("./personas/PersonaPage"),
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
    {
      stage: "audience",
      order: 25,
      label: "audiences.personas.nav",
      icon: IconMoodSmile,
      to: "/personas",
      permission: "audiences.read",
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
    {
      label: "audiences.personas.palette",
      icon: IconMoodSmile,
      to: "/personas?new=1",
      permission: "audiences.write",
    },
    { label: "audiences.library", icon: IconBook2, to: "/audiences/library", permission: "audiences.read" },
    { label: "audiences.intents", icon: IconTargetArrow, to: "/audiences/intents", permission: "audiences.read" },
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
    {
      id: "personas",
      label: "audiences.personas.search",
      icon: IconMoodSmile,
      permission: "audiences.read",
      find: async (words, ask) => {
        const wanted = words.toLocaleLowerCase();
        const found = await ask<(Found & { summary: string })[]>("/personas");
        return found
          .filter(({ name, summary }) => `${name} ${summary}`.toLocaleLowerCase().includes(wanted))
          .map(({ id, name, summary }) => ({ id, title: name, note: summary, to: `/personas/${id}` }));
      },
    },
  ],
  things: { persona: (id) => `/personas/${id}` },
  beside: async () => ({ default: (await import("./personas/PersonasBeside")).PersonasBeside }),
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

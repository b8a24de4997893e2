import { IconGauge } from "@tabler/icons-react";
import type { Room } from "@/lib/rooms";

interface Found {
  items: { id: string; name: string }[];
}

export const scores: Room = {
  name: "scores",
  words: ["people", "audiences", "teamwork"],
  pages: {
    scores: () => import("./ScoresPage"),
    "scores/$id": () => import("./ScorePage"),
    "scores/$id/edit": () => import("./EditorPage"),
  },
  things: { score: (id) => `/scores/${id}` },
  palette: [{ label: "scores.title", icon: IconGauge, to: "/scores", permission: "audiences.read" }],
  search: [
    {
      id: "scores",
      label: "scores.title",
      icon: IconGauge,
      permission: "audiences.read",
      find: async (words, ask) => {
        const { items } = await ask<Found>("/scores");
        const wanted = words.toLowerCase();
        return items
          .filter(({ name }) => name.toLowerCase().includes(wanted))
          .map(({ id, name }) => ({ id, title: name, to: `/scores/${id}` }));
      },
    },
  ],
};

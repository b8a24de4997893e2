import { IconBook2, IconBulb, IconTemplate } from "@tabler/icons-react";
import type { Reply } from "@/api/client";
import type { Room } from "@/lib/rooms";

type Pages = Reply<"get", "/playbook/pages">;
type Lessons = Reply<"get", "/lessons">;
const find = (words: string) => `q=${encodeURIComponent(words)}&limit=6`;

export const playbook: Room = {
  name: "playbook",
  words: ["insights", "teamwork"],
  pages: {
    playbook: () => import("./PlaybookPage"),
    "playbook/pages/$id": () => import("./PagePage"),
    "playbook/lessons/$id": () => import("./LessonPage"),
  },
  nav: [
    {
      stage: "plan",
      order: 60,
      label: "playbook.nav",
      icon: IconBook2,
      to: "/playbook",
      permission: "campaigns.read",
      keys: "g l",
    },
  ],
  palette: [
    { label: "playbook.palette.lessons", icon: IconBulb, to: "/playbook?tab=lessons", permission: "campaigns.read" },
    {
      label: "playbook.palette.template",
      icon: IconTemplate,
      to: "/playbook?tab=templates",
      permission: "campaigns.write",
    },
    {
      label: "playbook.palette.lesson",
      icon: IconBulb,
      to: "/playbook?tab=lessons&new=1",
      permission: "campaigns.write",
    },
  ],
  search: [
    {
      id: "pages",
      label: "playbook.search.pages",
      icon: IconBook2,
      permission: "campaigns.read",
      find: async (words, ask) =>
        (await ask<Pages>(`/playbook/pages?${find(words)}`)).items.map(({ id, title, excerpt }) => ({
          id,
          title,
          note: excerpt,
          to: `/playbook/pages/${id}`,
        })),
    },
    {
      id: "lessons",
      label: "playbook.search.lessons",
      icon: IconBulb,
      permission: "campaigns.read",
      find: async (words, ask) =>
        (await ask<Lessons>(`/lessons?${find(words)}`)).items.map(({ id, title, campaign }) => ({
          id,
          title,
          note: campaign?.name,
          to: `/playbook/lessons/${id}`,
        })),
    },
  ],
  beside: async () => ({ default: (await import("./PagesBeside")).PagesBeside }),
  things: { page: (id) => `/playbook/pages/${id}`, lesson: (id) => `/playbook/lessons/${id}` },
};

import { IconEye } from "@tabler/icons-react";
import type { Reply } from "@/api/client";
import type { Room } from "@/lib/rooms";

type Reviews = Reply<"get", "/content-reviews">;

/** What one has to do next: hand a draft in, or look at it. */
const day: Record<Reviews["items"][number]["step_kind"], string> = {
  draft: "reviewing.day.draft",
  review: "reviewing.day.review",
};

/** Content that is looked at step by step, by whom, and what it waits for. */
export const reviewing: Room = {
  name: "reviewing",
  words: ["content", "teamwork"],
  pages: {
    "content-reviews/$id": () => import("./ReviewPage"),
  },
  palette: [
    {
      order: 35,
      label: "reviewing.board.open",
      icon: IconEye,
      to: "/content?view=reviews",
      permission: "settings.read",
    },
  ],
  things: {
    review: (id) => `/content-reviews/${id}`,
    asset: () => "/assets",
  },
  myDay: [
    {
      id: "reviews",
      order: 22,
      label: "reviewing.day.label",
      to: "/content?view=reviews",
      permission: "settings.read",
      read: async (ask, { dayOf }) =>
        (await ask<Reviews>("/content-reviews?state=open&limit=100")).items
          .filter(({ mine }) => mine)
          .slice(0, 20)
          .map(({ id, title, due_at, step_kind }) => ({
            id,
            title,
            words: { id: day[step_kind], values: { title } },
            day: due_at && dayOf(due_at),
            to: `/content-reviews/${id}`,
          })),
    },
  ],
};

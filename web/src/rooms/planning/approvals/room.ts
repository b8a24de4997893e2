import { IconChecklist } from "@tabler/icons-react";
import type { Reply } from "@/api/client";
import type { Room } from "@/lib/rooms";

type Requests = Reply<"get", "/approvals">;

/** What is waited for, with its kind: a campaign's brief and its budget are called the same. */
const day: Record<Requests["items"][number]["kind"], string> = {
  launch: "approvals.day.launch",
  content: "approvals.day.content",
  budget: "approvals.day.budget",
  reallocation: "approvals.day.reallocation",
  goal: "approvals.day.goal",
  brief: "approvals.day.brief",
};

export const approvals: Room = {
  name: "approvals",
  words: ["accounts", "insights", "teamwork"],
  pages: {
    approvals: () => import("./ApprovalsPage"),
    "approvals/$id": () => import("./ApprovalPage"),
    "settings/approvals": () => import("./settings/ApprovalSettings"),
  },
  nav: [
    {
      stage: "plan",
      order: 50,
      label: "approvals.nav",
      icon: IconChecklist,
      to: "/approvals",
      permission: "campaigns.read",
      keys: "g v",
    },
  ],
  settings: [
    {
      group: "planning",
      order: 10,
      label: "approvals.settings.nav",
      icon: IconChecklist,
      to: "/settings/approvals",
      permission: "settings.read",
    },
  ],
  palette: [
    {
      order: 50,
      label: "approvals.palette.mine",
      icon: IconChecklist,
      to: "/approvals?view=waiting",
      permission: "campaigns.read",
    },
    {
      order: 950,
      label: "approvals.palette.rules",
      icon: IconChecklist,
      to: "/settings/approvals",
      permission: "approvals.manage",
    },
  ],
  search: [
    {
      id: "approvals",
      label: "approvals.nav",
      icon: IconChecklist,
      permission: "campaigns.read",
      find: async (words, ask) =>
        (await ask<Requests>(`/approvals?q=${encodeURIComponent(words)}&limit=6`)).items.map((one) => ({
          id: one.id,
          title: one.title,
          note: one.campaign?.name,
          to: `/approvals/${one.id}`,
        })),
    },
  ],
  things: { approval: (id) => `/approvals/${id}` },
  myDay: [
    {
      id: "approvals",
      order: 20,
      label: "approvals.day.label",
      to: "/approvals",
      permission: "campaigns.read",
      read: async (ask, { dayOf }) =>
        (await ask<Requests>("/approvals?view=waiting&limit=20")).items.map((one) => ({
          id: one.id,
          title: one.title,
          words: { id: day[one.kind], values: { title: one.title } },
          note: one.campaign?.name === one.title ? undefined : one.campaign?.name,
          day: one.due_at ? dayOf(one.due_at) : undefined,
          to: `/approvals/${one.id}`,
        })),
    },
  ],
};

import { IconReportAnalytics } from "@tabler/icons-react";
import type { Shape } from "@/api/schema";
import type { Room } from "@/lib/rooms";

type Reports = { items: Shape<"KeyNumbersOut">[] };

export const insights: Room = {
  name: "insights",
  words: ["teamwork"],
  pages: {
    reports: () => import("./ReportsPage"),
    "reports/$id": () => import("./ReportPage"),
    "reports/$id/people": () => import("./PeoplePage"),
  },
  nav: [
    {
      stage: "learn",
      order: 10,
      label: "insights.reports",
      icon: IconReportAnalytics,
      to: "/reports",
      permission: "reports.read",
      keys: "g r",
    },
  ],
  steps: [
    {
      id: "result",
      order: 60,
      label: "insights.step",
      why: "insights.step.why",
      action: "insights.step.action",
      to: "/reports",
      permission: "reports.read",
      done: async (ask) => (await reports(ask)).some(({ figures }) => figures.conversions?.value),
    },
  ],
  home: [
    { id: "trends", order: 20, place: "below", permission: "reports.read", load: () => import("./home/TrendsPart") },
  ],
};

/** The newest campaigns of which something was launched, with their figures. */
const reports = async (ask: <T>(path: string) => Promise<T>) => (await ask<Reports>("/reports?limit=5")).items;

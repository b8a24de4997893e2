import { IconReportAnalytics } from "@tabler/icons-react";
import type { Shape } from "@/api/schema";
import type { Room } from "@/lib/rooms";

type Reports = { items: Shape<"KeyNumbersOut">[] };

export const insights: Room = {
  name: "insights",
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
  numbers: [
    {
      id: "roi",
      order: 60,
      label: "insights.number.roi",
      to: "/reports",
      permission: "reports.read",
      read: async (ask) => {
        const [newest] = await reports(ask);
        const value = newest?.figures.roi?.value;
        return newest && typeof value === "number" ? { value, kind: "share", note: newest.name } : null;
      },
    },
  ],
};

/** The newest campaigns of which something was launched, with their figures. */
const reports = async (ask: <T>(path: string) => Promise<T>) => (await ask<Reports>("/reports?limit=5")).items;

import { IconChartBar } from "@tabler/icons-react";
import type { Shape } from "@/api/schema";
import type { Room } from "@/lib/rooms";

type Campaigns = { items: Shape<"CampaignOut">[] };

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
      icon: IconChartBar,
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
      done: async (ask) => {
        const launched = await launchedCampaigns(ask);
        for (const { id } of launched.slice(0, 5)) {
          const report = await ask<Shape<"ReportOut">>(`/campaigns/${id}/report`);
          if (report.total.conversions?.value) return true;
        }
        return false;
      },
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
        const [campaign] = await launchedCampaigns(ask);
        if (!campaign) return null;
        const report = await ask<Shape<"ReportOut">>(`/campaigns/${campaign.id}/report`);
        const value = report.total.roi?.value;
        return typeof value === "number" ? { value, kind: "share", note: campaign.name } : null;
      },
    },
  ],
};

async function launchedCampaigns(ask: <T>(path: string) => Promise<T>) {
  const { items } = await ask<Campaigns>("/campaigns?limit=50");
  return items.filter(({ touchpoints }) => touchpoints.launched > 0);
}

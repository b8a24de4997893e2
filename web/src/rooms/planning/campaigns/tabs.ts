import type { ComponentType } from "react";
import type { Campaign } from "../words";

export interface CampaignTab {
  id: string;
  /** Full id of its words: "timeline.tab". */
  label: string;
  /** Place in the row; steps of ten. The overview is the first, the report 80. */
  order: number;
  permission?: string;
  load: () => Promise<{ default: ComponentType<{ campaign: Campaign }> }>;
}

/** The faces of a campaign besides its overview. A noun of planning adds its own line, nothing else. */
export const tabs: CampaignTab[] = [
  { id: "brief", label: "briefs.tab", order: 10, load: () => import("../briefs/BriefTab") },
  { id: "budget", label: "budget.tab", order: 30, load: () => import("../budget/BudgetTab") },
  { id: "channelplan", label: "channelplan.tab", order: 20, load: () => import("../channelplan/ChannelPlanTab") },
  { id: "timeline", label: "timeline.tab", order: 40, load: () => import("../timeline/TimelineTab") },
  { id: "approvals", label: "approvals.tab", order: 60, load: () => import("../approvals/ApprovalsTab") },
  { id: "talk", label: "teamwork.talk.tab", order: 75, load: () => import("@/rooms/teamwork/TalkTab") },
  {
    id: "report",
    label: "planning.tab.report",
    order: 80,
    permission: "reports.read",
    load: () => import("./ReportTab"),
  },
  {
    id: "retrospective",
    label: "playbook.retro.tab",
    order: 90,
    load: () => import("../playbook/RetrospectiveTab"),
  },
];

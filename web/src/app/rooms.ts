import type { Room } from "@/lib/rooms";
import { accounts } from "@/rooms/accounts/routes";
import { audiences } from "@/rooms/audiences/routes";
import { channels } from "@/rooms/channels/routes";
import { content } from "@/rooms/content/routes";
import { delivery } from "@/rooms/delivery/routes";
import { insights } from "@/rooms/insights/routes";
import { people } from "@/rooms/people/routes";
import { approvals } from "@/rooms/planning/approvals/routes";
import { budget } from "@/rooms/planning/budget/routes";
import { calendar } from "@/rooms/planning/calendar/routes";
import { goals } from "@/rooms/planning/goals/routes";
import { playbook } from "@/rooms/planning/playbook/routes";
import { reviews } from "@/rooms/planning/reviews/routes";
import { planning } from "@/rooms/planning/routes";
import { timeline } from "@/rooms/planning/timeline/routes";
import { teamwork } from "@/rooms/teamwork/routes";

/** Every room of the product. A new room adds its import and its place here, nothing else. */
export const rooms: Room[] = [
  accounts,
  teamwork,
  people,
  audiences,
  content,
  channels,
  planning,
  goals,
  budget,
  calendar,
  timeline,
  playbook,
  approvals,
  reviews,
  delivery,
  insights,
];

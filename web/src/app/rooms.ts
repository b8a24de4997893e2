import type { Room } from "@/lib/rooms";
import { accounts } from "@/rooms/accounts/room";
import { audiences } from "@/rooms/audiences/room";
import { channels } from "@/rooms/channels/room";
import { reviewing } from "@/rooms/content/reviewing/room";
import { content } from "@/rooms/content/room";
import { delivery } from "@/rooms/delivery/room";
import { forms } from "@/rooms/forms/room";
import { insights } from "@/rooms/insights/room";
import { people } from "@/rooms/people/room";
import { approvals } from "@/rooms/planning/approvals/room";
import { budget } from "@/rooms/planning/budget/room";
import { calendar } from "@/rooms/planning/calendar/room";
import { goals } from "@/rooms/planning/goals/room";
import { playbook } from "@/rooms/planning/playbook/room";
import { reviews } from "@/rooms/planning/reviews/room";
import { planning } from "@/rooms/planning/room";
import { timeline } from "@/rooms/planning/timeline/room";
import { scores } from "@/rooms/scores/room";
import { teamwork } from "@/rooms/teamwork/room";
import { tracking } from "@/rooms/tracking/room";

/** Every room of the product. A new room adds its import and its place here, nothing else. */
export const rooms: Room[] = [
  accounts,
  teamwork,
  people,
  audiences,
  scores,
  content,
  reviewing,
  forms,
  tracking,
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

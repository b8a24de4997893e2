import type { Shape } from "@/api/schema";

/** What one can be told, in the order of the settings: what concerns oneself first. */
export const kinds = [
  "mentioned",
  "assigned",
  "handed_over",
  "approval_asked",
  "approval_decided",
  "approval_void",
  "review_asked",
  "review_answered",
  "review_reopened",
  "budget_overrun",
  "sending_trouble",
  "sent_fewer",
  "commented",
  "due_soon",
  "overdue",
  "schedule_moved",
  "campaign_changed",
  "lesson_due",
  "event_stopped",
  "event_changed",
  "source_silent",
  "persona_drifted",
  "stage_reached",
] as const satisfies Shape<"NoticeKind">[];

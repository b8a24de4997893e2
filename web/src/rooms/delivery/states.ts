import type { Reply } from "@/api/client";
import type { Part } from "@/ui/Reasons";
import type { Tone } from "@/ui/StateBadge";
import { useT } from "./useT";

export type Progress = Reply<"get", "/touchpoints/{touchpoint_id}/delivery">;
export type MessageState = Progress["reasons"][number]["state"];

export const messageStates = ["accepted", "queued", "deferred", "rejected", "unknown", "withheld"] as const;
export const messageTones: Record<MessageState, Tone> = {
  accepted: "good",
  queued: "waiting",
  deferred: "look",
  rejected: "bad",
  unknown: "look",
  withheld: "quiet",
};
const partTones: Record<MessageState, Part["tone"]> = {
  accepted: "accent",
  queued: "quiet",
  deferred: "look",
  rejected: "bad",
  unknown: "look",
  withheld: "quiet",
};

/** Every reason that delivery writes. */
export const reasons = [
  "no_consent",
  "unsubscribed",
  "no_address",
  "suppressed",
  "erased",
  "holdout",
  "cancelled",
  "over_limit",
  "address_changed",
  "merged",
  "hard_bounce",
  "mailbox",
  "policy",
  "provider",
  "gave_up",
  "connection_lost",
  "sender_died",
  "template_error",
  "bad_address",
] as const;

/** A reason in words; one that is new to this page is shown as it came. */
export function useReason(): (reason: string) => string {
  const t = useT();
  return (reason) => {
    const known = reasons.find((one) => one === reason);
    return known ? t(`reason.${known}`) : reason.replaceAll("_", " ");
  };
}

/** How many messages are in a state and for a reason, as far as one is named. */
export function countOf(progress: Progress, state: string | undefined, reason: string | undefined): number {
  if (reason) {
    return progress.reasons
      .filter((one) => one.reason === reason && (!state || one.state === state))
      .reduce((sum, { count }) => sum + count, 0);
  }
  const known = messageStates.find((one) => one === state);
  return known ? progress[known] : progress.total;
}

/** Every message of a dispatch in exactly one part, so that the parts add up to the audience. */
export function useParts(): (progress: Progress, to: (state: MessageState, reason?: string) => string) => Part[] {
  const t = useT();
  const reason = useReason();
  return (progress, to) => {
    const parts: Part[] = [];
    for (const state of messageStates) {
      let rest = progress[state];
      for (const found of progress.reasons.filter((one) => one.state === state && one.reason)) {
        rest -= found.count;
        parts.push({
          id: `${state} ${found.reason}`,
          count: found.count,
          tone: partTones[state],
          to: to(state, found.reason),
          label: state === "withheld" ? reason(found.reason) : `${t(`state.${state}`)}: ${reason(found.reason)}`,
        });
      }
      if (rest > 0)
        parts.push({ id: state, label: t(`state.${state}`), count: rest, tone: partTones[state], to: to(state) });
    }
    return parts;
  };
}

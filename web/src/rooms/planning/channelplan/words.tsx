import {
  IconAd2,
  IconBell,
  IconBrandInstagram,
  IconCalendarEvent,
  IconDots,
  IconMail,
  IconMessage2,
  IconPhone,
  IconPrinter,
  IconWorld,
} from "@tabler/icons-react";
import { useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useT } from "./useT";

export type Plan = Shape<"ChannelPlanOut">;
export type Segment = Plan["segments"][number];
export type Contact = Plan["contacts"][number];
export type Channel = Contact["channel"];
export type CheckPoint = Shape<"CheckPointOut">;

export const stages = ["awareness", "consideration", "purchase", "loyalty"] as const;
export const channels = ["email", "sms", "push", "social", "ads", "web", "print", "event", "call", "other"] as const;
export const channelIcons: Record<Channel, typeof IconMail> = {
  email: IconMail,
  sms: IconMessage2,
  push: IconBell,
  social: IconBrandInstagram,
  ads: IconAd2,
  web: IconWorld,
  print: IconPrinter,
  event: IconCalendarEvent,
  call: IconPhone,
  other: IconDots,
};

/** Every channel with its checklist. */
export function useChannels() {
  const { data } = useGet("/channels", {}, { fresh: "static" });
  return (channel: Channel) => data?.find((one) => one.channel === channel);
}

/** What a segment is called: as it was described, else by its audience. */
export const nameOf = ({ name, audience_name }: Segment) => name || audience_name || "–";

const kinds = [
  "article",
  "guide",
  "video",
  "newsletter",
  "landing_page",
  "ad",
  "post",
  "story",
  "email",
  "invitation",
  "reminder",
  "print",
  "press_release",
  "voucher",
  "contest",
  "review",
] as const;

/** A kind of content in words: the usual ones by their code, any other as it was written. */
export function useContentName(): (content: string) => string {
  const t = useT();
  return (content) => {
    const known = kinds.find((kind) => kind === content);
    return known ? t(`content.${known}`) : content;
  };
}

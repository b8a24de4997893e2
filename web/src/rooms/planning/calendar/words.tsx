import {
  IconBuildingCommunity,
  IconDiamond,
  IconFlag,
  IconMail,
  IconMessage,
  IconPackage,
  IconSpeakerphone,
  IconSquareCheck,
  IconStar,
} from "@tabler/icons-react";
import { useFormat } from "@/lib/format";
import { keep } from "@/lib/keep";
import type { Entry, Kind } from "./model";
import { useT } from "./useT";

const icons = {
  campaign: IconFlag,
  touchpoint: IconSpeakerphone,
  deliverable: IconPackage,
  milestone: IconDiamond,
  task: IconSquareCheck,
  moment: IconStar,
  holiday: IconBuildingCommunity,
};

/** What kind of thing it is; touchpoints by their channel. */
export function KindIcon({ kind, channel, size = 13 }: { kind: Kind; channel?: string | null; size?: number }) {
  const Icon = channel === "email" ? IconMail : channel === "sms" ? IconMessage : icons[kind];
  return <Icon size={size} stroke={1.7} aria-hidden="true" />;
}

/** Days that count from 1970, as the language writes them. */
export function useDays() {
  const { locale } = useFormat();
  return keep(`calendar ${locale}`, () => {
    const write = (options: Intl.DateTimeFormatOptions) => {
      const format = new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options });
      return (day: number) => format.format(new Date(day * 86_400_000));
    };
    const range = new Intl.DateTimeFormat(locale, { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" });
    return {
      weekday: write({ weekday: "short" }),
      number: write({ day: "numeric" }),
      short: write({ day: "numeric", month: "short" }),
      month: write({ month: "short" }),
      long: write({ weekday: "short", day: "numeric", month: "short" }),
      full: write({ weekday: "long", day: "numeric", month: "long", year: "numeric" }),
      range: (first: number, last: number) =>
        range.formatRange(new Date(first * 86_400_000), new Date(last * 86_400_000)),
    };
  });
}

/** What a screen reader says of an entry. */
export function useSpoken() {
  const t = useT();
  const format = useFormat();
  const days = useDays();
  return (entry: Entry, people?: number) => {
    const when = Number.isNaN(entry.first)
      ? t("undated.one")
      : entry.first === entry.last
        ? days.full(entry.first)
        : days.range(entry.first, entry.last);
    const name = entry.at ? `${format.time(entry.at)} ${entry.name}` : entry.name;
    const parts = [name, t(`kind.${entry.kind}`), entry.note, when];
    if (people) parts.push(t("item.collides", { people }));
    return parts.filter(Boolean).join(", ");
  };
}

/** The name of a channel, also of one that this version does not know. */
export function useChannel() {
  const t = useT();
  return (channel: string) => (channels.includes(channel as Channel) ? t(`channel.${channel as Channel}`) : channel);
}

export const channels = ["email", "sms", "push", "social", "ads", "web", "print", "event", "call", "other"] as const;
export type Channel = (typeof channels)[number];

import {
  IconActivity,
  IconAddressBook,
  IconBuilding,
  IconBulb,
  IconCalendarPlus,
  IconCalendarRepeat,
  IconClick,
  IconDatabase,
  IconGauge,
  IconHeart,
  IconListCheck,
  IconMail,
  IconMailOpened,
  IconMapPin,
  IconPlant,
  IconRecycle,
  IconRoute,
  IconShieldCheck,
  IconTag,
  IconTrophy,
  IconUsersGroup,
} from "@tabler/icons-react";
import { useMemo } from "react";
import type { Shape } from "@/api/schema";
import type { Icon } from "@/lib/rooms";
import type { Leaf, Op } from "../rule";
import { useT } from "../useT";
import type { Habit } from "./HabitFields";

type Vocabulary = Shape<"Vocabulary">;

/** Something a condition can be about. */
export interface Subject {
  id: string;
  label: string;
  group: string;
  icon: Icon;
  make: () => Leaf;
}

/** The id of what a condition is about, as in `Subject.id`. */
export function subjectId(leaf: Leaf): string {
  switch (leaf.kind) {
    case "attribute":
      return `attribute ${leaf.key}`;
    case "identity":
      return leaf.identity;
    case "message":
      return leaf.what;
    default:
      return leaf.kind;
  }
}

const firstOp: Record<string, Op> = {
  text: "any_of",
  choice: "any_of",
  number: "ge",
  money: "ge",
  date: "in_last_days",
  boolean: "is_true",
};

/** What people do in order, often, lately, and where. */
function behaviours(t: ReturnType<typeof useT>, vocabulary: Vocabulary | undefined): Subject[] {
  const [event = "", next = event] = vocabulary?.events ?? [];
  const numbers = (vocabulary?.attributes ?? []).filter(({ type }) => type === "number");
  const degrees = (word: RegExp) => numbers.find(({ key }) => word.test(key))?.key ?? "";
  const subject = (leaf: Leaf & { kind: Habit["kind"] }, icon: Icon): Subject => ({
    id: leaf.kind,
    label: t(`subject.${leaf.kind}`),
    group: t("subject.behaviour"),
    icon,
    make: () => structuredClone(leaf),
  });
  const step = (name: string) => ({ name, where: [] });
  return [
    subject(
      { kind: "sequence", first: step(event), second: step(next), followed: true, within_hours: 168, within_days: 30 },
      IconRoute,
    ),
    subject({ kind: "frequency", name: event, at_least: 1, weeks: 4, how: "each", where: [] }, IconCalendarRepeat),
    subject({ kind: "intent", family: "consideration", did: true, within_days: 30 }, IconBulb),
    subject({ kind: "active", did: true, within_days: 30 }, IconActivity),
    subject({ kind: "engagement", level: "new" }, IconPlant),
    subject({ kind: "lifecycle", stage: "repeat" }, IconRecycle),
    subject({ kind: "rfm", what: "monetary", at_least: 4, at_most: 5 }, IconTrophy),
    subject({ kind: "preference", channel: vocabulary?.channels[0] ?? "", prefers: true }, IconHeart),
    ...(numbers.length > 1
      ? [
          subject(
            {
              kind: "place",
              latitude_key: degrees(/^lat/i),
              longitude_key: degrees(/^(lon|lng)/i),
              latitude: null,
              longitude: null,
              km: 25,
              inside: true,
            },
            IconMapPin,
          ),
        ]
      : []),
  ];
}

/** What the rules of this workspace can be about, in the order they are offered. */
export function useSubjects(vocabulary: Vocabulary | undefined): Subject[] {
  const t = useT();
  return useMemo(() => {
    const topic = vocabulary?.topics[0]?.key ?? "";
    const attributes = (vocabulary?.attributes ?? []).map(({ key, label, type }): Subject => {
      const op = firstOp[type] ?? "known";
      const value = op === "any_of" ? [] : op === "in_last_days" ? 30 : null;
      return {
        id: `attribute ${key}`,
        label,
        group: t("subject.attributes"),
        icon: IconDatabase,
        make: () => ({ kind: "attribute", key, op, value }),
      };
    });
    const message = (what: "sent" | "opened" | "clicked", icon: Icon): Subject => ({
      id: what,
      label: t(`subject.${what}`),
      group: t("subject.behaviour"),
      icon,
      make: () => ({ kind: "message", what, did: true, include_machines: false, within_days: 30 }),
    });
    const identity = (what: "email" | "phone" | "external_id"): Subject => ({
      id: what,
      label: t(`subject.${what}`),
      group: t("subject.permission"),
      icon: IconAddressBook,
      make: () => ({ kind: "identity", identity: what, has: true }),
    });
    return [
      ...attributes,
      {
        id: "created",
        label: t("subject.created"),
        group: t("subject.attributes"),
        icon: IconCalendarPlus,
        make: () => ({ kind: "created", op: "in_last_days", value: 30 }),
      },
      {
        id: "tag",
        label: t("subject.tag"),
        group: t("subject.sets"),
        icon: IconTag,
        make: () => ({ kind: "tag", tag: "", has: true }),
      },
      {
        id: "company",
        label: t("subject.company"),
        group: t("subject.sets"),
        icon: IconBuilding,
        make: () => ({ kind: "company", property: "", type: "text", op: "is", value: "" }),
      },
      {
        id: "audience",
        label: t("subject.audience"),
        group: t("subject.sets"),
        icon: IconUsersGroup,
        make: () => ({ kind: "audience", audience: "", member: true }),
      },
      ...(vocabulary?.scores.length
        ? [
            {
              id: "score",
              label: t("subject.score"),
              group: t("subject.sets"),
              icon: IconGauge,
              make: (): Leaf => ({ kind: "score", score: vocabulary.scores[0]?.id ?? "", at_least: 50, has: true }),
            },
          ]
        : []),
      {
        id: "event",
        label: t("subject.event"),
        group: t("subject.behaviour"),
        icon: IconListCheck,
        make: () => ({ kind: "event", name: vocabulary?.events[0] ?? "", did: true, which: "any", where: [] }),
      },
      ...behaviours(t, vocabulary),
      message("sent", IconMail),
      message("opened", IconMailOpened),
      message("clicked", IconClick),
      {
        id: "consent",
        label: t("subject.consent"),
        group: t("subject.permission"),
        icon: IconShieldCheck,
        make: () => ({ kind: "consent", channel: "email", topic, state: "granted" }),
      },
      identity("email"),
      identity("phone"),
      identity("external_id"),
    ];
  }, [t, vocabulary]);
}

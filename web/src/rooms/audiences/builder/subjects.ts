import {
  IconAddressBook,
  IconCalendarPlus,
  IconClick,
  IconDatabase,
  IconListCheck,
  IconMail,
  IconMailOpened,
  IconShieldCheck,
  IconTag,
  IconUsersGroup,
} from "@tabler/icons-react";
import { useMemo } from "react";
import type { Shape } from "@/api/schema";
import type { Icon } from "@/lib/rooms";
import type { Leaf, Op } from "../rule";
import { useT } from "../useT";

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
        id: "audience",
        label: t("subject.audience"),
        group: t("subject.sets"),
        icon: IconUsersGroup,
        make: () => ({ kind: "audience", audience: "", member: true }),
      },
      {
        id: "event",
        label: t("subject.event"),
        group: t("subject.behaviour"),
        icon: IconListCheck,
        make: () => ({ kind: "event", name: vocabulary?.events[0] ?? "", did: true, where: [] }),
      },
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

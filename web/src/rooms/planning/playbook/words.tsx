import { useCallback } from "react";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { sayValue } from "@/rooms/insights/metrics";
import { StateBadge, type Tone } from "@/ui/StateBadge";
import { useT } from "./useT";

export type Lesson = Shape<"LessonBeside">;
export type Effect = NonNullable<Lesson["effect"]>;
export type Template = Shape<"CampaignTemplateRow">;

export const pageKinds = ["definition", "glossary", "messages", "brand", "checklist", "lessons", "other"] as const;
export const places = [
  "campaign",
  "goal",
  "brief",
  "budget",
  "timeline",
  "touchpoint",
  "content",
  "audience",
  "approval",
  "retrospective",
] as const;
export const channels = ["email", "sms", "push", "social", "ads", "web", "print", "event", "call", "other"] as const;
export const lessonStates = ["draft", "published", "expired"] as const;
export const effectUnits = ["relative", "count", "share", "money"] as const;
const tones: Record<Lesson["state"], Tone> = { draft: "draft", published: "good", expired: "look" };

/** Where a lesson stands. */
export function LessonBadge({ state }: { state: Lesson["state"] }) {
  const t = useT();
  return (
    <StateBadge tone={tones[state]} plain>
      {t(`state.${state}`)}
    </StateBadge>
  );
}

/** An effect in figures: "+12 % (+5 % to +20 %)". */
export function useSayEffect(): (effect: Effect) => string {
  const t = useT();
  const format = useFormat();
  return useCallback(
    ({ unit = "relative", ...effect }) => {
      const say = (value: number) => {
        const size = Math.abs(value);
        const words = unit === "relative" ? format.percent(size) : sayValue(format, unit, size);
        const mark = unit === "share" ? t("effect.points", { value: words }) : words;
        return value < 0 ? `−${mark}` : `+${mark}`;
      };
      const value = say(effect.value);
      if (effect.low == null || effect.high == null) return value;
      return t("effect.range", { value, low: say(effect.low), high: say(effect.high) });
    },
    [t, format],
  );
}

import type { Format } from "@/lib/format";
import type { Habit } from "./builder/HabitFields";
import type { Period, Property, Step } from "./rule";
import type { useT } from "./useT";

interface Tools {
  t: ReturnType<typeof useT>;
  format: Format;
  period: (when: Period) => string;
  times: (often: { at_least?: number | null; at_most?: number | null }) => string;
  where: (given: Property[]) => string;
  channelName: (channel: string) => string;
}

/** Puts into words what people do in order, often, lately, and where. */
export function makeHabitWords({ t, format, period, times, where, channelName }: Tools) {
  const join = (...parts: string[]) => parts.filter(Boolean).join(" ");
  const step = ({ name, where: given }: Step) => join(`“${name}”`, where(given));
  const gap = (hours: number | null) => {
    if (hours === null) return "";
    return hours % 24 === 0 ? t("say.gap.days", { n: hours / 24 }) : t("say.gap.hours", { n: hours });
  };
  return (leaf: Habit): string => {
    switch (leaf.kind) {
      case "sequence": {
        const steps = { first: join(step(leaf.first), period(leaf)), second: step(leaf.second) };
        return join(t(leaf.followed ? "say.sequence" : "say.sequenceNot", steps), gap(leaf.within_hours));
      }
      case "frequency": {
        const { name, at_least: n, weeks } = leaf;
        return join(t(`say.frequency.${leaf.how}`, { name, n, weeks }), where(leaf.where));
      }
      case "intent": {
        const family = t(`family.${leaf.family}`);
        if (!leaf.did) return join(t("say.intentNot", { family }), period(leaf));
        return join(t("say.intent", { family }), times(leaf), period(leaf));
      }
      case "active": {
        const but = leaf.not_within_days != null ? t("say.activeBut", { n: leaf.not_within_days }) : "";
        return join(t(leaf.did ? "say.active" : "say.activeNot"), period(leaf), but);
      }
      case "engagement":
        return t(`say.level.${leaf.level}`);
      case "lifecycle":
        return t(`say.stage.${leaf.stage}`);
      case "rfm":
        return t("say.rfm", { what: t(`score.${leaf.what}`), low: leaf.at_least, high: leaf.at_most });
      case "preference":
        return t(leaf.prefers ? "say.prefers" : "say.prefersNot", { channel: channelName(leaf.channel) });
      case "place": {
        const where = { km: format.number(leaf.km ?? 0), place: `${leaf.latitude}°, ${leaf.longitude}°` };
        return t(leaf.inside ? "say.place" : "say.placeNot", where);
      }
    }
  };
}

import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { useNamed } from "@/lib/i18n";

export type Item = Shape<"AttentionOut">;

/** Where one sees to it, by the kind of thing. */
export function placeOf(campaignId: string, { kind, id }: Item, mayPlan: boolean): string {
  if (kind === "touchpoint") return `/touchpoints/${id}`;
  if (kind === "approval") return `/approvals/${id}`;
  if (kind === "lesson") return `/playbook/lessons/${id}`;
  if (kind === "person" && mayPlan) return "/capacity";
  if (kind === "collision") return "/calendar?panel=collisions";
  const home = `/campaigns/${campaignId}`;
  if (kind === "task") return `${home}?tab=timeline&task=${id}`;
  const tab = { budget: "budget", tasks: "timeline", person: "timeline", brief: "brief", lessons: "brief" }[kind];
  return tab ? `${home}?tab=${tab}` : home;
}

/**
 * The sentence of what wants attention. A noun of planning words its own as `attention.<code>`; amounts arrive in minor
 * units as `*_minor` and are read as money, days as `*_on`.
 */
export function useSentence() {
  const named = useNamed("attention");
  const format = useFormat();
  return ({ code, values }: Item) =>
    named(
      code,
      Object.fromEntries(
        Object.entries(values).map(([key, value]) => {
          if (key.endsWith("_minor")) return [key, format.money(Number(value))];
          return [key, key.endsWith("_on") ? format.day(String(value)) : (value as string | number)];
        }),
      ),
    ) ?? code;
}

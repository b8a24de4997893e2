import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import { useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { useNamed } from "@/lib/i18n";
import { A } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { Section } from "@/ui/Page";
import { useT } from "../useT";
import css from "./Attention.module.css";

type Item = Shape<"AttentionOut">;

/** Where one sees to it, by the kind of thing. */
function placeOf(campaignId: string, { kind, id }: Item, mayPlan: boolean): string {
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
 * What of the campaign wants attention today; nothing when nothing does. A noun of planning words its own sentences as
 * `attention.<code>`; amounts arrive in minor units as `*_minor` and are read as money, days as `*_on`.
 */
export function Attention({ campaignId }: { campaignId: string }) {
  const t = useT();
  const named = useNamed("attention");
  const format = useFormat();
  const mayPlan = useMay("campaigns.write");
  const items = useGet("/campaigns/{campaign_id}/attention", { path: { campaign_id: campaignId } }, { every: 60_000 });
  if (!items.data?.length) return null;
  const words = ({ code, values }: Item) =>
    named(
      code,
      Object.fromEntries(
        Object.entries(values).map(([key, value]) => {
          if (key.endsWith("_minor")) return [key, format.money(Number(value))];
          return [key, key.endsWith("_on") ? format.day(String(value)) : (value as string | number)];
        }),
      ),
    ) ?? code;
  return (
    <Section title={t("attention")}>
      <ul className={css.list}>
        {items.data.map((item) => (
          <li key={`${item.code} ${item.id}`} data-tone={item.tone}>
            {item.tone === "bad" ? (
              <IconAlertTriangle size={17} stroke={1.7} />
            ) : (
              <IconInfoCircle size={17} stroke={1.7} />
            )}
            <A to={placeOf(campaignId, item, mayPlan)}>{words(item)}</A>
          </li>
        ))}
      </ul>
    </Section>
  );
}

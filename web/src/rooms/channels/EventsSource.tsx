import type { Shape } from "@/api/schema";
import { CopyField } from "@/ui/CopyField";
import { StateBadge } from "@/ui/StateBadge";
import { When } from "@/ui/values";
import css from "./channels.module.css";
import { useT } from "./useT";

/** What has to be entered at the provider so that it tells what became of mail, and whether it does. */
export function EventsSource({ events }: { events: Shape<"EventsSource"> }) {
  const t = useT();
  const { provider } = events;
  return (
    <>
      <p>
        <strong>{t("events.title", { provider })}</strong>{" "}
        {events.heard_at ? (
          <StateBadge tone="good">
            {t("events.heard")} <When at={events.heard_at} />
          </StateBadge>
        ) : (
          <StateBadge tone="quiet">{t("events.silent")}</StateBadge>
        )}
      </p>
      {events.authenticity === "key" && !events.has_key && (
        <p className={css.warning}>{t("events.keyMissing", { provider })}</p>
      )}
      <p className={css.muted}>{t(`events.${events.authenticity}`, { provider })}</p>
      <CopyField label={t("events.address")} value={events.address} />
      {events.password && <CopyField label={t("events.secret")} value={events.password} />}
    </>
  );
}

import { A } from "@/lib/links";
import { Section } from "@/ui/Page";
import { SettingsItem, SettingsList } from "@/ui/SettingsList";
import { StateBadge } from "@/ui/StateBadge";
import { When } from "@/ui/values";
import type { View } from "./SourcePage";
import css from "./tracking.module.css";
import { useT } from "./useT";

/** Whether the pages send, and from which hosts; the page asks again every few seconds. */
export function InstallCheck({ view }: { view: View }) {
  const t = useT();
  const pages = view.signals.filter(({ host }) => host);
  const first = [...pages].filter(({ kept }) => kept > 0).sort((a, b) => a.first_at.localeCompare(b.first_at))[0];
  const refused = view.signals.some((one) => one.refused > 0);
  return (
    <Section title={t("check.title")}>
      <div className={css.check} role="status">
        {first ? (
          <>
            <StateBadge tone="good">{t("check.works")}</StateBadge>
            <p>{t.rich("check.first", { page: <code>{first.page}</code>, when: <When at={first.first_at} /> })}</p>
          </>
        ) : (
          <>
            <StateBadge tone="waiting">{t("check.waits")}</StateBadge>
            <p>{t("check.waits.note")}</p>
          </>
        )}
      </div>
      {view.signals.length > 0 && (
        <SettingsList label={t("check.hosts")}>
          {view.signals.map((one) => (
            <SettingsItem
              key={one.host}
              name={one.host || t("check.programs")}
              note={t.rich("source.seen", { when: <When at={one.last_at} /> })}
            >
              <span className={css.muted}>{t("check.kept", { count: one.kept })}</span>
              {one.refused > 0 && <StateBadge tone="bad">{t("check.refused", { count: one.refused })}</StateBadge>}
            </SettingsItem>
          ))}
        </SettingsList>
      )}
      <p className={css.muted}>
        <A to={`/settings/live?source=${view.id}${refused ? "&outcome=refused" : ""}`} className={css.link}>
          {t("check.live")}
        </A>
      </p>
    </Section>
  );
}

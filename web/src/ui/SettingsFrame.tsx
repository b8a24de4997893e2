import { Fragment, type ReactNode } from "react";
import { useWords } from "@/lib/i18n";
import { A } from "@/lib/links";
import { settingsGroups, useRooms } from "@/lib/rooms";
import { useWorkspaceSettings } from "@/lib/workspace";
import { Page } from "@/ui/Page";
import { type MenuEntry, PageHead } from "@/ui/PageHead";
import css from "./SettingsFrame.module.css";
import { useT } from "./useT";

interface Props {
  title: string;
  /** One line on what this page decides. */
  meaning?: ReactNode;
  action?: ReactNode;
  /** The quiet menu. */
  menu?: MenuEntry[];
  /** The pages above, of one that is a level deeper than the list. */
  crumbs?: { label: string; to: string }[];
  /** Uses the whole width: for tables. */
  wide?: boolean;
  children: ReactNode;
}

/** Where the list is a row that scrolls sideways, brings the open page into view. */
function showCurrent(nav: HTMLElement | null) {
  const current = nav?.querySelector<HTMLElement>("[aria-current=page]");
  if (nav && current) nav.scrollLeft = current.offsetLeft - (nav.clientWidth - current.offsetWidth) / 2;
}

/** A page of the settings: the list of all settings at the left, one of them at the right. */
export function SettingsFrame({ title, meaning, action, menu, crumbs, wide, children }: Props) {
  const t = useT();
  const words = useWords();
  const { permissions } = useWorkspaceSettings();
  const entries = useRooms()
    .flatMap((room) => room.settings ?? [])
    .filter(({ permission }) => !permission || permissions.has(permission))
    .sort((a, b) => a.order - b.order);
  return (
    <Page>
      <div className={css.frame}>
        <nav ref={showCurrent} className={css.nav} aria-label={t("settings")}>
          {settingsGroups.map((group) => {
            const inside = entries.filter((entry) => entry.group === group);
            return (
              inside.length > 0 && (
                <Fragment key={group}>
                  <p>{t(`settings.group.${group}`)}</p>
                  {inside.map(({ to, label, icon: Icon }) => (
                    <A key={to} to={to} exact>
                      <Icon size={16} stroke={1.6} />
                      {words(label)}
                    </A>
                  ))}
                </Fragment>
              )
            );
          })}
        </nav>
        <div className={css.body} data-wide={wide || undefined}>
          <PageHead title={title} meaning={meaning} action={action} menu={menu} crumbs={crumbs} />
          {children}
        </div>
      </div>
    </Page>
  );
}

import { IconHome, IconKeyboard, IconSearch, IconSettings } from "@tabler/icons-react";
import { Fragment } from "react";
import { useWords } from "@/lib/i18n";
import { A } from "@/lib/links";
import { type NavEntry, type OwnEntry, type Stage, stages, useRooms } from "@/lib/rooms";
import { useWorkspaceSettings } from "@/lib/workspace";
import { Keys } from "@/ui/Keys";
import { useT } from "../useT";
import look from "./entries.module.css";
import { PersonMenu, WorkspaceMenu } from "./menus";
import { Own } from "./Own";
import css from "./Rail.module.css";

/** The entries of the rail that this person may see, by stage. */
export function useNav(): { stage: Stage; entries: NavEntry[] }[] {
  const { permissions } = useWorkspaceSettings();
  const all = useRooms().flatMap((room) => room.nav ?? []);
  return stages
    .map((stage) => ({
      stage,
      entries: all
        .filter((entry) => entry.stage === stage && (!entry.permission || permissions.has(entry.permission)))
        .sort((a, b) => a.order - b.order),
    }))
    .filter(({ entries }) => entries.length > 0);
}

/** The person's own pages, above the stages. */
export function useOwn(): OwnEntry[] {
  const { permissions } = useWorkspaceSettings();
  return useRooms()
    .flatMap((room) => room.own ?? [])
    .filter(({ permission }) => !permission || permissions.has(permission))
    .sort((a, b) => a.order - b.order);
}

/** On low screens the open page may be below the fold. */
function showCurrent(entries: HTMLElement | null) {
  entries?.querySelector("[aria-current=page]")?.scrollIntoView({ block: "nearest" });
}

export function Rail({ onSearch, onKeys }: { onSearch: () => void; onKeys: () => void }) {
  const t = useT();
  const words = useWords();
  const nav = useNav();
  const own = useOwn();
  return (
    <nav className={css.rail} aria-label={t("nav")}>
      <WorkspaceMenu />
      <button type="button" className={css.search} onClick={onSearch} title={t("search")}>
        <IconSearch size={16} />
        <span className={look.word}>{t("search")}</span>
        <span className={look.word}>
          <Keys keys="mod+k" />
        </span>
      </button>
      <div className={css.entries} ref={showCurrent}>
        <A to="/" exact className={look.entry} title={t("nav.home")}>
          <IconHome size={18} stroke={1.6} />
          <span className={look.word}>{t("nav.home")}</span>
        </A>
        {own.map((entry) => (
          <Own key={entry.to} entry={entry} />
        ))}
        {nav.map(({ stage, entries }) => (
          <Fragment key={stage}>
            <h2 className={css.stage}>
              <span className={look.word}>{t(`stage.${stage}`)}</span>
            </h2>
            {entries.map(({ to, label, icon: Icon }) => (
              <A key={to} to={to} className={look.entry} title={words(label)}>
                <Icon size={18} stroke={1.6} />
                <span className={look.word}>{words(label)}</span>
              </A>
            ))}
          </Fragment>
        ))}
      </div>
      <div className={css.foot}>
        <A to="/settings" className={look.entry} title={t("nav.settings")}>
          <IconSettings size={18} stroke={1.6} />
          <span className={look.word}>{t("nav.settings")}</span>
        </A>
        <div className={css.person}>
          <PersonMenu />
          <button type="button" className={look.entry} onClick={onKeys} title={t("keys.help")}>
            <span className={look.unseen}>{t("keys.help")}</span>
            <IconKeyboard size={18} stroke={1.6} />
          </button>
        </div>
      </div>
    </nav>
  );
}

import { IconHome, IconKeyboard, IconSearch, IconSettings } from "@tabler/icons-react";
import { useLocation } from "@tanstack/react-router";
import { Fragment, useState } from "react";
import { useLooseGet } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { useWords } from "@/lib/i18n";
import { A, usePlace } from "@/lib/links";
import { type NavEntry, type OwnEntry, type Stage, stages, useRooms } from "@/lib/rooms";
import { useWorkspaceSettings } from "@/lib/workspace";
import { Keys } from "@/ui/Keys";
import { Mark } from "@/ui/Mark";
import { useBack } from "@/ui/useLayer";
import { useT } from "../useT";
import { PersonMenu, WorkspaceMenu } from "./menus";
import css from "./Shell.module.css";
import { stageIcons } from "./stages";

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

const COUNT_EVERY = 25_000;

function Own({ entry, compact }: { entry: OwnEntry; compact?: boolean }) {
  const t = useT();
  const words = useWords();
  const format = useFormat();
  const { data } = useLooseGet<{ count: number }>(
    entry.counts ?? "",
    {},
    { enabled: Boolean(entry.counts), every: COUNT_EVERY, slow: true },
  );
  const count = data?.count ?? 0;
  const said = count > 99 ? "99+" : format.number(count);
  const label = count ? t("nav.waiting", { name: words(entry.label), count }) : words(entry.label);
  const Icon = entry.icon;
  return (
    <A to={entry.to} className={compact ? css.topButton : css.entry} title={label}>
      <span className={compact ? css.unseen : css.word}>{words(entry.label)}</span>
      <span className={css.bell}>
        <Icon size={compact ? 20 : 18} stroke={1.6} />
        {count > 0 && <span className={css.count}>{said}</span>}
      </span>
    </A>
  );
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
        <span className={css.word}>{t("search")}</span>
        <span className={css.word}>
          <Keys keys="mod+k" />
        </span>
      </button>
      <div className={css.entries} ref={showCurrent}>
        <A to="/" exact className={css.entry} title={t("nav.home")}>
          <IconHome size={18} stroke={1.6} />
          <span className={css.word}>{t("nav.home")}</span>
        </A>
        {own.map((entry) => (
          <Own key={entry.to} entry={entry} />
        ))}
        {nav.map(({ stage, entries }) => (
          <Fragment key={stage}>
            <h2 className={css.stage}>
              <span className={css.word}>{t(`stage.${stage}`)}</span>
            </h2>
            {entries.map(({ to, label, icon: Icon }) => (
              <A key={to} to={to} className={css.entry} title={words(label)}>
                <Icon size={18} stroke={1.6} />
                <span className={css.word}>{words(label)}</span>
              </A>
            ))}
          </Fragment>
        ))}
      </div>
      <div className={css.foot}>
        <A to="/settings" className={css.entry} title={t("nav.settings")}>
          <IconSettings size={18} stroke={1.6} />
          <span className={css.word}>{t("nav.settings")}</span>
        </A>
        <div className={css.person}>
          <PersonMenu />
          <button type="button" className={css.entry} onClick={onKeys} title={t("keys.help")}>
            <span className={css.unseen}>{t("keys.help")}</span>
            <IconKeyboard size={18} stroke={1.6} />
          </button>
        </div>
      </div>
    </nav>
  );
}

/** On phones: the mark, the workspace, search and the person at the top. */
export function TopBar({ onSearch }: { onSearch: () => void }) {
  const t = useT();
  const own = useOwn().filter(({ phone }) => phone);
  return (
    <header className={css.top}>
      <A to="/" className={css.topMark} aria-label={t("nav.home")}>
        <Mark size={20} />
      </A>
      <WorkspaceMenu compact />
      <button type="button" className={css.topButton} onClick={onSearch} aria-label={t("search")}>
        <IconSearch size={20} />
      </button>
      {own.map((entry) => (
        <Own key={entry.to} entry={entry} compact />
      ))}
      <PersonMenu compact />
    </header>
  );
}

/** Whether the open page is this one or one below it. */
function useHere(): (to: string) => boolean {
  const place = usePlace();
  const at = useLocation({ select: ({ pathname }) => pathname });
  return (to) => at === place(to) || at.startsWith(`${place(to)}/`);
}

/** On phones: the stages at the foot; one opens its pages. */
export function Foot() {
  const t = useT();
  const words = useWords();
  const nav = useNav();
  const [open, setOpen] = useState<Stage>();
  const section = nav.find(({ stage }) => stage === open);
  const here = useHere();
  useBack(open !== undefined, () => {
    setOpen(undefined);
    return true;
  });
  return (
    <nav className={css.bottom} aria-label={t("nav.stages")}>
      {section && (
        <div className={css.sheet}>
          <h2>{t(`stage.${section.stage}`)}</h2>
          {section.entries.map(({ to, label, icon: Icon }) => (
            <A key={to} to={to} className={css.entry} onClick={() => setOpen(undefined)}>
              <Icon size={18} stroke={1.6} />
              {words(label)}
            </A>
          ))}
        </div>
      )}
      <A to="/" exact className={css.tab} onClick={() => setOpen(undefined)}>
        <IconHome size={20} stroke={1.6} />
        {t("nav.home")}
      </A>
      {nav.map(({ stage, entries }) => {
        const Icon = stageIcons[stage];
        return (
          <button
            key={stage}
            type="button"
            className={css.tab}
            data-current={entries.some(({ to }) => here(to)) || undefined}
            aria-expanded={open === stage}
            onClick={() => setOpen(open === stage ? undefined : stage)}
          >
            <Icon size={20} stroke={1.6} />
            {t(`stage.${stage}`)}
          </button>
        );
      })}
      {nav.length === 0 && (
        <A to="/settings" className={css.tab}>
          <IconSettings size={20} stroke={1.6} />
          {t("nav.settings")}
        </A>
      )}
    </nav>
  );
}

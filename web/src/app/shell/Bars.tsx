import { IconHome, IconSearch, IconSettings } from "@tabler/icons-react";
import { useLocation } from "@tanstack/react-router";
import { useState } from "react";
import { useWords } from "@/lib/i18n";
import { A, usePlace } from "@/lib/links";
import type { Stage } from "@/lib/rooms";
import { Mark } from "@/ui/Mark";
import { useBack } from "@/ui/useLayer";
import { useT } from "../useT";
import css from "./Bars.module.css";
import look from "./entries.module.css";
import { PersonMenu, WorkspaceMenu } from "./menus";
import { Own } from "./Own";
import { useNav, useOwn } from "./Rail";
import { stageIcons } from "./stages";

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
      <button type="button" className={look.topButton} onClick={onSearch} aria-label={t("search")}>
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
            <A key={to} to={to} className={look.entry} onClick={() => setOpen(undefined)}>
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

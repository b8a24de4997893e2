import { IconDots } from "@tabler/icons-react";
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { A } from "@/lib/links";
import { useParam } from "@/lib/url";
import { Menu, type MenuEntry } from "./Menu";
import css from "./PageHead.module.css";
import { useT } from "./useT";

export type { MenuEntry };

export interface Tab {
  id: string;
  label: string;
  count?: ReactNode;
}

interface Props {
  title: string;
  /** Makes the title editable in place; reject with an Error to keep the old one. */
  onRename?: (title: string) => unknown;
  /** One line under the title: status, owner, dates. */
  meaning?: ReactNode;
  /** The one primary action. */
  action?: ReactNode;
  /** The quiet menu. */
  menu?: MenuEntry[];
  /** Only two levels deep or more: the pages above, outermost first. */
  crumbs?: { label: string; to: string }[];
  tabs?: Tab[];
  /** The parameter of the address that holds the open tab. */
  tabParam?: string;
}

/** The head of a page. Tabs live in the address (`useParam("tab", first)` reads the open one). */
export function PageHead({ title, onRename, meaning, action, menu, crumbs, tabs, tabParam = "tab" }: Props) {
  useEffect(() => {
    document.title = `${title} · Gonfalon`;
  }, [title]);
  return (
    <header className={css.root}>
      {crumbs && crumbs.length > 0 && <Crumbs crumbs={crumbs} />}
      <div className={css.line}>
        <div className={css.words}>
          {onRename ? <EditableTitle title={title} onRename={onRename} /> : <h1>{title}</h1>}
          {meaning && <div className={css.meaning}>{meaning}</div>}
        </div>
        {(action || menu) && (
          <div className={css.actions}>
            {action}
            {menu && <QuietMenu entries={menu} />}
          </div>
        )}
      </div>
      {tabs && <Tabs tabs={tabs} param={tabParam} />}
    </header>
  );
}

function Crumbs({ crumbs }: { crumbs: { label: string; to: string }[] }) {
  const t = useT();
  return (
    <nav className={css.crumbs} aria-label={t("crumbs")}>
      {crumbs.map(({ label, to }) => (
        <span key={to}>
          <A to={to}>{label}</A>
          <span aria-hidden="true"> / </span>
        </span>
      ))}
    </nav>
  );
}

/** The "…" menu of a page, a card or a row. */
export function QuietMenu({ entries, label }: { entries: MenuEntry[]; label?: string }) {
  const t = useT();
  if (!entries.length) return null;
  return (
    <Menu entries={entries} label={label ?? t("menu")} className={css.quiet}>
      <IconDots size={16} />
    </Menu>
  );
}

function EditableTitle({ title, onRename }: { title: string; onRename: NonNullable<Props["onRename"]> }) {
  const t = useT();
  const [draft, setDraft] = useState<string>();
  const button = useRef<HTMLButtonElement>(null);
  const editing = draft !== undefined;
  const end = async (keep: boolean) => {
    const next = draft?.trim();
    setDraft(undefined);
    requestAnimationFrame(() => button.current?.focus());
    if (keep && next && next !== title) await onRename(next);
  };
  if (!editing) {
    return (
      <h1>
        <button ref={button} type="button" className={css.title} title={t("rename")} onClick={() => setDraft(title)}>
          {title}
        </button>
      </h1>
    );
  }
  return (
    <input
      className={css.input}
      value={draft}
      aria-label={t("rename")}
      // biome-ignore lint/a11y/noAutofocus: the person has just asked to edit this
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => void end(true)}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key === "Escape") void end(false);
      }}
    />
  );
}

/** Faces of one thing; arrows move between them, the open one is in the address. */
export function Tabs({ tabs, param = "tab" }: { tabs: Tab[]; param?: string }) {
  const t = useT();
  const [open, setOpen] = useParam(param, tabs[0]?.id, true);
  const row = useRef<HTMLDivElement>(null);
  // On a narrow screen the open one may lie outside the strip, now or once a font or a count has made the others wider.
  useLayoutEffect(() => {
    const strip = row.current;
    if (!open || !strip) return;
    const show = new ResizeObserver(() => {
      const tab = strip.querySelector<HTMLElement>("[aria-selected=true]");
      if (!tab) return;
      const left = tab.offsetLeft - strip.offsetLeft;
      if (left < strip.scrollLeft || left + tab.offsetWidth > strip.scrollLeft + strip.clientWidth)
        strip.scrollLeft = Math.ceil(left - (strip.clientWidth - tab.offsetWidth) / 2);
    });
    for (const tab of strip.children) show.observe(tab);
    return () => show.disconnect();
  }, [open]);
  const move = (step: number) => {
    const at = tabs.findIndex(({ id }) => id === open);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    setOpen(next.id);
    row.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  return (
    <div className={css.tabs} role="tablist" aria-label={t("tabs")} ref={row}>
      {tabs.map(({ id, label, count }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`tab-${param}-${id}`}
          aria-controls={id === open ? `panel-${param}` : undefined}
          data-tab={id}
          className={css.tab}
          aria-selected={id === open}
          tabIndex={id === open ? 0 : -1}
          onClick={() => setOpen(id)}
          onKeyDown={(event) => {
            if (event.key === "ArrowRight") move(1);
            if (event.key === "ArrowLeft") move(-1);
          }}
        >
          <span className={css.label} data-label={label}>
            {label}
          </span>
          {count !== undefined && <span className={css.count}>{count}</span>}
        </button>
      ))}
    </div>
  );
}

interface PanelProps {
  /** The open tab; undefined where there are no tabs to choose from. */
  open: string | undefined;
  param?: string;
  children: ReactNode;
}

/** What the open tab shows. It has no box of its own: the page lays its children out. */
export function TabPanel({ open, param = "tab", children }: PanelProps) {
  if (open === undefined) return children;
  return (
    <div role="tabpanel" id={`panel-${param}`} aria-labelledby={`tab-${param}-${open}`} className={css.panel}>
      {children}
    </div>
  );
}

import type { ReactNode } from "react";
import css from "./SettingsList.module.css";

/** The few things of one kind that a settings page is about, a line each. */
export function SettingsList({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={css.list} aria-label={label}>
      {children}
    </ul>
  );
}

interface ItemProps {
  name: ReactNode;
  /** Before both lines: whose face it is. */
  face?: ReactNode;
  /** One muted line below the name. */
  note?: ReactNode;
  /** What stands at the end of the line: tags, controls, the quiet menu. */
  children?: ReactNode;
}

/** One thing of a settings list. */
export function SettingsItem({ name, face, note, children }: ItemProps) {
  return (
    <li>
      {face}
      <div className={css.what}>
        <span className={css.name}>{name}</span>
        {note && <span className={css.note}>{note}</span>}
      </div>
      {children && <div className={css.end}>{children}</div>}
    </li>
  );
}

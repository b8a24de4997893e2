import type { ReactNode } from "react";
import css from "./imports.module.css";

/** A wide table that scrolls by itself, reachable by keyboard. */
export function ScrollBox({ label, busy, children }: { label: string; busy?: boolean; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={css.preview} tabIndex={0} aria-label={label} aria-busy={busy}>
      {children}
    </section>
  );
}

import type { ReactNode } from "react";
import css from "./planning.module.css";

/** Words over a thin bar that shows a part of a whole; red when it is more than the whole. */
export function Meter({ share, gold, children }: { share: number | null; gold?: boolean; children: ReactNode }) {
  return (
    <div className={css.meter}>
      <span className={css.meterWords}>{children}</span>
      {share !== null && (
        <span className={css.track} data-tone={gold ? "gold" : share > 1 ? "over" : undefined}>
          <i style={{ width: `${Math.max(0, Math.min(share, 1)) * 100}%` }} />
        </span>
      )}
    </div>
  );
}

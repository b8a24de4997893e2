import type { ReactNode } from "react";
import css from "./Meter.module.css";

interface Props {
  share: number | null;
  /** Progress towards a goal. */
  gold?: boolean;
  title?: string;
  children: ReactNode;
}

/** Words over a thin bar that shows a part of a whole; red when it is more than the whole. */
export function Meter({ share, gold, title, children }: Props) {
  return (
    <div className={css.meter} title={title}>
      <span className={css.meterWords}>{children}</span>
      {share !== null && (
        <span className={css.track} data-tone={gold ? "gold" : share > 1 ? "over" : undefined}>
          <i style={{ width: `${Math.max(0, Math.min(share, 1)) * 100}%` }} />
        </span>
      )}
    </div>
  );
}

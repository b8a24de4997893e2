import { IconTarget } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { A } from "@/lib/links";
import { Sparkline } from "./charts/Sparkline";
import css from "./NumberTile.module.css";
import { useT } from "./useT";

interface Props {
  label: string;
  /** The formatted number ("64,000", "€12.50", "18.3 %"); undefined shows "–". */
  value: string | undefined;
  /** Why there is no number. */
  why?: string;
  unit?: string;
  /** What a rate is of: "of 21,307". */
  base?: string;
  /** "+12 % on last month". `tone` only when the direction is good or bad news. */
  comparison?: { words: string; tone?: "good" | "bad" };
  /** "target 1,500": shown in gold. */
  target?: string;
  trend?: number[];
  /** The people or events behind the number. */
  to?: string;
  /** The definition of the number, on hover. */
  meaning?: string;
}

/** One number with its unit, comparison, target and trend; a click goes to what is behind it. */
export function NumberTile({ label, value, why, unit, base, comparison, target, trend, to, meaning }: Props) {
  const t = useT();
  const body = (
    <>
      <span className={css.label} title={meaning}>
        {label}
      </span>
      <span className={css.value}>
        {value ?? (
          <span role="img" aria-label={why ?? t("unknown")} title={why ?? t("unknown")}>
            –
          </span>
        )}
        {value !== undefined && unit && <span className={css.unit}>{unit}</span>}
      </span>
      {(base || comparison || target || (value === undefined && why)) && (
        <span className={css.notes}>
          {value === undefined && why && <span>{why}</span>}
          {base && <span>{base}</span>}
          {comparison && <span data-tone={comparison.tone}>{comparison.words}</span>}
          {target && (
            <span className={css.target}>
              <IconTarget size={13} />
              {target}
            </span>
          )}
        </span>
      )}
      {trend && trend.length > 1 && <Sparkline values={trend} />}
    </>
  );
  return to ? (
    <A to={to} className={css.tile} data-link>
      {body}
    </A>
  ) : (
    <div className={css.tile}>{body}</div>
  );
}

/** A row of tiles that wraps. */
export function NumberRow({ children }: { children: ReactNode }) {
  return <div className={css.row}>{children}</div>;
}

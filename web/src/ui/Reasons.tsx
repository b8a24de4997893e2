import type { ReactNode } from "react";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import css from "./Reasons.module.css";
import { useT } from "./useT";

export interface Part {
  id: string;
  label: ReactNode;
  count: number;
  /** Meaning decides the colour; several parts of one tone get lighter steps. */
  tone: "good" | "busy" | "look" | "bad" | "quiet" | "accent";
  /** The people behind this part. */
  to?: string;
}

interface Props {
  parts: Part[];
  /** What the parts add up to, and its name ("3,102 people"). */
  total: number;
  totalLabel: string;
  /** Without the list below. */
  bare?: boolean;
}

/** Parts that add up to a whole: a bar, and under it every part with its number. Shows any difference openly. */
export function Reasons({ parts, total, totalLabel, bare }: Props) {
  const format = useFormat();
  const t = useT();
  const sum = parts.reduce((all, { count }) => all + count, 0);
  const shown = parts.filter(({ count }) => count > 0);
  const seen: Record<string, number> = {};
  const steps = shown.map(({ tone }) => {
    seen[tone] = (seen[tone] ?? 0) + 1;
    return Math.min((seen[tone] ?? 1) - 1, 3);
  });
  const whole = Math.max(sum, total, 1);
  return (
    <div className={css.root}>
      <div className={css.bar} role="img" aria-label={`${totalLabel}: ${format.number(total)}`}>
        {shown.map(({ id, count, tone }, index) => (
          <span key={id} data-tone={tone} data-step={steps[index]} style={{ flexGrow: count / whole }} />
        ))}
        {sum < total && <span style={{ flexGrow: (total - sum) / whole }} />}
      </div>
      {!bare && (
        <ul className={css.list}>
          {shown.map(({ id, label, count, tone, to }, index) => (
            <li key={id}>
              <span className={css.dot} data-tone={tone} data-step={steps[index]} />
              <span>{to ? <A to={to}>{label}</A> : label}</span>
              <span className={css.count}>{format.number(count)}</span>
              <span className={css.share}>{total ? format.percent(count / total) : "–"}</span>
            </li>
          ))}
          <li className={css.total}>
            <span />
            <span>{totalLabel}</span>
            <span className={css.count}>{format.number(total)}</span>
            <span className={css.share}>
              {sum === total ? t("reasons.adds") : t("reasons.differs", { count: format.number(total - sum) })}
            </span>
          </li>
        </ul>
      )}
    </div>
  );
}

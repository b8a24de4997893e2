import css from "./charts.module.css";

export interface Series {
  key: string;
  label: string;
  /** Grey: what a campaign is compared with. */
  control?: boolean;
  /** Dashed. */
  forecast?: boolean;
  /** Points of this series are `[low, high]`. */
  band?: boolean;
  /** 1–7 of the palette; by order when left out. */
  colour?: number;
}

export function colourOf(series: Series, index: number): string {
  if (series.control || series.forecast) return "var(--g-chart-control)";
  return `var(--g-chart-${series.colour ?? (index % 7) + 1})`;
}

interface TipProps {
  series: Series[];
  sayX: (x: string) => string;
  sayY: (y: number) => string;
  active?: boolean;
  label?: string | number;
  payload?: readonly { dataKey?: unknown; value?: unknown }[];
}

/** What is shown at a point of a chart. */
export function ChartTip({ series, sayX, sayY, active, label, payload }: TipProps) {
  if (!active || !payload?.length) return null;
  return (
    <div className={css.tip}>
      <p>{sayX(String(label))}</p>
      {series.map((one, index) => {
        const value = payload.find(({ dataKey }) => dataKey === one.key)?.value;
        if (value === undefined || value === null) return null;
        return (
          <div key={one.key}>
            <i style={{ background: colourOf(one, index) }} />
            <span>{one.label}</span>
            <strong>
              {Array.isArray(value) ? value.map((v) => sayY(Number(v))).join(" – ") : sayY(Number(value))}
            </strong>
          </div>
        );
      })}
    </div>
  );
}

const LINE = 15;

/** By how many pixels each name at the end has to rise so that no two lie on each other. */
export function apart(points: Record<string, unknown>[], series: Series[], height: number): Record<string, number> {
  const lines = series.filter(({ band }) => !band);
  const top = Math.max(1e-9, ...points.flatMap((point) => lines.map(({ key }) => Number(point[key]) || 0)));
  const last = points.at(-1) ?? {};
  const shifts: Record<string, number> = {};
  let free = Number.NEGATIVE_INFINITY;
  for (const { key, at } of lines
    .map(({ key }) => ({ key, at: ((Number(last[key]) || 0) / top) * (height - 42) }))
    .sort((a, b) => a.at - b.at)) {
    const place = Math.max(at, free);
    shifts[key] = place - at;
    free = place + LINE;
  }
  return shifts;
}

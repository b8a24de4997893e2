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
/** Pixels above the lines, for the word "today", and below them, for the days. */
export const ABOVE = 20;
const BELOW = 30;

/** By how many pixels each name has to rise (or sink) so that no two at the same point lie on each other. */
export function apart(points: Record<string, unknown>[], series: Series[], height: number): Record<string, number> {
  const lines = series.filter(({ band }) => !band);
  const top = Math.max(1e-9, ...points.flatMap((point) => lines.map(({ key }) => Number(point[key]) || 0)));
  const room = height - ABOVE - BELOW;
  const ends = new Map<number, { key: string; at: number; place: number }[]>();
  for (const { key } of lines) {
    const last = endOf(points, key);
    const at = ((Number(points[last]?.[key]) || 0) / top) * room;
    ends.set(last, [...(ends.get(last) ?? []), { key, at, place: at }]);
  }
  const shifts: Record<string, number> = {};
  // No name stands on the line below the chart.
  for (const names of ends.values()) {
    names.sort((a, b) => a.at - b.at);
    let free = LINE / 2;
    for (const name of names) {
      name.place = Math.max(name.at, free);
      free = name.place + LINE;
    }
    let highest = room;
    for (const name of names.reverse()) {
      name.place = Math.min(name.place, highest);
      highest = name.place - LINE;
      shifts[name.key] = name.place - name.at;
    }
  }
  return shifts;
}

/** Whether a point of a series has no neighbour that a line could lead to. */
export const alone = (points: Record<string, unknown>[], key: string, at: number) =>
  points[at]?.[key] != null && points[at - 1]?.[key] == null && points[at + 1]?.[key] == null;

/** Days on an axis: without the year, unless they are of several. */
export const sameYear = (points: Record<string, unknown>[]) =>
  String(points[0]?.x).slice(0, 4) === String(points.at(-1)?.x).slice(0, 4);

/** The last point of which a series knows something. */
export const endOf = (points: Record<string, unknown>[], key: string) =>
  points.findLastIndex((point) => point[key] != null);

/** The highest value drawn. */
export const highest = (points: Record<string, unknown>[], series: Series[]) =>
  Math.max(
    0,
    ...points.flatMap((point) => series.flatMap(({ key }) => point[key] as number | number[] | null) as number[]),
  );

/** About how wide the longest of some words is, in pixels: Chinese letters are twice as wide. */
export const widthOf = (words: string[]) =>
  Math.max(0, ...words.map((word) => [...word].reduce((sum, letter) => sum + (letter > "\u2e80" ? 12 : 6.6), 0)));

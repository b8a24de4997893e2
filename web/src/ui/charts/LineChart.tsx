import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  Label,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import css from "./charts.module.css";
import { ABOVE, alone, apart, ChartTip, colourOf, endOf, highest, type Series, sameYear, widthOf } from "./parts";

interface Props {
  /** One object a point: `{ x: "2026-11-24", sent: 12, opened: 4 }`. For a band give `[low, high]`. */
  points: Record<string, unknown>[];
  series: Series[];
  /** The x value in words; `short` on the axis, where all are of one year. */
  sayX: (x: string, short?: boolean) => string;
  /** A y value in words. */
  sayY: (y: number) => string;
  /** A target, as a gold line. */
  target?: { value: number; label: string };
  /** The x value of now, as a thin rule. */
  now?: { x: string; label: string };
  height?: number;
  /** Counts of a time each are bars: between two of them there is nothing. */
  bars?: boolean;
}

/** Lines over time: series are named at their last known point, uncertainty is a band, a target a gold line. */
export default function LineChart({ points, series, sayX, sayY, target, now, height = 260, bars }: Props) {
  const short = sameYear(points);
  const shifts = apart(points, series, height);
  const named = series.flatMap(({ band, label }) => (band ? [] : [label]));
  const right = bars ? 8 : Math.max(64, widthOf(target ? [...named, target.label] : named) + 14);
  const part = now && points.length > 1 ? points.findIndex(({ x }) => x === now.x) / (points.length - 1) : 0.5;
  const anchor = part < 0.1 ? "start" : part > 0.9 ? "end" : "middle";
  return (
    <div className={css.plot}>
      {bars && <Names series={series} />}
      <ResponsiveContainer width="100%" height={height}>
        <ComposedChart
          data={points}
          barGap={0}
          barCategoryGap="20%"
          margin={{ top: ABOVE, right, bottom: 0, left: 0 }}
          accessibilityLayer
        >
          <CartesianGrid vertical={false} stroke="var(--g-line)" />
          <XAxis
            dataKey="x"
            tickFormatter={(x: string) => sayX(x, short)}
            tickLine={false}
            axisLine={{ stroke: "var(--g-line-strong)" }}
            interval="equidistantPreserveStart"
            minTickGap={32}
          />
          <YAxis
            tickFormatter={sayY}
            tickLine={false}
            axisLine={false}
            width={Math.max(52, widthOf([sayY(highest(points, series))]) + 16)}
            allowDecimals={false}
          />
          <Tooltip
            content={<ChartTip series={series} sayX={sayX} sayY={sayY} />}
            cursor={{ stroke: "var(--g-line-strong)" }}
            isAnimationActive={false}
          />
          {target && (
            <ReferenceLine y={target.value} stroke="var(--g-gold)" strokeWidth={1.5} ifOverflow="extendDomain">
              <Label value={target.label} position="right" style={{ fill: "var(--g-gold-ink)" }} />
            </ReferenceLine>
          )}
          {now && (
            <ReferenceLine x={now.x} stroke="var(--g-edge)">
              <Label content={({ viewBox }) => <NowLabel text={now.label} box={viewBox} anchor={anchor} />} />
            </ReferenceLine>
          )}
          {series.map((one, index) =>
            one.band ? (
              <Area
                key={one.key}
                dataKey={one.key}
                stroke="none"
                fill={colourOf(one, index)}
                fillOpacity={0.16}
                isAnimationActive={false}
                activeDot={false}
              />
            ) : bars ? (
              <Bar
                key={one.key}
                dataKey={one.key}
                fill={colourOf(one, index)}
                maxBarSize={28}
                minPointSize={(value) => (value ? 2 : 0)}
                isAnimationActive={false}
              />
            ) : (
              <Line
                key={one.key}
                dataKey={one.key}
                stroke={colourOf(one, index)}
                strokeWidth={1.75}
                type="linear"
                strokeDasharray={one.forecast ? "4 4" : undefined}
                dot={({ cx, cy, index: at }) =>
                  alone(points, one.key, at) ? (
                    <circle key={at} cx={cx} cy={cy} r={3.5} fill={colourOf(one, index)} />
                  ) : (
                    <g key={at} />
                  )
                }
                isAnimationActive={false}
                label={<EndLabel text={one.label} last={endOf(points, one.key)} shift={shifts[one.key] ?? 0} />}
              />
            ),
          )}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

/** The names of bars, which have no end to stand at. */
function Names({ series }: { series: Series[] }) {
  return (
    <p className={css.names}>
      {series.map((one, index) => (
        <span key={one.key}>
          <i style={{ background: colourOf(one, index) }} />
          {one.label}
        </span>
      ))}
    </p>
  );
}

/** The word for now above its rule; at the edges it keeps inside. */
function NowLabel({ text, box, anchor }: { text: string; box: unknown; anchor: "start" | "middle" | "end" }) {
  const { x, y } = box as { x: number; y: number };
  return (
    <text x={x} y={y - 7} textAnchor={anchor}>
      {text}
    </text>
  );
}

/** The name of a series at its last point, in place of a legend. */
function EndLabel(props: {
  text: string;
  last: number;
  shift: number;
  index?: number;
  x?: number | string;
  y?: number | string;
}) {
  if (props.index !== props.last || !Number.isFinite(Number(props.x)) || props.y == null) return null;
  return (
    <text x={Number(props.x) + 8} y={Number(props.y)} dy={4 - props.shift} style={{ fill: "var(--g-ink)" }}>
      {props.text}
    </text>
  );
}

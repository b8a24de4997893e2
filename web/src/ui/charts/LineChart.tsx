import {
  Area,
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
import { apart, ChartTip, colourOf, type Series } from "./parts";

interface Props {
  /** One object a point: `{ x: "2026-11-24", sent: 12, opened: 4 }`. For a band give `[low, high]`. */
  points: Record<string, unknown>[];
  series: Series[];
  /** The x value in words. */
  sayX: (x: string) => string;
  /** A y value in words. */
  sayY: (y: number) => string;
  /** A target, as a gold line. */
  target?: { value: number; label: string };
  /** The x value of now, as a thin rule. */
  now?: { x: string; label: string };
  height?: number;
}

/** Lines over time: series are named at their last known point, uncertainty is a band, a target a gold line. */
export default function LineChart({ points, series, sayX, sayY, target, now, height = 260 }: Props) {
  const shifts = apart(points, series, height);
  return (
    <div className={css.plot}>
      <ResponsiveContainer width="100%" height={height}>
        <ComposedChart data={points} margin={{ top: 12, right: 96, bottom: 0, left: 0 }} accessibilityLayer>
          <CartesianGrid vertical={false} stroke="var(--g-line)" />
          <XAxis
            dataKey="x"
            tickFormatter={sayX}
            tickLine={false}
            axisLine={{ stroke: "var(--g-line-strong)" }}
            minTickGap={32}
          />
          <YAxis tickFormatter={sayY} tickLine={false} axisLine={false} width={52} />
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
              <Label value={now.label} position="top" />
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
            ) : (
              <Line
                key={one.key}
                dataKey={one.key}
                stroke={colourOf(one, index)}
                strokeWidth={1.75}
                type="monotone"
                strokeDasharray={one.forecast ? "4 4" : undefined}
                dot={false}
                isAnimationActive={false}
                label={
                  <EndLabel
                    text={one.label}
                    last={points.findLastIndex((point) => point[one.key] != null)}
                    shift={points.at(-1)?.[one.key] == null ? 0 : (shifts[one.key] ?? 0)}
                  />
                }
              />
            ),
          )}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
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

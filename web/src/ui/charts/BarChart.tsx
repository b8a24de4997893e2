import {
  Bar,
  BarChart as Bars,
  CartesianGrid,
  LabelList,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import css from "./charts.module.css";
import { ChartTip, colourOf, type Series } from "./parts";

interface Props {
  /** One object a bar (or group of bars): `{ x: "Men's", visits: 3894 }`. */
  points: Record<string, unknown>[];
  series: Series[];
  sayX: (x: string) => string;
  sayY: (y: number) => string;
  target?: number;
  /** Series on top of each other. */
  stacked?: boolean;
  height?: number;
}

/** Bars with their values written on them; horizontal, so that names have room. */
export default function BarChart({ points, series, sayX, sayY, target, stacked, height }: Props) {
  const rows = points.length * (stacked ? 1 : series.length);
  return (
    <div className={css.plot}>
      <ResponsiveContainer width="100%" height={height ?? rows * 34 + 24}>
        <Bars
          data={points}
          layout="vertical"
          margin={{ top: 4, right: 64, bottom: 0, left: 0 }}
          barCategoryGap="28%"
          accessibilityLayer
        >
          <CartesianGrid horizontal={false} stroke="var(--g-line)" />
          <XAxis type="number" hide />
          <YAxis type="category" dataKey="x" tickFormatter={sayX} tickLine={false} axisLine={false} width={132} />
          <Tooltip
            content={<ChartTip series={series} sayX={sayX} sayY={sayY} />}
            cursor={{ fill: "var(--g-hover)" }}
            isAnimationActive={false}
          />
          {target !== undefined && (
            <ReferenceLine x={target} stroke="var(--g-gold)" strokeWidth={1.5} ifOverflow="extendDomain" />
          )}
          {series.map((one, index) => (
            <Bar
              key={one.key}
              dataKey={one.key}
              fill={colourOf(one, index)}
              radius={stacked ? 0 : 2}
              maxBarSize={22}
              stackId={stacked ? "all" : undefined}
              isAnimationActive={false}
            >
              {!stacked && (
                <LabelList
                  dataKey={one.key}
                  position="right"
                  formatter={(value) => sayY(Number(value))}
                  style={{ fill: "var(--g-ink)" }}
                />
              )}
            </Bar>
          ))}
        </Bars>
      </ResponsiveContainer>
    </div>
  );
}

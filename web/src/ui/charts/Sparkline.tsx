/** A small trend without axes: the shape only, the last point marked. Decoration beside a number. */
export function Sparkline({ values, width = 120, height = 28 }: { values: number[]; width?: number; height?: number }) {
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const x = (index: number) => (index / (values.length - 1)) * (width - 6) + 2;
  const y = (value: number) => height - 3 - ((value - low) / span) * (height - 6);
  const line = values
    .map((value, index) => `${index ? "L" : "M"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`)
    .join("");
  const last = values.length - 1;
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" style={{ marginTop: 6 }}>
      <path d={`${line}L${x(last)} ${height}L${x(0)} ${height}Z`} fill="var(--g-accent)" opacity="0.09" />
      <path
        d={line}
        fill="none"
        stroke="var(--g-accent)"
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      <circle cx={x(last)} cy={y(values[last] ?? low)} r="2.25" fill="var(--g-accent)" />
    </svg>
  );
}

import { useFormat } from "@/lib/format";
import css from "./UpSet.module.css";
import { useT } from "./useT";

export interface SetRow {
  id: string;
  name: string;
}
export interface SetShare {
  audiences: string[];
  people: number;
}

const COLUMN = 44;
const ROW = 26;
const BARS = 120;
const HEAD = 18;
const MOST = 16;

/** How sets overlap: a bar for every combination that somebody is in, and below it the dots of the sets it is made of. */
export function UpSet({ sets, shares }: { sets: SetRow[]; shares: SetShare[] }) {
  const t = useT();
  const format = useFormat();
  const shown = shares.slice(0, MOST);
  const most = Math.max(1, ...shown.map(({ people }) => people));
  const name = ({ audiences }: SetShare) => {
    const [inside, outside] = [
      sets.filter(({ id }) => audiences.includes(id)),
      sets.filter(({ id }) => !audiences.includes(id)),
    ].map((some) => some.map((one) => one.name).join(", "));
    return outside ? t("upset.only", { inside: inside ?? "", outside }) : t("upset.every", { inside: inside ?? "" });
  };
  const width = shown.length * COLUMN;
  const height = HEAD + BARS + 12 + sets.length * ROW;
  const middle = (row: number) => HEAD + BARS + 12 + row * ROW + ROW / 2;
  return (
    <div className={css.upset}>
      <ul className={css.names} style={{ paddingTop: HEAD + BARS + 12 }}>
        {sets.map(({ id, name: label }) => {
          const size = shares.reduce((sum, one) => sum + (one.audiences.includes(id) ? one.people : 0), 0);
          return (
            <li key={id} style={{ height: ROW }}>
              <span title={label}>{label}</span>
              <small>{format.number(size)}</small>
            </li>
          );
        })}
      </ul>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys */}
      <section className={css.scroll} tabIndex={0} aria-label={t("upset.label")}>
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={shown.map((one) => `${name(one)}: ${one.people}`).join("; ")}
        >
          {sets.map(({ id }, row) => (
            <rect
              key={id}
              className={css.stripe}
              data-odd={row % 2 === 1 || undefined}
              x={0}
              y={middle(row) - ROW / 2}
              width={width}
              height={ROW}
            />
          ))}
          {shown.map((share, column) => {
            const x = column * COLUMN + COLUMN / 2;
            const bar = Math.max(2, (share.people / most) * BARS);
            const rows = sets.flatMap(({ id }, row) => (share.audiences.includes(id) ? [row] : []));
            return (
              <g key={share.audiences.join(" ")} className={css.column}>
                <title>{`${name(share)}: ${format.number(share.people)}`}</title>
                <rect className={css.hover} x={column * COLUMN} y={0} width={COLUMN} height={height} />
                <rect className={css.bar} x={x - 11} y={HEAD + BARS - bar} width={22} height={bar} rx={2} />
                <text className={css.value} x={x} y={HEAD + BARS - bar - 5}>
                  {format.compact(share.people)}
                </text>
                <line className={css.line} x1={x} x2={x} y1={middle(rows[0] ?? 0)} y2={middle(rows.at(-1) ?? 0)} />
                {sets.map(({ id }, row) => (
                  <circle
                    key={id}
                    className={css.dot}
                    data-on={rows.includes(row) || undefined}
                    cx={x}
                    cy={middle(row)}
                    r={5.5}
                  />
                ))}
              </g>
            );
          })}
        </svg>
      </section>
    </div>
  );
}

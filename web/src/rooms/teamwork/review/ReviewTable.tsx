import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useT } from "../useT";
import css from "./ReviewTable.module.css";

const MOST = 12;

interface Props<Row> {
  heads: { label: string; className?: string }[];
  rows: Row[];
  /** A row of the table; it brings its own key. */
  children: (row: Row) => ReactNode;
  /** What stands below once every row is shown. */
  more?: ReactNode;
}

/** A table of a review: the first rows of a long one, with the button that shows all of them. */
export function ReviewTable<Row>({ heads, rows, children, more }: Props<Row>) {
  const t = useT();
  const [all, setAll] = useState(false);
  const folded = !all && rows.length > MOST + 1;
  return (
    <>
      <div className={css.scroll}>
        <table className={css.table}>
          <thead>
            <tr>
              {heads.map(({ label, className }) => (
                <th key={label} scope="col" className={className}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{(folded ? rows.slice(0, MOST) : rows).map(children)}</tbody>
        </table>
      </div>
      {folded ? (
        <Button size="xs" variant="subtle" color="gray" onClick={() => setAll(true)}>
          {t("review.all", { count: rows.length })}
        </Button>
      ) : (
        more
      )}
    </>
  );
}

import { IconBaselineDensitySmall, IconColumns3 } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Menu } from "../Menu";
import { useT } from "../useT";
import { type Column, columnChoice, dense } from "./DataTable";
import css from "./TableTools.module.css";

interface Props<Row> {
  id: string;
  columns: Column<Row>[];
  count: string;
  children: ReactNode;
}

/** The count line of a table and its quiet controls: columns and density. */
export function TableTools<Row>({ id, columns, count, children }: Props<Row>) {
  const t = useT();
  const choice = columnChoice.use()[id] ?? {};
  const isDense = dense.use();
  const shown = (column: Column<Row>) => choice[column.id] ?? !column.optional;
  return (
    <div className={css.tools}>
      <span className={css.count} role="status">
        {count}
      </span>
      {children}
      <Menu
        className={css.tool}
        label={t("table.columns")}
        title={t("table.columns")}
        entries={columns.slice(1).map((column) => ({
          label: column.title,
          checked: shown(column),
          stay: true,
          act: () => columnChoice.set((now) => ({ ...now, [id]: { ...now[id], [column.id]: !shown(column) } })),
        }))}
      >
        <IconColumns3 size={16} />
      </Menu>
      <button
        type="button"
        className={css.tool}
        aria-label={t("table.dense")}
        title={t("table.dense")}
        aria-pressed={isDense}
        onClick={() => dense.set((now) => !now)}
      >
        <IconBaselineDensitySmall size={16} />
      </button>
    </div>
  );
}

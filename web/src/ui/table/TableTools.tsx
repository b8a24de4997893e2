import { ActionIcon, Menu } from "@mantine/core";
import { IconBaselineDensitySmall, IconCheck, IconColumns3 } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useT } from "../useT";
import { type Column, columnChoice, dense } from "./DataTable";
import css from "./DataTable.module.css";

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
      <Menu position="bottom-end" closeOnItemClick={false} width={220}>
        <Menu.Target>
          <ActionIcon aria-label={t("table.columns")} color="gray" size={28}>
            <IconColumns3 size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t("table.columns")}</Menu.Label>
          {columns.slice(1).map((column) => (
            <Menu.Item
              key={column.id}
              role="menuitemcheckbox"
              aria-checked={shown(column)}
              leftSection={<IconCheck size={14} style={{ opacity: shown(column) ? 1 : 0 }} />}
              onClick={() => columnChoice.set((now) => ({ ...now, [id]: { ...now[id], [column.id]: !shown(column) } }))}
            >
              {column.title}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <ActionIcon
        aria-label={t("table.dense")}
        aria-pressed={isDense}
        color="gray"
        size={28}
        variant={isDense ? "light" : "subtle"}
        onClick={() => dense.set((now) => !now)}
      >
        <IconBaselineDensitySmall size={16} />
      </ActionIcon>
    </div>
  );
}

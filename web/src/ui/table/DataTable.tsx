import { Checkbox } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconArrowDown, IconArrowsSort, IconArrowUp } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import type { Keyset } from "@/api/hooks";
import { makeStoredStore } from "@/api/store";
import { useGo } from "@/lib/links";
import type { Sort } from "@/lib/url";
import { ErrorState } from "../states";
import { useT } from "../useT";
import band from "./Bulk.module.css";
import css from "./DataTable.module.css";
import { SidePanel } from "./SidePanel";
import { TableTools } from "./TableTools";

export interface Column<Row> {
  id: string;
  title: string;
  cell: (row: Row) => ReactNode;
  /** Pixels; a column without one shares what is left. */
  width?: number;
  /** `end` for numbers. */
  align?: "end";
  /** The name by which the API sorts. */
  sort?: string;
  /** Leaves the column out on narrow screens. */
  hide?: "phone" | "tablet";
  /** Not shown until chosen in the column chooser. */
  optional?: boolean;
}

export interface Selection {
  /** Keys of the chosen rows; when `all`, every row that matches the filter is chosen instead. */
  keys: ReadonlySet<string>;
  all: boolean;
  count: number;
  clear: () => void;
}

interface Props<Row> {
  /** Names what is remembered on this machine (columns). */
  id: string;
  /** What the table holds, for screen readers. */
  label: string;
  columns: Column<Row>[];
  list: Keyset<Row>;
  rowKey: (row: Row) => string;
  /** A row in words, for its checkbox and panel. */
  rowName: (row: Row) => string;
  /** The row's page inside the workspace: ⌘Enter, and Enter or a click when there is no panel. */
  to?: (row: Row) => string;
  /** The side panel of a row: Enter or a click. */
  panel?: (row: Row) => ReactNode;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  /** Buttons of the bulk bar. Giving it makes rows selectable. */
  bulk?: (selection: Selection) => ReactNode;
  /** "4,212 of 64,000 people". */
  count?: (shown: number, matching: number | undefined, total: number | undefined) => string;
  /** Shown instead of the table when there are no rows. */
  empty: ReactNode;
  /** More controls at the right of the count line. */
  tools?: ReactNode;
  /** Rows of two lines. */
  tall?: boolean;
}

export const dense = makeStoredStore("gonfalon.dense", false);

/** What a column without a width keeps beside the panel: enough for a name. */
const NAME = 220;

/** A list of anything: pages by scroll, sorts, selects, opens; everything with the keyboard too. */
export function DataTable<Row>(props: Props<Row>) {
  const { list, rowKey, rowName, to, panel, bulk } = props;
  const t = useT();
  const go = useGo();
  const isDense = dense.use();
  const columns = useColumns(props);
  const [chosen, setChosen] = useState<Set<string>>(new Set());
  const [all, setAll] = useState(false);
  const [focus, setFocus] = useState(0);
  const [open, setOpen] = useState<string>();
  const scroller = useRef<HTMLDivElement>(null);
  const height = props.tall ? 52 : isDense ? 28 : 36;
  const { rows } = list;

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
  });
  // A changed row height must be measured again.
  useEffect(() => virtual.measure(), [height]);
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (list.more && lastShown >= rows.length - 30) list.loadMore();
  }, [lastShown, rows.length, list]);

  if (list.state === "failed") return <ErrorState error={list.error} onRetry={list.retry} />;
  if (list.state === "ready" && rows.length === 0) return <>{props.empty}</>;

  const clear = () => {
    setChosen(new Set());
    setAll(false);
  };
  const toggle = (key: string) => {
    setAll(false);
    setChosen((now) => {
      const next = new Set(now);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  };
  const focusRow = (index: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    setFocus(next);
    virtual.scrollToIndex(next);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`tr[data-index="${next}"]`)?.focus());
  };
  const openRow = (row: Row, page: boolean) => {
    if (panel && !page) setOpen(rowKey(row));
    else if (to) go(to(row));
  };
  const onRowKey = (event: KeyboardEvent<HTMLTableRowElement>, row: Row, index: number) => {
    if (event.target !== event.currentTarget) return;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 20, PageUp: -20, j: 1, k: -1 };
    const step = event.metaKey || event.ctrlKey ? undefined : steps[event.key];
    if (step !== undefined) {
      if (event.shiftKey && bulk) toggle(rowKey(row));
      focusRow(index + step);
    } else if (event.key === "Home") focusRow(0);
    else if (event.key === "End") focusRow(rows.length - 1);
    else if (event.key === "Enter") openRow(row, event.metaKey || event.ctrlKey);
    else if ((event.key === " " || event.key === "x") && bulk) toggle(rowKey(row));
    else if (event.key === "Escape" && chosen.size) clear();
    else return;
    event.preventDefault();
  };
  const onRowClick = (event: MouseEvent<HTMLTableRowElement>, row: Row, index: number) => {
    if ((event.target as HTMLElement).closest("a, button, input, label")) return;
    if (getSelection()?.toString()) return;
    setFocus(index);
    openRow(row, event.metaKey || event.ctrlKey);
  };
  const opened = rows.find((row) => rowKey(row) === open);
  const closePanel = () => {
    setOpen(undefined);
    scroller.current?.querySelector<HTMLElement>(`tr[data-index="${focus}"]`)?.focus();
  };
  const selection: Selection = {
    keys: chosen,
    all,
    count: all ? (list.matching ?? rows.length) : chosen.size,
    clear,
  };
  const before = items[0]?.start ?? 0;
  const after = items.length ? virtual.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  const span = columns.length + (bulk ? 1 : 0);

  return (
    <div className={css.root} data-dense={isDense || undefined}>
      {selection.count > 0 && bulk ? (
        <div className={band.bulk} role="toolbar" aria-label={t("table.bulk")}>
          <strong className="g-num" aria-live="polite">
            {t("table.selected", { count: selection.count })}
          </strong>
          {!all && list.matching !== undefined && chosen.size === rows.length && list.matching > rows.length && (
            <button type="button" className={band.link} onClick={() => setAll(true)}>
              {t("table.selectAll", { count: list.matching })}
            </button>
          )}
          <span className={band.bulkActions}>{bulk(selection)}</span>
          <button type="button" className={band.link} onClick={clear}>
            {t("table.clear")}
          </button>
        </div>
      ) : (
        <TableTools
          id={props.id}
          columns={props.columns}
          count={list.state === "ready" ? (props.count?.(rows.length, list.matching, list.total) ?? "") : ""}
        >
          {props.tools}
        </TableTools>
      )}
      <div className={css.body}>
        <div className={css.scroll} ref={scroller}>
          <table
            className={css.table}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows are chosen and opened with the keyboard
            role="grid"
            aria-label={props.label}
            aria-rowcount={list.matching ?? rows.length}
            aria-busy={list.state === "loading" || list.loadingMore}
            style={
              opened !== undefined ? { minWidth: columns.reduce((sum, { width = NAME }) => sum + width, 0) } : undefined
            }
          >
            <colgroup>
              {bulk && <col style={{ width: 40 }} />}
              {columns.map(({ id, width }) => (
                <col key={id} style={width ? { width } : undefined} />
              ))}
            </colgroup>
            <thead>
              <tr>
                {bulk && (
                  <th scope="col" className={css.check}>
                    <Checkbox
                      size="xs"
                      aria-label={t("table.selectShown")}
                      checked={rows.length > 0 && chosen.size === rows.length}
                      indeterminate={chosen.size > 0 && chosen.size < rows.length}
                      onChange={(event) => {
                        setAll(false);
                        setChosen(new Set(event.currentTarget.checked ? rows.map(rowKey) : []));
                      }}
                    />
                  </th>
                )}
                {columns.map((column) => (
                  <Heading key={column.id} column={column} sort={props.sort} onSort={props.onSort} />
                ))}
              </tr>
            </thead>
            <tbody>
              {list.state === "loading" &&
                Array.from({ length: 14 }, (_, index) => (
                  <SkeletonRow key={index} span={span} height={height} index={index} />
                ))}
              {before > 0 && <Spacer height={before} span={span} />}
              {items.map(({ index }) => {
                const row = rows[index];
                if (row === undefined) return null;
                const key = rowKey(row);
                const selected = all || chosen.has(key);
                return (
                  <tr
                    key={key}
                    data-index={index}
                    aria-rowindex={index + 2}
                    aria-selected={bulk ? selected : undefined}
                    data-open={key === open || undefined}
                    data-pointing={panel || to ? true : undefined}
                    tabIndex={index === focus ? 0 : -1}
                    style={{ height }}
                    onKeyDown={(event) => onRowKey(event, row, index)}
                    onClick={(event) => onRowClick(event, row, index)}
                  >
                    {bulk && (
                      <td className={css.check}>
                        <Checkbox
                          size="xs"
                          tabIndex={-1}
                          aria-label={t("table.select", { name: rowName(row) })}
                          checked={selected}
                          onChange={() => toggle(key)}
                        />
                      </td>
                    )}
                    {columns.map(({ id, cell, align }) => (
                      <td key={id} data-align={align}>
                        {cell(row)}
                      </td>
                    ))}
                  </tr>
                );
              })}
              {after > 0 && <Spacer height={after} span={span} />}
              {list.loadingMore && <SkeletonRow span={span} height={height} index={1} />}
            </tbody>
          </table>
        </div>
        {opened !== undefined && panel && (
          <SidePanel title={rowName(opened)} onClose={closePanel} to={to?.(opened)}>
            {panel(opened)}
          </SidePanel>
        )}
      </div>
    </div>
  );
}

function useColumns<Row>({ id, columns }: Props<Row>): Column<Row>[] {
  const tablet = useMediaQuery("(width <= 1024px)", false, { getInitialValueInEffect: false });
  const phone = useMediaQuery("(width <= 640px)", false, { getInitialValueInEffect: false });
  const choice = columnChoice.use()[id];
  return useMemo(
    () =>
      columns.filter((column) => {
        const wanted = choice?.[column.id] ?? !column.optional;
        return wanted && !(phone && column.hide) && !(tablet && column.hide === "tablet");
      }),
    [columns, choice, phone, tablet],
  );
}

/** Which columns a person chose, by table. */
export const columnChoice = makeStoredStore<Record<string, Record<string, boolean>>>("gonfalon.columns", {});

function Heading<Row>({ column, sort, onSort }: { column: Column<Row>; sort?: Sort; onSort?: (sort: Sort) => void }) {
  const sorted = column.sort !== undefined && sort?.by === column.sort;
  const Arrow = sort?.down ? IconArrowDown : IconArrowUp;
  return (
    <th
      scope="col"
      data-align={column.align}
      aria-sort={sorted ? (sort?.down ? "descending" : "ascending") : column.sort && onSort ? "none" : undefined}
    >
      {column.sort && onSort ? (
        <button
          type="button"
          onClick={() => onSort({ by: column.sort ?? "", down: sorted ? !sort?.down : column.align === "end" })}
        >
          {column.title}
          {/* Every column that can be sorted shows that it can. */}
          {sorted ? <Arrow size={13} /> : <IconArrowsSort size={13} className={css.sortable} />}
        </button>
      ) : (
        column.title
      )}
    </th>
  );
}

function Spacer({ height, span }: { height: number; span: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row of a grid, but nothing in it takes the focus
    <tr aria-hidden="true" className={css.spacer}>
      <td colSpan={span} style={{ height }} />
    </tr>
  );
}

function SkeletonRow({ span, height, index }: { span: number; height: number; index: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row of a grid, but nothing in it takes the focus
    <tr aria-hidden="true" style={{ height }}>
      {Array.from({ length: span }, (_, column) => (
        <td key={column}>
          <span className={css.bone} style={{ width: `${45 + ((index * 37 + column * 29) % 45)}%` }} />
        </td>
      ))}
    </tr>
  );
}

import { SegmentedControl } from "@mantine/core";
import { type ReactNode, useId, useState } from "react";
import { useT } from "../useT";
import css from "./charts.module.css";

interface Props {
  title: string;
  /** A heading of the page itself, where no section is above it. */
  top?: boolean;
  /** One sentence: the point of the chart. */
  point: ReactNode;
  /** The same numbers as a table: head first. */
  table: { head: string[]; rows: ReactNode[][] };
  children: ReactNode;
}

/** A chart with the sentence that says its point, and the same numbers as a table. */
export function Figure({ title, top, point, table, children }: Props) {
  const t = useT();
  const id = useId();
  const Heading = top ? "h2" : "h3";
  const [view, setView] = useState("chart");
  return (
    <figure className={css.figure} aria-labelledby={id}>
      <figcaption>
        <div>
          <Heading id={id}>{title}</Heading>
          <p>{point}</p>
        </div>
        <SegmentedControl
          size="xs"
          className="g-no-print"
          value={view}
          onChange={setView}
          aria-label={t("chart.view")}
          data={[
            { value: "chart", label: t("chart.chart") },
            { value: "table", label: t("chart.table") },
          ]}
        />
      </figcaption>
      {view === "chart" ? (
        children
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <section className={css.table} tabIndex={0} aria-label={title}>
          <table>
            <thead>
              <tr>
                {table.head.map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row, index) => (
                <tr key={index}>
                  {row.map((cell, column) => (
                    <td key={column}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </figure>
  );
}

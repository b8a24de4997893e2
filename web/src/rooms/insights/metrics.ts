import { useMemo } from "react";
import { useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { type Format, useFormat } from "@/lib/format";
import { useLanguage } from "@/lib/i18n";

export type Metric = Shape<"MetricOut">;
export type Unit = Metric["unit"];

/** A metric's value in words: "1,204", "€3,410", "18.3 %". */
export function sayValue(format: Format, unit: Unit, value: number, digits?: number): string {
  if (unit === "money") return format.money(Math.round(value));
  if (unit === "share") return format.percent(value, digits);
  return format.number(Math.round(value));
}

/** The metric catalogue in the reader's language, by key. */
export function useMetrics() {
  const { language } = useLanguage();
  const format = useFormat();
  const { data } = useGet("/metrics", { query: { language } }, { fresh: "static" });
  return useMemo(() => {
    const byKey = new Map((data ?? []).map((metric) => [metric.key, metric]));
    return {
      all: data ?? [],
      name: (key: string) => byKey.get(key)?.name ?? "",
      /** What counts, and the formula where there is one. */
      meaning: (key: string) => {
        const metric = byKey.get(key);
        if (!metric) return "";
        return metric.formula === metric.name ? metric.counts : `${metric.counts}\n${metric.name} = ${metric.formula}`;
      },
      say: (key: string, value: number) => {
        const metric = byKey.get(key);
        return sayValue(format, metric?.unit ?? "count", value, metric?.digits);
      },
      get: (key: string) => byKey.get(key),
    };
  }, [data, format]);
}

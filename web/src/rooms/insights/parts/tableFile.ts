import { csvCell } from "../csv";
import { useMetrics } from "../metrics";
import { type CampaignReport, figureOf } from "../report";
import { useT } from "../useT";

/** Saves every figure of every touchpoint as a CSV file; money in the currency, shares as parts of one. */
export function useTableFile(report: CampaignReport): () => void {
  const t = useT();
  const metrics = useMetrics();
  return () => {
    const digits =
      new Intl.NumberFormat("en", { style: "currency", currency: report.currency }).resolvedOptions()
        .maximumFractionDigits ?? 2;
    const plain = (key: string, value: number | null) =>
      value !== null && metrics.get(key)?.unit === "money" ? Number((value / 10 ** digits).toFixed(digits)) : value;
    const head = [
      t("touchpoint"),
      ...metrics.all.map(({ key, name, unit }) => (unit === "money" ? `${name} (${report.currency})` : name || key)),
    ];
    const line = (name: string, figures: CampaignReport["total"]) => [
      csvCell(name),
      ...metrics.all.map(({ key }) => csvCell(plain(key, figureOf(figures, key).value))),
    ];
    const rows = [
      head.map(csvCell),
      ...report.touchpoints.filter(({ launched_at }) => launched_at).map((one) => line(one.name, one.figures)),
      line(t("total"), report.total),
    ];
    const text = `\uFEFF${rows.map((row) => row.join(",")).join("\r\n")}\r\n`;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    link.download = `${report.name.replace(/[\\/:*?"<>|]/g, "_")}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
}

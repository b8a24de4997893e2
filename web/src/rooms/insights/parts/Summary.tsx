import { useFormat } from "@/lib/format";
import { type CampaignReport, figureOf } from "../report";
import css from "../report.module.css";
import { useT } from "../useT";

/** The whole report in two sentences. */
export function Summary({ report }: { report: CampaignReport }) {
  const t = useT();
  const format = useFormat();
  const value = (metric: string) => figureOf(report.total, metric).value;
  const reached = value("reached") ?? 0;
  const rate = value("click_rate");
  const roi = value("roi");
  const conversions = value("conversions") ?? 0;
  const sentences = [
    t("summary.reached", { reached: format.number(reached), audience: format.number(value("audience") ?? 0) }),
    rate !== null &&
      t("summary.clicked", { clickers: format.number(value("clickers") ?? 0), rate: format.percent(rate) }),
    conversions > 0
      ? t("summary.converted", { count: conversions, revenue: format.money(value("revenue") ?? 0) })
      : t("summary.noConversions"),
    roi !== null &&
      t(roi >= 0 ? "summary.gained" : "summary.lost", {
        cost: format.money(value("cost") ?? 0),
        roi: format.percent(Math.abs(roi), 0),
      }),
  ];
  return <p className={css.summary}>{sentences.filter(Boolean).join(" ")}</p>;
}

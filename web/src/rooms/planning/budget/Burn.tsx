import { useMemo } from "react";
import { useGet } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { Figure, LineChart } from "@/ui/charts";
import { useExactMoney } from "@/ui/numbers";
import { Section } from "@/ui/Page";
import { Await } from "@/ui/states";
import { useT } from "./useT";

/** How the money burns: plan, spending and orders by day, with the forecast as a band. */
export function Burn({ campaignId, over }: { campaignId: string; over: boolean }) {
  const t = useT();
  const format = useFormat();
  const exact = useExactMoney();
  const burn = useGet("/campaigns/{campaign_id}/budget/burn", { path: { campaign_id: campaignId } }, { slow: true });
  const points = useMemo(
    () =>
      (burn.data?.points ?? []).map((point) => ({
        x: point.day,
        planned: point.planned_minor,
        used: point.used_minor,
        spent: point.spent_minor,
        expected: point.expected_minor,
        range: point.low_minor === null ? null : [point.low_minor, point.high_minor],
      })),
    [burn.data],
  );
  return (
    <Section>
      <Await query={burn} lines={6}>
        {({ forecast, today, planned_minor, spent_minor, points: rows }) => (
          <Figure
            title={t("burn")}
            point={
              over
                ? t("burn.over", { spent: exact(spent_minor), planned: exact(planned_minor) })
                : forecast.by_pace_minor === null
                  ? t("burn.early", { total: exact(forecast.by_plan_minor) })
                  : t("burn.point", {
                      expected: exact(forecast.by_pace_minor),
                      low: exact(forecast.low_minor ?? 0),
                      high: exact(forecast.high_minor ?? 0),
                      total: exact(forecast.by_plan_minor),
                    })
            }
            table={{
              head: [t("burn.day"), t("sum.planned"), t("sum.spent"), t("burn.used"), t("burn.expected")],
              rows: rows.map((point) => [
                format.day(point.day),
                exact(point.planned_minor),
                point.spent_minor === null ? "–" : exact(point.spent_minor),
                point.used_minor === null ? "–" : exact(point.used_minor),
                point.expected_minor === null ? "–" : exact(point.expected_minor),
              ]),
            }}
          >
            <LineChart
              points={points}
              series={[
                { key: "range", label: t("burn.range"), band: true, forecast: true },
                { key: "planned", label: t("sum.planned"), colour: 3 },
                { key: "used", label: t("burn.used"), colour: 2 },
                { key: "spent", label: t("sum.spent"), colour: 1 },
                { key: "expected", label: t("burn.expected"), forecast: true },
              ]}
              sayX={(day, short) => (short ? format.dayOfYear(day) : format.day(day))}
              sayY={(minor) => format.compactMoney(minor)}
              now={{ x: today, label: t("burn.today") }}
            />
          </Figure>
        )}
      </Await>
    </Section>
  );
}

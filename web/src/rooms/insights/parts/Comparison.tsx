import { Select } from "@mantine/core";
import { useState } from "react";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { Figure } from "@/ui/charts";
import { Section } from "@/ui/Page";
import { behind, type CampaignReport } from "../report";
import shared from "../report.module.css";
import { useT } from "../useT";
import css from "./Comparison.module.css";

/** What the messages caused: people sent to beside people who, by chance, got nothing. */
export function Comparison({ report }: { report: CampaignReport }) {
  const t = useT();
  const format = useFormat();
  const events = [...new Set(report.groups.flatMap((group) => group.events.map(({ event }) => event)))];
  const compared = report.lifts.length > 0;
  const [chosen, setChosen] = useState<string>();
  // What the campaign is after comes first; the server puts its event before all others.
  const event = chosen ?? events[0];
  if (!event || !report.groups.length) return null;
  const name = (id: string) => report.touchpoints.find((one) => one.id === id)?.name ?? "";
  const rows = report.groups
    .map((group) => {
      const rate = group.events.find((one) => one.event === event);
      const lift =
        group.side === "sent_to"
          ? report.lifts.find((one) => one.touchpoint_id === group.touchpoint_id && one.event === event)
          : undefined;
      const held = group.side === "held_out";
      const label = held ? `${name(group.touchpoint_id)} · ${t("heldOut")}` : name(group.touchpoint_id);
      return { group, rate, lift, held, label, share: rate?.share ?? 0 };
    })
    .sort((a, b) => Number(a.held) - Number(b.held) || b.share - a.share);
  const best = rows.filter(({ lift }) => lift).sort((a, b) => (b.lift?.difference ?? 0) - (a.lift?.difference ?? 0))[0];
  const points = (share: number) =>
    `${share > 0 ? "+" : share < 0 ? "−" : ""}${format.number(Math.abs(share) * 100, 2)}`;
  const said = best?.lift;
  const most = Math.max(...rows.map(({ share }) => share), 0.0001);
  const bare = (share: number) => format.number(Math.abs(share) * 100, 2);
  return (
    <Section card>
      <Figure
        title={compared ? t("compare") : t("compare.rates")}
        point={
          said && best
            ? t(said.low > 0 ? "compare.more" : said.high < 0 ? "compare.less" : "compare.unclear", {
                touchpoint: best.label,
                event,
                points: said.low > 0 || said.high < 0 ? bare(said.difference) : points(said.difference),
                low: points(said.low),
                high: points(said.high),
              })
            : t("compare.none")
        }
        table={{
          head: [
            t("compare.group"),
            t("compare.people"),
            t("compare.had", { event }),
            t("compare.share"),
            t("compare.difference"),
          ],
          rows: rows.map(({ group, rate, lift, label }) => [
            label,
            <A key="p" to={behind(report.campaign_id, { touchpoint_id: group.touchpoint_id, side: group.side }, label)}>
              {format.number(group.people)}
            </A>,
            rate?.people ? (
              <A
                key="e"
                to={behind(
                  report.campaign_id,
                  { touchpoint_id: group.touchpoint_id, side: group.side, event },
                  `${label}: ${event}`,
                )}
              >
                {format.number(rate.people)}
              </A>
            ) : (
              "0"
            ),
            typeof rate?.share === "number" ? format.percent(rate.share, 2) : "–",
            lift
              ? t("compare.interval", {
                  points: points(lift.difference),
                  low: points(lift.low),
                  high: points(lift.high),
                })
              : "–",
          ]),
        }}
      >
        <ul className={css.rates}>
          {rows.map(({ group, rate, label, held, share }) => (
            <li key={`${group.touchpoint_id} ${group.side}`}>
              <span>{label}</span>
              <span className={css.rateBar}>
                <i data-control={held || undefined} style={{ width: `${(share / most) * 100}%` }} />
                <strong>{typeof rate?.share === "number" ? format.percent(rate.share, 2) : "–"}</strong>
              </span>
              <span className={css.rateBase}>{t("compare.of", { people: format.number(group.people) })}</span>
            </li>
          ))}
        </ul>
      </Figure>
      <div className={shared.foot}>
        {events.length > 1 && (
          <Select
            size="xs"
            label={t("compare.event")}
            value={event}
            data={events}
            allowDeselect={false}
            onChange={(value) => value && setChosen(value)}
          />
        )}
        <p className={shared.hint}>{t("compare.note", { days: report.attribution.days ?? 7 })}</p>
      </div>
    </Section>
  );
}

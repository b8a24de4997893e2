import { useFormat } from "@/lib/format";
import { useMetrics } from "@/rooms/insights/metrics";
import { Facts } from "@/ui/Page";
import { SkeletonLines } from "@/ui/states";
import { Unknown } from "@/ui/values";
import shared from "./playbook.module.css";
import type { Retrospective } from "./proposals";
import css from "./RetroFacts.module.css";
import { useT } from "./useT";

export type Result = NonNullable<Retrospective["results"]>[number];
type Known = Retrospective["facts"];

/** Goals against results. */
export function Goal({ results, coming }: { results: Result[]; coming: boolean }) {
  const t = useT();
  const metrics = useMetrics();
  if (coming) return <SkeletonLines lines={2} />;
  if (results.length === 0) return <p className={shared.muted}>{t("retro.noResults")}</p>;
  const say = (metric: string, value: number | null | undefined) =>
    value == null ? <Unknown why={t("retro.unknown")} /> : metrics.say(metric, value);
  return (
    <table className={css.figures}>
      <thead>
        <tr>
          <th scope="col">{t("retro.metric")}</th>
          <th scope="col">{t("retro.baseline")}</th>
          <th scope="col">{t("retro.target")}</th>
          <th scope="col">{t("retro.result")}</th>
        </tr>
      </thead>
      <tbody>
        {results.map(({ metric, value, baseline, target }) => (
          <tr key={metric}>
            <th scope="row">{metrics.name(metric)}</th>
            <td>{say(metric, baseline)}</td>
            <td className={css.target}>{say(metric, target)}</td>
            <td>
              <strong>{say(metric, value)}</strong>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Budget against spent. */
export function Budget({ facts }: { facts: Known }) {
  const t = useT();
  const format = useFormat();
  const off = facts.spent_minor - facts.planned_minor;
  return (
    <Facts
      items={[
        [t("retro.planned"), format.money(facts.planned_minor, facts.currency)],
        [t("retro.spent"), format.money(facts.spent_minor, facts.currency)],
        ...(facts.planned_minor > 0 && off !== 0
          ? [
              [
                t(off > 0 ? "retro.over" : "retro.under"),
                `${format.money(Math.abs(off), facts.currency)} (${format.percent(Math.abs(off) / facts.planned_minor)})`,
              ] as [string, string],
            ]
          : []),
      ]}
    />
  );
}

/** Timeline against its baseline. */
export function Timeline({ facts }: { facts: Known }) {
  const t = useT();
  return (
    <>
      <Facts
        items={[
          [t("retro.done"), t("retro.of", { part: facts.tasks_done, whole: facts.tasks })],
          ...(facts.baselined > 0
            ? ([
                [t("retro.late"), t("retro.of", { part: facts.late, whole: facts.baselined })],
                [t("retro.slip"), t("retro.days", { count: facts.slip_days ?? 0 })],
              ] as [string, string][])
            : ([[t("retro.slip"), t("retro.noBaseline")]] as [string, string][])),
        ]}
      />
      {facts.latest.length > 0 && (
        <ul className={shared.late}>
          {facts.latest.map((task) => (
            <li key={task.name}>{t("retro.lateTask", { name: task.name, count: task.slip_days })}</li>
          ))}
        </ul>
      )}
    </>
  );
}

import { Select } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { useMetrics } from "@/rooms/insights/metrics";
import { FindField } from "@/ui/FindField";
import { Await } from "@/ui/states";
import type { Campaign } from "../words";
import css from "./Evidence.module.css";
import { beside, enough, neededPeople } from "./feasibility";
import shared from "./goals.module.css";
import { useT } from "./useT";

type Past = Shape<"PastResultsOut">;
type Metric = Past["metric"];

interface Props {
  metric: Metric;
  lowerIsBetter: boolean;
  target: number | null;
  campaign: Campaign | undefined;
}

/** What past campaigns reached in the same number, and what the target would take at their rates. */
export function Evidence({ metric, lowerIsBetter, target, campaign }: Props) {
  const t = useT();
  const may = useMay("reports.read");
  const [alike, setAlike] = useState("all");
  const query = {
    metric,
    but: campaign?.id,
    category: alike === "category" ? campaign?.category : undefined,
    type: alike === "type" ? campaign?.type : undefined,
  };
  const past = useGet("/reports/past", { query }, { slow: true, enabled: may });
  return (
    <aside className={css.evidence} aria-label={t("past")}>
      <h3>
        <IconHistory size={16} stroke={1.7} />
        {t("past")}
      </h3>
      {campaign && (
        <Select
          size="xs"
          aria-label={t("past.alike")}
          allowDeselect={false}
          value={alike}
          onChange={(next) => next && setAlike(next)}
          data={[
            { value: "all", label: t("past.all") },
            { value: "category", label: t("past.category") },
            { value: "type", label: t("past.type") },
          ]}
        />
      )}
      {may ? (
        <Await query={past} lines={4}>
          {(found) => <Told past={found} lowerIsBetter={lowerIsBetter} target={target} />}
        </Await>
      ) : (
        <p className={shared.muted}>{t("past.forbidden")}</p>
      )}
    </aside>
  );
}

function Told({ past, lowerIsBetter, target }: { past: Past; lowerIsBetter: boolean; target: number | null }) {
  const t = useT();
  const metrics = useMetrics();
  const say = (value: number) => metrics.say(past.metric, value);
  if (!past.values) return <p className={shared.muted}>{t("past.none")}</p>;
  const { values } = past;
  return (
    <>
      <p className={css.usual}>
        <strong>{say(values.usual)}</strong>
        <span>
          {values.campaigns === 1
            ? t("past.one")
            : t("past.range", { low: say(values.low), high: say(values.high), count: values.campaigns })}
        </span>
      </p>
      {target !== null && past.per_person === null && (
        <p className={css.verdict} data-tone={beside(target, values, lowerIsBetter)}>
          {t(`beside.${beside(target, values, lowerIsBetter)}`)}
        </p>
      )}
      {target !== null && past.per_person && <Feasibility target={target} past={past} rate={past.per_person} />}
      <ul className={shared.past}>
        {past.campaigns.slice(0, 6).map((one) => (
          <li key={one.id}>
            <A to={`/reports/${one.id}`}>{one.name}</A>
            <span>{one.value === null ? "–" : say(one.value)}</span>
          </li>
        ))}
      </ul>
      {past.campaigns.length > 6 && (
        <p className={shared.muted}>{t("past.more", { count: past.campaigns.length - 6 })}</p>
      )}
    </>
  );
}

/** "Needs 11,400 reachable people at your usual rate; this audience has 3,100." */
function Feasibility({ target, past, rate }: { target: number; past: Past; rate: NonNullable<Past["per_person"]> }) {
  const t = useT();
  const format = useFormat();
  const [audience, setAudience] = useState<string | null>(null);
  const counted = useGet(
    "/audiences/{audience_id}/count",
    { path: { audience_id: audience ?? "" } },
    { enabled: audience !== null, slow: true },
  );
  const reach = (counted.data?.reach ?? []).filter(({ channel }) => channel === "email");
  const reachable = audience && counted.data ? Math.max(0, ...reach.map((one) => one.reachable)) : undefined;
  const needed = neededPeople(target, rate);
  const verdict = reachable === undefined ? undefined : enough(reachable, needed);
  const n = (value: number | undefined): ReactNode => (value === undefined ? "–" : format.number(value));
  const steps = (["delivered", "clicked", "converted"] as const).flatMap((key) => {
    const step = past.steps[key];
    return step ? [t(`step.${key}`, { share: format.percent(step.usual) })] : [];
  });
  return (
    <div className={css.feasible}>
      <p className={css.verdict} data-tone={verdict}>
        {t.rich("needs", { people: <strong key="p">{n(needed.usual)}</strong> })}{" "}
        {needed.least !== undefined && needed.least !== needed.most && (
          <span className={shared.muted}>
            {t("needs.range", { least: String(n(needed.least)), most: String(n(needed.most)) })}
          </span>
        )}
      </p>
      <FindField
        among="/audiences"
        size="xs"
        aria-label={t("audience")}
        placeholder={t("audience.hint")}
        clearable
        value={audience}
        onPick={setAudience}
      />
      {verdict && reachable !== undefined && (
        <p className={css.verdict} data-tone={verdict}>
          {t("has", { people: format.number(reachable) })} {t(`enough.${verdict}`)}
        </p>
      )}
      {steps.length > 0 && <p className={shared.muted}>{steps.join(" · ")}</p>}
    </div>
  );
}

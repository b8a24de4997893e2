import { SegmentedControl, Select, Slider } from "@mantine/core";
import { IconClock, IconFileText, IconGauge, IconScale, IconSignature, IconTags, IconUsers } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useGet } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { InstantField } from "@/ui/DateField";
import { FindField } from "@/ui/FindField";
import { NumberField } from "@/ui/numbers";
import { Reasons } from "@/ui/Reasons";
import { useT } from "../useT";
import { withChosen } from "../withChosen";
import type { Touchpoint } from "../words";
import { ContentPreview } from "./ContentPreview";
import type { Reach } from "./LaunchPanel";
import { LinkTags } from "./LinkTags";
import css from "./Planner.module.css";
import shared from "./touchpoints.module.css";
import type { useTouchpoint } from "./useTouchpoint";
import { useWithheld } from "./withheld";

interface Props {
  touchpoint: Touchpoint;
  thing: ReturnType<typeof useTouchpoint>;
  reach: Reach | null;
  disabled: boolean;
}

/** The decisions of a touchpoint in the order in which one makes them. */
export function Planner({ touchpoint, thing, reach, disabled }: Props) {
  const t = useT();
  const senders = useGet("/senders", {});
  const topics = useGet("/topics", {});
  const { draft, change } = thing;
  return (
    <>
      <Block id="audience" icon={<IconUsers size={18} stroke={1.6} />} title={t("plan.audience")}>
        <FindField
          among="/audiences"
          aria-label={t("plan.audience")}
          placeholder={t("plan.audience.hint")}
          disabled={disabled}
          allowDeselect={false}
          value={draft.audience_id}
          chosen={touchpoint.audience}
          onPick={(audience_id) => change({ audience_id }, true)}
          empty={
            <p className={shared.hint}>
              {t("plan.audience.missing")} <A to="/audiences/new">{t("plan.audience.build")}</A>
            </p>
          }
        />
        {reach && draft.audience_id && (
          <ReachBar reach={reach} audienceId={draft.audience_id} holdout={draft.holdout_percent} />
        )}
      </Block>
      <Block id="topic" icon={<IconSignature size={18} stroke={1.6} />} title={t("plan.consent")}>
        <div className={shared.pair}>
          <Select
            label={t("plan.topic")}
            description={t("plan.topic.note")}
            placeholder={t("plan.topic.hint")}
            disabled={disabled}
            allowDeselect={false}
            value={draft.topic_id === null ? null : String(draft.topic_id)}
            data={withChosen(
              (topics.data ?? [])
                .filter((one) => !one.archived_at)
                .map(({ id, name }) => ({ value: String(id), label: name })),
              touchpoint.topic,
            )}
            onChange={(id) => change({ topic_id: id === null ? null : Number(id) }, true)}
          />
          <Select
            label={t("plan.sender")}
            description={t("plan.sender.note")}
            placeholder={t("plan.sender.hint")}
            disabled={disabled}
            allowDeselect={false}
            value={draft.sender_identity_id}
            data={withChosen(
              (senders.data ?? []).map((one) => ({ value: one.id, label: `${one.from_name} <${one.from_address}>` })),
              touchpoint.sender_identity,
            )}
            onChange={(sender_identity_id) => change({ sender_identity_id }, true)}
          />
        </div>
        {senders.data?.length === 0 && (
          <p className={shared.hint}>
            {t("plan.sender.missing")} <A to="/settings/email?sender=new">{t("plan.sender.add")}</A>
          </p>
        )}
      </Block>
      <Block id="content" icon={<IconFileText size={18} stroke={1.6} />} title={t("plan.content")}>
        <ContentPreview
          touchpoint={touchpoint}
          templateId={draft.template_id}
          disabled={disabled}
          onChange={(template_id) => change({ template_id }, true)}
        />
      </Block>
      <Block id="links" icon={<IconTags size={18} stroke={1.6} />} title={t("plan.links")}>
        <LinkTags
          value={draft.utm}
          usual={touchpoint.link_tags}
          disabled={disabled}
          onChange={(utm, now) => change({ utm }, now)}
        />
      </Block>
      <Block id="time" icon={<IconClock size={18} stroke={1.6} />} title={t("plan.time")}>
        <SegmentedControl
          className={css.segments}
          aria-label={t("plan.time")}
          disabled={disabled}
          value={draft.send_at === null ? "launch" : "at"}
          data={[
            { value: "launch", label: t("plan.time.launch") },
            { value: "at", label: t("plan.time.at") },
          ]}
          onChange={(value) => change({ send_at: value === "launch" ? null : nextMorning() }, true)}
        />
        {draft.send_at !== null && (
          <div className={css.narrow}>
            <InstantField
              label={t("plan.time.when")}
              value={draft.send_at}
              required
              disabled={disabled}
              onChange={(send_at) => send_at && change({ send_at })}
            />
          </div>
        )}
      </Block>
      <Block id="pace" icon={<IconGauge size={18} stroke={1.6} />} title={t("plan.pace")}>
        <Pace
          value={draft.per_hour}
          people={reach?.reachable ?? null}
          disabled={disabled}
          onChange={(per_hour, now) => change({ per_hour }, now)}
        />
      </Block>
      <Block id="holdout" icon={<IconScale size={18} stroke={1.6} />} title={t("plan.holdout")}>
        <p className={shared.hint}>{t("plan.holdout.note")}</p>
        <Holdout
          value={draft.holdout_percent}
          people={reach?.reachable ?? null}
          disabled={disabled}
          onChange={(holdout_percent) => change({ holdout_percent })}
        />
      </Block>
    </>
  );
}

function Block({ id, icon, title, children }: { id: string; icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <section className={css.block} id={id} aria-label={title}>
      <h2>
        {icon}
        {title}
      </h2>
      <div>{children}</div>
    </section>
  );
}

/** Tomorrow at ten, in whole minutes: a time to begin with. */
function nextMorning(): string {
  const at = new Date(Date.now() + 86_400_000);
  at.setHours(10, 0, 0, 0);
  return at.toISOString();
}

function ReachBar({ reach, audienceId, holdout }: { reach: Reach; audienceId: string; holdout: number }) {
  const t = useT();
  const withheld = useWithheld();
  const held = Math.round((reach.reachable * holdout) / 100);
  const begin = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
  return (
    <div className={css.reach}>
      <Reasons
        total={reach.audience}
        totalLabel={t("reach.total")}
        parts={[
          { id: "get", label: t("reach.get"), count: reach.reachable - held, tone: "accent" },
          ...(held
            ? [{ id: "holdout", label: begin(t("withheld.holdout")), count: held, tone: "quiet" as const }]
            : []),
          ...Object.entries(reach.withheld)
            .filter(([reason]) => reason !== "holdout")
            .map(([reason, count]) => ({
              id: reason,
              label: begin(withheld(reason)),
              count,
              tone: "quiet" as const,
              to: reason === "over_limit" ? "/settings/contact-limits" : undefined,
            })),
        ]}
      />
      <A to={`/audiences/${audienceId}`}>{t("reach.open")}</A>
    </div>
  );
}

function Pace(props: {
  value: number | null;
  people: number | null;
  disabled: boolean;
  onChange: (perHour: number | null, now?: boolean) => void;
}) {
  const { value, people, disabled, onChange } = props;
  const t = useT();
  const format = useFormat();
  return (
    <>
      <SegmentedControl
        className={css.segments}
        aria-label={t("plan.pace")}
        disabled={disabled}
        value={value === null ? "fast" : "paced"}
        data={[
          { value: "fast", label: t("plan.pace.fast") },
          { value: "paced", label: t("plan.pace.paced") },
        ]}
        onChange={(next) => onChange(next === "fast" ? null : 2000, true)}
      />
      {value !== null && (
        <div className={css.paced}>
          <NumberField
            label={t("plan.pace.perHour")}
            value={value}
            min={1}
            max={10_000_000}
            disabled={disabled}
            onChange={(next) => next && onChange(next)}
          />
          {people !== null && people > 0 && (
            <p className={shared.hint}>
              {t("plan.pace.takes", { people: format.number(people), time: format.duration((people / value) * 3600) })}
            </p>
          )}
        </div>
      )}
    </>
  );
}

function Holdout(props: {
  value: number;
  people: number | null;
  disabled: boolean;
  onChange: (percent: number) => void;
}) {
  const { value, people, disabled, onChange } = props;
  const t = useT();
  const format = useFormat();
  const share = (percent: number) => format.percent(percent / 100, 0);
  return (
    <div className={css.holdout}>
      <Slider
        value={Math.min(value, 50)}
        min={0}
        max={50}
        step={1}
        disabled={disabled}
        label={share}
        marks={[0, 5, 10, 20, 50].map((mark) => ({ value: mark, label: share(mark) }))}
        thumbLabel={t("plan.holdout")}
        onChange={onChange}
      />
      <p>
        {value === 0
          ? t("plan.holdout.none")
          : people === null
            ? t("plan.holdout.share", { share: share(value) })
            : t("plan.holdout.people", {
                share: share(value),
                people: format.number(Math.round((people * value) / 100)),
              })}
      </p>
    </div>
  );
}

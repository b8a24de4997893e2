import { Button, SegmentedControl } from "@mantine/core";
import { IconBaseline, IconCalendarCog, IconCalendarDue, IconClipboardPlus, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useApi } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { useParam } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { later } from "@/ui/later";
import { type MenuEntry, QuietMenu } from "@/ui/PageHead";
import { EmptyState, ErrorState, FormError, SkeletonLines } from "@/ui/states";
import { say } from "@/ui/tray";
import { PagesBeside } from "../playbook/PagesBeside";
import type { Campaign } from "../words";
import { Board } from "./Board";
import { Gantt } from "./Gantt";
import { ListView } from "./ListView";
import { ended, type TaskKind, type Zoom } from "./model";
import { PasteDialog } from "./PasteDialog";
import { PreviewPanel } from "./PreviewPanel";
import { TaskPanel } from "./TaskPanel";
import css from "./timeline.module.css";
import { useT } from "./useT";
import { type Plan, useTimeline } from "./useTimeline";

const CalendarDialog = later(() => import("./CalendarDialog"));
const faces = ["gantt", "board", "list"] as const;
const zooms = ["day", "week", "month"] as const;

/** A campaign's timeline as a Gantt chart, a board or a list; the same tasks, edited in place in each. */
export default function TimelineTab({ campaign }: { campaign: Campaign }) {
  const t = useT();
  const may = useMay("campaigns.write");
  const plan = useTimeline(campaign.id);
  const [fresh, setFresh] = useState<string>();
  const [face, setFace] = useParam("view", matchMedia("(width <= 640px)").matches ? "list" : "gantt");
  const [zoom, setZoom] = useParam("zoom", "week");
  const [open, setOpen] = useParam("task");
  const [pasting, setPasting] = useState<string>();
  const [calendar, setCalendar] = useState(false);
  const { data } = plan;
  if (!data) {
    return plan.query.error ? (
      <ErrorState error={plan.query.error} onRetry={() => void plan.query.refetch()} />
    ) : (
      <SkeletonLines lines={8} height={18} />
    );
  }
  const add = async (kind: TaskKind = "task") => {
    const made = await plan.add({ name: t(`new.${kind}`), kind });
    if (made && face !== "list") setOpen(made.id);
    else if (made) setFresh(made.id);
  };
  const task = open ? plan.tasks.get(open) : undefined;
  return (
    <section className={css.root} aria-label={t("tab")}>
      <div className={css.bar}>
        <SegmentedControl
          size="xs"
          aria-label={t("view")}
          value={face}
          onChange={setFace}
          data={faces.map((value) => ({ value, label: t(`view.${value}`) }))}
        />
        {face === "gantt" && data.tasks.length > 0 && (
          <SegmentedControl
            size="xs"
            aria-label={t("zoom")}
            value={zoom}
            onChange={setZoom}
            data={zooms.map((value) => ({ value, label: t(`zoom.${value}`) }))}
          />
        )}
        <Summary plan={plan} />
        {may && (
          <div className={css.tools}>
            <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={() => void add()}>
              {t("add")}
            </Button>
            <More plan={plan} add={add} paste={() => setPasting("")} calendar={() => setCalendar(true)} />
          </div>
        )}
      </div>
      {data.stale > 0 && (
        <div className={css.stale} role="status">
          <p>{t("stale", { count: data.stale })}</p>
          {may && (
            <Button size="xs" variant="default" onClick={() => void plan.propose([], true)}>
              {t("stale.action")}
            </Button>
          )}
        </div>
      )}
      {!task && <FormError error={plan.error} />}
      {!task && <PreviewPanel plan={plan} />}
      {data.tasks.length === 0 ? (
        <EmptyState
          picture="send"
          title={t("empty.title")}
          action={
            may && (
              <div className={css.tools}>
                <Button onClick={() => void add()}>{t("empty.action")}</Button>
                <Button variant="default" onClick={() => setPasting("")}>
                  {t("paste")}
                </Button>
              </div>
            )
          }
        >
          {t("empty")}
        </EmptyState>
      ) : face === "board" ? (
        <Board plan={plan} may={may} onOpen={setOpen} />
      ) : face === "list" ? (
        <ListView plan={plan} fresh={fresh} setFresh={setFresh} may={may} onOpen={setOpen} onPaste={setPasting} />
      ) : (
        <Gantt plan={plan} may={may} zoom={zoom as Zoom} onOpen={setOpen} />
      )}
      <PagesBeside place="timeline" />
      {task && <TaskPanel key={task.id} plan={plan} task={task} may={may} onClose={() => setOpen("")} />}
      {pasting !== undefined && <PasteDialog plan={plan} text={pasting} onClose={() => setPasting(undefined)} />}
      {calendar && <CalendarDialog onClose={() => setCalendar(false)} />}
    </section>
  );
}

interface MoreProps {
  plan: Plan;
  add: (kind: TaskKind) => void;
  paste: () => void;
  calendar: () => void;
}

/** What is wanted now and then. */
function More({ plan, add, paste, calendar }: MoreProps) {
  const t = useT();
  const format = useFormat();
  const api = useApi();
  const { data } = plan;
  const chosen = data?.baselines.find((baseline) => baseline.chosen);
  const keep = async () => {
    const name = t("baseline.name", { date: format.day(data?.today ?? "") });
    const path = { campaign_id: plan.campaignId };
    const made = await plan.run(() => api.call("post", "/campaigns/{campaign_id}/baselines", { path, body: { name } }));
    if (made) say(t("baseline.kept"));
  };
  const entries: MenuEntry[] = [
    { label: t("add.milestone"), icon: IconPlus, act: () => add("milestone") },
    { label: t("paste"), icon: IconClipboardPlus, act: paste },
    {
      label: t("replan"),
      icon: IconCalendarDue,
      disabled: !data?.tasks.length,
      act: () => data && void plan.propose([{ op: "from_day", day: data.today }], true),
    },
    { label: t("baseline.keep"), icon: IconBaseline, disabled: !data?.tasks.length, act: () => void keep() },
    ...(data?.baselines ?? []).map((baseline, at) => ({
      label: baseline.name,
      heading: at === 0 ? t("baseline") : undefined,
      note: format.day(baseline.created_at),
      checked: baseline.id === chosen?.id,
      act: () =>
        void plan.run(() => api.call("put", "/baselines/{baseline_id}/chosen", { path: { baseline_id: baseline.id } })),
    })),
    { label: t("calendar"), icon: IconCalendarCog, heading: "", act: calendar },
  ];
  return <QuietMenu label={t("more")} entries={entries} />;
}

/** One line: how many tasks, when the last one ends, what is critical, late or slipped. */
function Summary({ plan }: { plan: Plan }) {
  const t = useT();
  const format = useFormat();
  const { data } = plan;
  if (!data?.tasks.length || !data.ends_on) return <span className={css.grow} />;
  const single = data.tasks.filter((task) => !task.group);
  const open = single.filter((task) => !ended(task.state));
  const critical = open.filter((task) => task.critical).length;
  const late = open.filter((task) => task.late_days > 0).length;
  const overdue = open.filter((task) => task.ends_on < data.today).length;
  const slip = Math.max(...data.tasks.map((task) => task.slip_days ?? 0), 0);
  return (
    <p className={css.summary} aria-live="polite">
      {t("summary", { count: single.length, open: open.length, end: format.day(data.ends_on) })}
      {critical > 0 && <span data-critical>{t("summary.critical", { count: critical })}</span>}
      {late > 0 && <span data-late>{t("summary.late", { count: late })}</span>}
      {overdue > 0 && <span data-late>{t("summary.overdue", { count: overdue })}</span>}
      {slip > 0 && <span>{t("summary.slip", { count: slip })}</span>}
    </p>
  );
}

import { ActionIcon, Button, NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useApi, useGet } from "@/api/hooks";
import { Comments } from "@/rooms/teamwork/Comments";
import { Presence } from "@/rooms/teamwork/Presence";
import { Act } from "@/ui/Act";
import { DayField } from "@/ui/DateField";
import { ConfirmDanger, Dialog } from "@/ui/Dialog";
import { NumberField } from "@/ui/numbers";
import { FormError, SkeletonLines } from "@/ui/states";
import { say } from "@/ui/tray";
import { ConflictNote } from "../ConflictNote";
import { useVersioned } from "../useVersioned";
import { type Change, ended, kinds, type LinkKind, linkKinds, states, type TaskKind, type TaskRow } from "./model";
import { PreviewPanel } from "./PreviewPanel";
import css from "./TaskPanel.module.css";
import shared from "./timeline.module.css";
import { useT } from "./useT";
import type { Plan } from "./useTimeline";
import { useDays, Warning } from "./words";

interface Props {
  plan: Plan;
  task: TaskRow;
  may: boolean;
  onClose: () => void;
}

/** All of one task. Words are kept while they are typed; what moves dates is looked at first. */
export function TaskPanel({ plan, task, may, onClose }: Props) {
  const t = useT();
  const { span } = useDays();
  const [deleting, setDeleting] = useState(false);
  const whole = useGet("/tasks/{task_id}", { path: { task_id: task.id } }, { keep: false, fresh: 0 });
  const set = (values: Record<string, unknown>) =>
    void plan.propose([{ op: "set", task_id: task.id, ...values } as Change]);
  const below = [...plan.tasks.values()].filter(({ parent_id }) => parent_id === task.id).length;
  const leaf = may && !task.group;
  const open = leaf && !ended(task.state);
  return (
    <Dialog
      opened
      onClose={() => {
        plan.discard();
        onClose();
      }}
      title={task.group ? t("group") : t(`kind.${task.kind}`)}
      size={620}
      foot={
        <>
          {may && (
            <Button
              variant="subtle"
              color="red"
              style={{ marginRight: "auto" }}
              leftSection={<IconTrash size={14} />}
              onClick={() => setDeleting(true)}
            >
              {t("delete")}
            </Button>
          )}
          <Button
            onClick={() => {
              plan.discard();
              onClose();
            }}
          >
            {t("panel.done")}
          </Button>
        </>
      }
    >
      <div className={shared.panel}>
        <Presence thing={{ kind: "task", id: task.id }} />
        <FormError error={plan.error} />
        <PreviewPanel plan={plan} />
        {whole.data ? <Words task={whole.data} may={may} /> : <SkeletonLines lines={3} height={30} />}
        <p className={css.panelDays}>
          {span(task.starts_on, task.ends_on)} · {t("duration", { count: task.duration_days })}
          {task.slack_days !== null && task.slack_days > 0 && <> · {t("slack", { count: task.slack_days })}</>}{" "}
          <Warning task={task} today={plan.data?.today ?? ""} />
        </p>
        <div className={shared.fields}>
          <Select
            label={t("state")}
            value={task.state}
            disabled={!may}
            allowDeselect={false}
            data={states
              .filter((state) => !task.group || ended(state) || state === task.state)
              .map((value) => ({ value, label: t(`state.${value}`) }))}
            onChange={(state) => state && void plan.move(task, state)}
          />
          <Select
            label={t("owner")}
            value={task.owner_id}
            disabled={!may}
            clearable
            searchable
            data={plan.data?.people.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(owner_id) => set({ owner_id })}
          />
          {!task.group && (
            <>
              <Select
                label={t("kind")}
                value={task.kind}
                disabled={!open}
                allowDeselect={false}
                data={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
                onChange={(kind) => kind && set({ kind: kind as TaskKind })}
              />
              {task.kind === "milestone" ? (
                <DayField
                  label={t("fixed")}
                  value={task.fixed_on}
                  disabled={!open}
                  onChange={(fixed_on) => set({ fixed_on })}
                />
              ) : (
                <Later
                  value={task.duration_days}
                  label={t("days")}
                  disabled={!open}
                  onSave={(n) => set({ duration_days: n ?? 1 })}
                />
              )}
              <Later
                value={task.effort_hours}
                label={t("effort")}
                digits={2}
                disabled={!leaf}
                onSave={(effort_hours) => set({ effort_hours })}
              />
            </>
          )}
          <DayField
            label={t("notBefore")}
            value={task.not_before}
            disabled={!may}
            onChange={(not_before) => set({ not_before })}
          />
          <DayField
            label={t("deadline")}
            value={task.deadline}
            disabled={!may}
            onChange={(deadline) => set({ deadline })}
          />
        </div>
        <Waits plan={plan} task={task} may={may} />
        {leaf && <Repeat plan={plan} task={task} />}
        <div className={css.waits}>
          <h3>{t("talk")}</h3>
          <Comments thing={{ kind: "task", id: task.id }} />
        </div>
      </div>
      <ConfirmDanger
        opened={deleting}
        onClose={() => setDeleting(false)}
        title={t("delete.title", { name: task.name })}
        loses={[
          t("delete.task"),
          ...(below ? [t("delete.below", { count: below })] : []),
          ...(plan.arriving.has(task.id) || plan.leaving.has(task.id) ? [t("delete.links")] : []),
        ]}
        action={t("delete")}
        onConfirm={async () => {
          onClose();
          await plan.remove(task.id);
        }}
      />
    </Dialog>
  );
}

type Whole = NonNullable<ReturnType<typeof useGet<"/tasks/{task_id}">>["data"]>;

function Words({ task, may }: { task: Whole; may: boolean }) {
  const t = useT();
  const api = useApi();
  const path = { task_id: task.id };
  const thing = useVersioned({
    server: task,
    draftOf: ({ name, notes }: Whole) => ({ name, notes }),
    save: (draft, version) =>
      api.save("/tasks/{task_id}", { path, body: { ...draft, touchpoint_id: task.touchpoint_id, version } }),
    load: () => api.call("get", "/tasks/{task_id}", { path }),
  });
  return (
    <>
      <TextInput
        label={t("name")}
        value={thing.draft.name}
        readOnly={!may}
        maxLength={200}
        onBlur={thing.flush}
        onChange={(event) => thing.change({ name: event.currentTarget.value })}
      />
      <Textarea
        label={t("notes")}
        value={thing.draft.notes}
        readOnly={!may}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={20_000}
        onBlur={thing.flush}
        onChange={(event) => thing.change({ notes: event.currentTarget.value })}
      />
      <ConflictNote thing={thing} names={{ name: t("name"), notes: t("notes") }} />
      <FormError error={thing.error} />
    </>
  );
}

/** A number that is saved when one leaves its field. */
function Later(props: {
  value: number | null;
  label: string;
  digits?: number;
  disabled: boolean;
  onSave: (value: number | null) => void;
}) {
  const [value, setValue] = useState(props.value);
  return (
    <NumberField
      label={props.label}
      value={value}
      digits={props.digits}
      max={props.digits ? 100_000 : 2500}
      disabled={props.disabled}
      onChange={setValue}
      onBlur={() => value !== props.value && props.onSave(value)}
    />
  );
}

/** What the task waits for, by kind and lag; the click way of drawing an arrow. */
function Waits({ plan, task, may }: { plan: Plan; task: TaskRow; may: boolean }) {
  const t = useT();
  const links = plan.arriving.get(task.id) ?? [];
  const successor_id = task.id;
  const known = new Set([task.id, ...links.map(({ predecessor_id }) => predecessor_id)]);
  if (!may && links.length === 0) return null;
  return (
    <div className={css.waits}>
      <h3>{t("waits")}</h3>
      {links.map(({ predecessor_id, kind, lag_days }) => (
        <div key={predecessor_id}>
          <span>{plan.tasks.get(predecessor_id)?.name}</span>
          <Select
            size="xs"
            aria-label={t("link.kind")}
            value={kind}
            disabled={!may}
            allowDeselect={false}
            data={linkKinds.map((value) => ({ value, label: t(`link.${value}`) }))}
            onChange={(next) =>
              next &&
              void plan.propose([{ op: "link", predecessor_id, successor_id, kind: next as LinkKind, lag_days }])
            }
          />
          <NumberInput
            size="xs"
            aria-label={t("link.lag")}
            title={t("link.lag")}
            value={lag_days}
            disabled={!may}
            min={-1000}
            max={1000}
            hideControls
            allowDecimal={false}
            onBlur={(event) => {
              const lag = Number(event.currentTarget.value);
              if (Number.isInteger(lag) && lag !== lag_days)
                void plan.propose([{ op: "link", predecessor_id, successor_id, kind, lag_days: lag }]);
            }}
          />
          {may && (
            <ActionIcon
              size={28}
              aria-label={t("link.remove", { name: plan.tasks.get(predecessor_id)?.name })}
              onClick={() => void plan.propose([{ op: "unlink", predecessor_id, successor_id }])}
            >
              <IconTrash size={15} />
            </ActionIcon>
          )}
        </div>
      ))}
      {may && (
        <Select
          aria-label={t("link.add")}
          placeholder={t("link.add")}
          searchable
          limit={50}
          value={null}
          data={[...plan.tasks.values()]
            .filter(({ id }) => !known.has(id))
            .map(({ id, name }) => ({ value: id, label: `${plan.numbers.get(id)}  ${name}` }))}
          onChange={(predecessor_id) =>
            predecessor_id && void plan.propose([{ op: "link", predecessor_id, successor_id, kind: "fs", lag_days: 0 }])
          }
        />
      )}
    </div>
  );
}

const units = ["day", "week", "month"] as const;

/** Makes the task come again. */
function Repeat({ plan, task }: { plan: Plan; task: TaskRow }) {
  const t = useT();
  const api = useApi();
  const [every, setEvery] = useState(1);
  const [unit, setUnit] = useState<(typeof units)[number]>("week");
  const [until, setUntil] = useState<string | null>(null);
  const path = { task_id: task.id };
  if (task.recurring) {
    return (
      <div className={css.repeat}>
        <span>{t("repeat.on")}</span>
        <Button
          size="xs"
          variant="default"
          onClick={async () => {
            const ended = await plan.run(() => api.call("delete", "/tasks/{task_id}/repeat", { path }));
            if (ended) say(t("repeat.stopped", { count: ended.count }));
          }}
        >
          {t("repeat.stop")}
        </Button>
      </div>
    );
  }
  return (
    <details className={css.repeat}>
      <summary>{t("repeat")}</summary>
      <div>
        <NumberField label={t("repeat.every")} value={every} min={1} max={366} onChange={(n) => setEvery(n ?? 1)} />
        <Select
          label={t("repeat.unit")}
          value={unit}
          allowDeselect={false}
          data={units.map((value) => ({ value, label: t(`unit.${value}`) }))}
          onChange={(next) => next && setUnit(next)}
        />
        <DayField label={t("repeat.until")} value={until} min={task.starts_on} onChange={setUntil} />
        <Act
          variant="default"
          disabled={!until}
          onClick={async () => {
            const made = await plan.run(() =>
              api.call("put", "/tasks/{task_id}/repeat", { path, body: { every, unit, until: until ?? "" } }),
            );
            if (made) say(t("repeat.made", { count: made.count }));
          }}
        >
          {t("repeat.make")}
        </Act>
      </div>
    </details>
  );
}

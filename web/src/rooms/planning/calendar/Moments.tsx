import { Button, Checkbox, Select, Textarea, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import { Act } from "@/ui/Act";
import { DayField } from "@/ui/DateField";
import { ConfirmDanger, Dialog } from "@/ui/Dialog";
import { Await, EmptyState, FormError } from "@/ui/states";
import css from "./calendar.module.css";
import lists from "./lists.module.css";
import { fromDay, type Moment, momentKinds, toDay } from "./model";
import { useT } from "./useT";
import { useDays } from "./words";

interface Props {
  /** The moment to be opened at once. */
  open?: string;
  today: number;
  may: boolean;
  onClose: () => void;
}

/** Sales moments, company days and seasons: the list and the form of one. */
export default function Moments({ open, today, may, onClose }: Props) {
  const t = useT();
  const answer = useGet("/calendar/moments", {}, { fresh: 0 });
  const [edited, setEdited] = useState<string | undefined>(open);
  const fresh = fromDay(today);
  return (
    <Dialog opened onClose={onClose} title={t("moments")} size={560}>
      <Await query={answer} lines={5}>
        {(moments) => {
          const one = moments.find(({ id }) => id === edited);
          if (edited === "new" || one)
            return <Form moment={one} day={fresh} may={may} onDone={() => (open ? onClose() : setEdited(undefined))} />;
          return <List moments={inOrder(moments, fresh)} may={may} onEdit={setEdited} />;
        }}
      </Await>
    </Dialog>
  );
}

/** What is still to come by its first day, then what is over. */
const inOrder = (moments: Moment[], today: string) => {
  const over = (one: Moment) => Number(!one.yearly && one.ends_on < today);
  return [...moments].sort((a, b) => over(a) - over(b) || a.starts_on.localeCompare(b.starts_on));
};

function List({ moments, may, onEdit }: { moments: Moment[]; may: boolean; onEdit: (id: string) => void }) {
  const t = useT();
  const days = useDays();
  const add = may && (
    <Button leftSection={<IconPlus size={14} />} onClick={() => onEdit("new")}>
      {t("moment.add")}
    </Button>
  );
  if (!moments.length)
    return (
      <EmptyState picture="plan" title={t("moments.empty.title")} action={add}>
        {t("moments.empty")}
      </EmptyState>
    );
  return (
    <div className={css.stack}>
      <div>{add}</div>
      <ul className={lists.plainList}>
        {moments.map(({ id, name, kind, starts_on, ends_on, yearly }) => (
          <li key={id}>
            <button type="button" onClick={() => onEdit(id)}>
              <b>{name}</b>
              <small>
                {t(`moment.${kind}`)} · {days.range(toDay(starts_on), toDay(ends_on))}
                {yearly && ` · ${t("moment.yearly")}`}
              </small>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface FormProps {
  moment?: Moment;
  day: string;
  may: boolean;
  onDone: () => void;
}

function Form({ moment, day, may, onDone }: FormProps) {
  const t = useT();
  const [draft, setDraft] = useState({
    kind: moment?.kind ?? "sale",
    name: moment?.name ?? "",
    starts_on: moment?.starts_on ?? day,
    ends_on: moment?.ends_on ?? day,
    yearly: moment?.yearly ?? false,
    notes: moment?.notes ?? "",
  });
  const [sure, setSure] = useState(false);
  const create = useSend("post", "/calendar/moments", { onSuccess: onDone });
  const save = useSend("put", "/calendar/moments/{moment_id}", { onSuccess: onDone });
  const remove = useSend("delete", "/calendar/moments/{moment_id}", { onSuccess: onDone });
  const set = (part: Partial<typeof draft>) => setDraft((now) => ({ ...now, ...part }));
  const submit = () =>
    moment
      ? save.mutate({ path: { moment_id: moment.id }, body: { ...draft, version: moment.version } })
      : create.mutate({ body: draft });
  return (
    <form
      className={css.stack}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextInput
        label={t("moment.name")}
        value={draft.name}
        required
        maxLength={200}
        data-autofocus
        disabled={!may}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <div className={css.fields}>
        <Select
          label={t("moment.kind")}
          value={draft.kind}
          allowDeselect={false}
          disabled={!may}
          data={momentKinds.map((value) => ({ value, label: t(`moment.${value}`) }))}
          onChange={(kind) => kind && set({ kind: kind as Moment["kind"] })}
        />
        <DayField
          label={t("moment.first")}
          value={draft.starts_on}
          required
          disabled={!may}
          onChange={(starts_on) =>
            starts_on && set({ starts_on, ends_on: [starts_on, draft.ends_on].sort().at(-1) ?? starts_on })
          }
        />
        <DayField
          label={t("moment.last")}
          value={draft.ends_on}
          required
          min={draft.starts_on}
          disabled={!may}
          onChange={(ends_on) => ends_on && set({ ends_on })}
        />
      </div>
      <Checkbox
        label={t("moment.every")}
        checked={draft.yearly}
        disabled={!may}
        onChange={(event) => set({ yearly: event.currentTarget.checked })}
      />
      <Textarea
        label={t("moment.notes")}
        value={draft.notes}
        autosize
        minRows={2}
        disabled={!may}
        onChange={(event) => set({ notes: event.currentTarget.value })}
      />
      <FormError error={create.error ?? save.error} />
      <div className={css.tools}>
        {moment && may && (
          <Button variant="default" onClick={() => setSure(true)}>
            {t("moment.delete")}
          </Button>
        )}
        <Button variant="default" onClick={onDone}>
          {t("back")}
        </Button>
        {may && (
          <Act type="submit" loading={create.isPending || save.isPending} disabled={!draft.name.trim()}>
            {t("save")}
          </Act>
        )}
      </div>
      {sure && moment && (
        <ConfirmDanger
          opened
          onClose={() => setSure(false)}
          title={t("moment.delete.title", { name: moment.name })}
          loses={[moment.yearly ? t("moment.delete.every") : t("moment.delete.once")]}
          action={t("moment.delete")}
          onConfirm={() => remove.mutateAsync({ path: { moment_id: moment.id } })}
        />
      )}
    </form>
  );
}

import { Button, NumberInput, SegmentedControl, Select, Textarea } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { useGo } from "@/lib/links";
import { useMe } from "@/lib/session";
import { useMembers } from "@/rooms/teamwork/members";
import { FormDialog } from "@/ui/Dialog";
import { RowsField } from "@/ui/RowsField";
import css from "./AskReview.module.css";
import { useT } from "./useT";
import { type ContentKind, type Importance, importances, useStepName } from "./words";

interface Seat {
  user_id: string | null;
  stand_in_id: string | null;
}

interface Draft {
  kind: "draft" | "review";
  quorum: "any" | "all";
  days: number | null;
  seats: Seat[];
}

const NOBODY: Seat = { user_id: null, stand_in_id: null };
const draft = (): Draft => ({ kind: "draft", quorum: "any", days: null, seats: [] });
const review = (): Draft => ({ kind: "review", quorum: "any", days: 2, seats: [NOBODY] });

/** As many drafts as reviews; what is small is looked at once. */
const rounds: Record<Importance, number> = { small: 0, usual: 2, important: 3 };
const proposed = (importance: Importance): Draft[] =>
  rounds[importance] ? Array.from({ length: rounds[importance] }, () => [draft(), review()]).flat() : [review()];

interface Props {
  kind: ContentKind;
  id: string;
  onClose: () => void;
}

/** Who looks at a content, in which steps, and by when. */
export function AskReview({ kind, id, onClose }: Props) {
  const t = useT();
  const go = useGo();
  const nameOf = useStepName();
  const [importance, setImportance] = useState<Importance>("usual");
  const [steps, setSteps] = useState(() => proposed("usual"));
  const [note, setNote] = useState("");
  const ask = useSend("post", "/content-reviews", { onSuccess: (made) => go(`/content-reviews/${made.id}`) });
  const put = (at: number, part: Partial<Draft>) =>
    setSteps((now) => now.map((one, index) => (index === at ? { ...one, ...part } : one)));
  const kinds = steps.map((one) => one.kind);
  const chosen = (seats: Seat[]) =>
    seats.flatMap(({ user_id, stand_in_id }) => (user_id ? [{ user_id, stand_in_id }] : []));
  return (
    <FormDialog
      title={t("ask.title")}
      size={680}
      onClose={onClose}
      onSubmit={() =>
        ask.mutate({
          body: {
            kind,
            content_id: id,
            importance,
            note,
            steps: steps.map((one) => ({ ...one, seats: chosen(one.seats) })),
          },
        })
      }
      action={t("ask.action")}
      busy={ask.isPending}
      disabled={steps.some((one) => one.kind === "review" && chosen(one.seats).length === 0)}
      error={ask.error}
    >
      <div>
        <SegmentedControl
          aria-label={t("importance")}
          value={importance}
          onChange={(value) => {
            setImportance(value as Importance);
            setSteps(proposed(value as Importance));
          }}
          data={importances.map((value) => ({ value, label: t(`importance.${value}`) }))}
        />
        <p className={css.note}>{t(`importance.${importance}.note`)}</p>
      </div>
      {steps.map((step, at) => {
        const round = kinds.slice(0, at + 1).filter((one) => one === step.kind).length;
        const name = nameOf({ kind: step.kind, round, last: !kinds.slice(at + 1).includes(step.kind) });
        return (
          <StepField
            key={at}
            name={name}
            step={step}
            onChange={(part) => put(at, part)}
            onRemove={steps.length > 1 ? () => setSteps(steps.filter((_, index) => index !== at)) : undefined}
          />
        );
      })}
      <div className={css.add}>
        <Button size="xs" variant="default" onClick={() => setSteps([...steps, draft(), review()])}>
          {t("ask.round")}
        </Button>
      </div>
      <Textarea
        label={t("ask.note")}
        description={t("ask.note.hint")}
        autosize
        minRows={2}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

interface StepProps {
  name: string;
  step: Draft;
  onChange: (part: Partial<Draft>) => void;
  onRemove: (() => void) | undefined;
}

function StepField({ name, step, onChange, onRemove }: StepProps) {
  const t = useT();
  const me = useMe();
  const everybody = useMembers().filter(({ role }) => role !== "guest");
  // Whoever asks never decides, unless nobody else is there.
  const people = everybody
    .filter(({ user_id }) => user_id !== me.id || everybody.length === 1)
    .map(({ user_id, name }) => ({ value: user_id, label: name }));
  return (
    <fieldset className={css.step}>
      <legend>{name}</legend>
      <div className={css.how}>
        {step.kind === "review" && step.seats.length > 1 && (
          <Select
            aria-label={`${name}: ${t("quorum")}`}
            data={(["any", "all"] as const).map((value) => ({ value, label: t(`quorum.${value}`) }))}
            allowDeselect={false}
            value={step.quorum}
            onChange={(value) => value && onChange({ quorum: value as Draft["quorum"] })}
          />
        )}
        <NumberInput
          aria-label={`${name}: ${t("ask.days")}`}
          placeholder={t("ask.days.none")}
          suffix={t("ask.days.suffix")}
          min={0}
          max={250}
          value={step.days ?? ""}
          onChange={(value) => onChange({ days: value === "" ? null : Number(value) })}
        />
        {onRemove && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconX size={14} />}
            aria-label={t("ask.step.remove", { name })}
            onClick={onRemove}
          >
            {t("ask.remove")}
          </Button>
        )}
      </div>
      {step.kind === "draft" ? (
        <p className={css.note}>{t("ask.draft")}</p>
      ) : (
        <RowsField
          rows={step.seats}
          onChange={(seats) => onChange({ seats })}
          blank={NOBODY}
          add={t("ask.reviewer.add")}
          remove={(at) => t("ask.reviewer.remove", { number: at + 1 })}
          most={20}
          className={css.seat}
        >
          {(seat, put, at) => (
            <>
              <Select
                aria-label={`${name}: ${t("ask.reviewer", { number: at + 1 })}`}
                placeholder={t("ask.reviewer.who")}
                searchable
                data={people}
                value={seat.user_id}
                onChange={(user_id) => put({ user_id })}
              />
              <Select
                aria-label={`${name}: ${t("ask.standIn", { number: at + 1 })}`}
                placeholder={t("ask.standIn.who")}
                searchable
                clearable
                data={people.filter(({ value }) => !step.seats.some(({ user_id }) => user_id === value))}
                value={seat.stand_in_id}
                onChange={(stand_in_id) => put({ stand_in_id })}
              />
            </>
          )}
        </RowsField>
      )}
    </fieldset>
  );
}

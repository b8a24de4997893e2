import { Button, Checkbox } from "@mantine/core";
import { IconAlertTriangle, IconArrowRight, IconBan, IconCircleCheck } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useFormat } from "@/lib/format";
import { Act } from "@/ui/Act";
import { FormError } from "@/ui/states";
import shared from "./calendar.module.css";
import lists from "./lists.module.css";
import { harmless, type MovePreview, toDay } from "./model";
import css from "./PreviewBar.module.css";
import type { CalendarState } from "./useCalendar";
import { useT } from "./useT";
import { useDays } from "./words";

const SHOWN = 3;
const codes = [
  "approval_void",
  "clock_gap",
  "clock_twice",
  "goal_deadline",
  "holiday",
  "launched_stay",
  "outside_campaign",
  "outside_parent",
  "overload",
  "task_deadline",
  "task_held",
  "tasks_after",
  "touchpoints_outside",
  "touchpoints_past",
] as const;

/** What the move that is being thought about shifts and breaks; nothing is written until it is let go and confirmed. */
export function PreviewBar({ calendar }: { calendar: CalendarState }) {
  const t = useT();
  const days = useDays();
  const { moving, busy, discard, apply, letGo, change } = calendar;
  const box = useRef<HTMLElement>(null);
  // Let go, and something has to be decided: the keys go where that is done.
  const deciding = Boolean(
    moving?.asked && !busy && (moving.error || (moving.preview && (moving.again || !harmless(moving.preview)))),
  );
  useEffect(() => {
    if (deciding) box.current?.focus({ preventScroll: true });
  }, [deciding]);
  if (!moving) return null;
  const { entry, move, preview, asked } = moving;
  const quiet = preview && preview.breaks.length === 0 && preview.made.length === 0;
  return (
    <section
      className={css.preview}
      ref={box}
      tabIndex={-1}
      aria-label={t("preview")}
      onKeyDown={(event) => event.key === "Escape" && discard()}
    >
      <div className={css.previewHead}>
        <p role="status">
          {moving.again && <strong>{t("preview.again")} </strong>}
          <b>{entry.name}</b>{" "}
          <span className={css.fromTo}>
            {Number.isNaN(entry.first) ? t("undated.one") : days.long(entry.first)}
            <IconArrowRight size={14} aria-label={t("preview.to")} />
            {move.day ? days.long(toDay(move.day)) : t("undated.one")}
          </span>
        </p>
        {entry.kind === "campaign" && (
          <div className={css.with}>
            <Checkbox
              size="xs"
              label={t("with.touchpoints")}
              checked={move.touchpoints ?? true}
              onChange={(event) => change({ touchpoints: event.currentTarget.checked })}
            />
            <Checkbox
              size="xs"
              label={t("with.tasks")}
              checked={move.tasks ?? true}
              onChange={(event) => change({ tasks: event.currentTarget.checked })}
            />
          </div>
        )}
        <div className={shared.tools}>
          <Button size="xs" variant="default" onClick={discard}>
            {t("discard")}
          </Button>
          <Act
            size="xs"
            loading={busy}
            disabled={!preview || preview.blocked}
            onClick={() => (asked ? apply() : letGo())}
          >
            {t("apply")}
          </Act>
        </div>
      </div>
      <FormError error={moving.error} />
      {preview ? (
        <ul className={lists.findings} aria-live="polite">
          {quiet && (
            <li data-good>
              <IconCircleCheck size={14} aria-hidden="true" />
              {t("preview.fine")}
            </li>
          )}
          {preview.breaks.map((each) => (
            <Broken key={each.code} {...each} />
          ))}
          <Pairs pairs={preview.made} solved={false} />
          <Pairs pairs={preview.solved} solved />
          {preview.shifted > 1 && (
            <li>{t("preview.shifted", { count: preview.shifted - 1, names: names(preview) })}</li>
          )}
          {!preview.counted && <li>{t("preview.uncounted")}</li>}
        </ul>
      ) : (
        !moving.error && <p className={shared.hint}>{t("preview.looking")}</p>
      )}
      {!asked && <p className={shared.hint}>{t("preview.keys")}</p>}
    </section>
  );
}

const names = (preview: MovePreview) =>
  preview.shifts
    .slice(1, SHOWN + 1)
    .map(({ name }) => name)
    .join(", ");

function Broken({ code, level, names: about, values }: MovePreview["breaks"][number]) {
  const t = useT();
  const format = useFormat();
  const known = codes.find((each) => each === code);
  const count = typeof values.count === "number" ? values.count : about.length;
  const day = typeof values.on === "string" ? format.day(values.on) : "";
  const clocks = { asked: String(values.asked ?? ""), at: String(values.at ?? "") };
  const listed = format.list(about.slice(0, SHOWN));
  return (
    <li data-bad={level === "blocking" || undefined} data-look={level === "look" || undefined}>
      {level === "blocking" ? (
        <IconBan size={14} aria-hidden="true" />
      ) : (
        <IconAlertTriangle size={14} aria-hidden="true" />
      )}
      {known ? t(`break.${known}`, { count, names: listed, day, ...clocks }) : code}
    </li>
  );
}

function Pairs({ pairs, solved }: { pairs: MovePreview["made"]; solved: boolean }) {
  const t = useT();
  return pairs.slice(0, SHOWN).map((pair) => (
    <li key={`${pair.one}-${pair.other}`} data-look={!solved || undefined} data-good={solved || undefined}>
      {solved ? <IconCircleCheck size={14} aria-hidden="true" /> : <IconAlertTriangle size={14} aria-hidden="true" />}
      {t(solved ? "preview.solved" : "preview.made", {
        one: pair.one,
        other: pair.other,
        people: pair.people,
        days: pair.days,
      })}
    </li>
  ));
}

import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useFormat } from "@/lib/format";
import css from "./timeline.module.css";
import { useT } from "./useT";
import type { Plan } from "./useTimeline";
import { useDays } from "./words";

const SHOWN = 8;

/** What a change would move, whom it would overload and what it would make late; nothing is written until it is applied. */
export function PreviewPanel({ plan }: { plan: Plan }) {
  const t = useT();
  const format = useFormat();
  const { day, span } = useDays();
  const box = useRef<HTMLElement>(null);
  const { asked } = plan;
  const open = asked !== undefined;
  useEffect(() => {
    if (!open) return;
    const before = document.activeElement;
    box.current?.focus({ preventScroll: true });
    return () => {
      // What was in hand is in hand again, unless the reader has gone elsewhere.
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
    };
  }, [open]);
  if (!asked) return null;
  const { moves, late, held, overloads, now_critical, no_longer_critical, ends_before, ends_on } = asked.preview;
  const nothing = moves.length === 0 && overloads.length === 0 && late.length === 0;
  return (
    <section
      className={css.preview}
      ref={box}
      tabIndex={-1}
      aria-label={t("preview")}
      onKeyDown={(event) => event.key === "Escape" && plan.discard()}
    >
      <div className={css.previewHead}>
        <p role="status">
          {asked.again && <strong>{t("preview.again")} </strong>}
          {nothing ? t("preview.nothing") : t("preview.moves", { count: moves.length })}
          {ends_before && ends_on && ends_before !== ends_on && (
            <> {t("preview.end", { before: day(ends_before), after: day(ends_on) })}</>
          )}
        </p>
        <div className={css.tools}>
          <Button size="xs" variant="default" onClick={plan.discard}>
            {t("discard")}
          </Button>
          <Button size="xs" loading={plan.busy} onClick={() => void plan.apply()}>
            {t("apply")}
          </Button>
        </div>
      </div>
      <div className={css.findings}>
        {held.map(({ id, name, starts_on, by }) => (
          <p key={id}>{t("preview.held", { name, day: day(starts_on), by: format.list(by.slice(0, 3)) })}</p>
        ))}
        {late.length > 0 && (
          <p data-late>
            {t("preview.late", { count: late.length })}{" "}
            {format.list(late.slice(0, SHOWN).map(({ name, days }) => t("preview.late.one", { name, count: days })))}
          </p>
        )}
        {overloads.length > 0 && (
          <p data-late>
            {t("preview.over", { count: overloads.length })}{" "}
            {format.list(
              overloads.slice(0, SHOWN).map(({ owner_id, week, load, capacity }) =>
                t("preview.over.one", {
                  name: plan.people.get(owner_id) ?? "?",
                  week: day(week),
                  load: format.number(load),
                  capacity: format.number(capacity),
                }),
              ),
            )}
          </p>
        )}
        {now_critical.length > 0 && (
          <p>{t("preview.critical", { count: now_critical.length, name: now_critical[0]?.name })}</p>
        )}
        {no_longer_critical.length > 0 && (
          <p>{t("preview.uncritical", { count: no_longer_critical.length, name: no_longer_critical[0]?.name })}</p>
        )}
        {moves.length > 0 && (
          <ul>
            {moves.slice(0, SHOWN).map((move) => (
              <li key={move.id}>
                <span>{move.name}</span>
                <del>{span(move.starts_before, move.ends_before)}</del>
                <ins>{span(move.starts_on, move.ends_on)}</ins>
                <em>{t("preview.days", { count: move.days, sign: move.days > 0 ? "+" : "" })}</em>
              </li>
            ))}
            {moves.length > SHOWN && <li>{t("preview.more", { count: moves.length - SHOWN })}</li>}
          </ul>
        )}
      </div>
    </section>
  );
}

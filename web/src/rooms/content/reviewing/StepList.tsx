import { StateBadge, type Tone } from "@/ui/StateBadge";
import { Name, When } from "@/ui/values";
import css from "./StepList.module.css";
import { useT } from "./useT";
import { type Review, type Step, useStepName } from "./words";

const tones: Record<NonNullable<Step["result"]>, Tone> = { handed_in: "good", yes: "good", changes: "look" };

/** The steps in their order: what came of each, and what is still to come. */
export function StepList({ review }: { review: Review }) {
  const t = useT();
  const nameOf = useStepName();
  return (
    <ol className={css.steps} aria-label={t("steps")}>
      {review.steps.map((step) => {
        const open = review.step === step.position;
        const late = open && step.due_at && step.due_at <= new Date().toISOString();
        return (
          <li key={step.position} data-open={open || undefined} aria-current={open ? "step" : undefined}>
            <header>
              <strong>{nameOf(step)}</strong>
              {step.result ? (
                <StateBadge plain tone={tones[step.result]}>
                  {t(`result.${step.result}`, { version: step.version ?? 0 })}
                </StateBadge>
              ) : (
                open && (
                  <StateBadge plain tone="waiting">
                    {t("step.open")}
                  </StateBadge>
                )
              )}
            </header>
            {step.done_at ? (
              <p className={css.note}>
                <Name>{step.by}</Name> · <When at={step.done_at} />
              </p>
            ) : (
              <p className={css.note} data-late={late || undefined}>
                {step.kind === "draft" ? review.asked_by : t(`quorum.${step.quorum}`)}
                {(step.due_at || step.days !== null) && " · "}
                {step.due_at
                  ? t.rich(late ? "due.late" : "due", { when: <When key="w" at={step.due_at} absolute /> })
                  : step.days !== null && t("due.days", { days: step.days })}
              </p>
            )}
            {step.seats.length > 0 && (
              <ul className={css.seats}>
                {step.seats.map((seat) => (
                  <SeatLine key={`${seat.user_id}${seat.name}`} seat={seat} />
                ))}
              </ul>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function SeatLine({ seat }: { seat: Step["seats"][number] }) {
  const t = useT();
  const { answer, version } = seat;
  const instead = seat.by && !seat.outside && seat.by !== seat.name;
  return (
    <li>
      <span>
        <Name>{seat.name}</Name>
        {seat.outside && <small> · {t("seat.outside")}</small>}
        {!answer && seat.stand_in && <small> · {t("seat.standIn", { name: seat.stand_in })}</small>}
      </span>
      {answer && (
        <StateBadge plain tone={!seat.counts ? "quiet" : answer === "yes" ? "good" : "look"}>
          {t(seat.counts ? `answer.${answer}` : "answer.before", { version: version ?? 0 })}
        </StateBadge>
      )}
      {instead && <small>{t("seat.by", { name: seat.by })}</small>}
      {answer && seat.note && <blockquote>{seat.note}</blockquote>}
    </li>
  );
}

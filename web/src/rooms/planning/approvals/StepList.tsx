import type { ReactNode } from "react";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { StateBadge, type Tone } from "@/ui/StateBadge";
import { Someone, When } from "@/ui/values";
import shared from "./approvals.module.css";
import css from "./StepList.module.css";
import { useT } from "./useT";
import { type Request, useAsked } from "./words";

type Step = Request["steps"][number];
const tones: Record<Step["state"], Tone> = { done: "good", open: "waiting", ahead: "draft", stuck: "bad" };
const verdicts: Record<"approve" | "changes" | "refuse", Tone> = { approve: "good", changes: "look", refuse: "bad" };

/** Who decides in which order, and what they said. */
export function StepList({ request }: { request: Request }) {
  return (
    <ol className={css.steps}>
      {request.steps.map((step) => (
        <StepItem key={step.id} step={step} request={request} />
      ))}
    </ol>
  );
}

function StepItem({ step, request }: { step: Step; request: Request }) {
  const t = useT();
  const format = useFormat();
  const asked = useAsked();
  const over = request.state !== "waiting" && step.state !== "done";
  const due: ReactNode =
    step.due_at &&
    step.state === "open" &&
    t.rich(step.overdue ? "step.overdue" : "step.due", { when: <When at={step.due_at} absolute /> });
  return (
    <li>
      <header>
        <strong>{asked(step.kind, step.label)}</strong>
        <span className={shared.muted}>{t(step.quorum === "all" ? "step.all" : "step.any")}</span>
        {!over && (
          <StateBadge tone={tones[step.state]}>
            {t(step.id === request.decide ? "step.mine" : `step.${step.state}`)}
          </StateBadge>
        )}
      </header>
      {due && (
        <p className={shared.note} data-late={step.overdue || undefined}>
          {due}
        </p>
      )}
      {step.decisions.map((one) => (
        <div key={`${one.by}${one.at}`} className={css.said}>
          <Someone
            name={one.instead_of.length ? t("step.for", { name: one.by, others: format.list(one.instead_of) }) : one.by}
          />
          <StateBadge tone={verdicts[one.verdict]} plain>
            {t(`verdict.${one.verdict}`)}
          </StateBadge>
          <span className={shared.muted}>
            <When at={one.at} />
            {one.alone && ` · ${t("verdict.alone")}`}
          </span>
          {one.reason && <blockquote>{one.reason}</blockquote>}
        </div>
      ))}
      {step.state === "stuck" && (
        <p className={css.stuck}>
          {t(`step.stuck.${step.kind}`)} <A to={fixOf(step, request)}>{t("step.stuck.fix")}</A>
        </p>
      )}
      {!over && step.owners && <p className={shared.note}>{t(step.alone ? "step.alone" : "step.owners")}</p>}
      {(step.state === "open" || step.state === "ahead") && !over && step.people.length > 0 && (
        <p className={shared.note}>
          {format.list(
            step.people.map(({ name, instead_of }) =>
              instead_of.length ? t("step.for", { name, others: format.list(instead_of) }) : name,
            ),
          )}
        </p>
      )}
    </li>
  );
}

function fixOf(step: Step, request: Request): string {
  if (step.kind === "group") return "/settings/approvals";
  if (step.kind === "part" && request.campaign) return `/campaigns/${request.campaign.id}`;
  return "/settings/members";
}

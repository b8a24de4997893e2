import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconLoader } from "@tabler/icons-react";
import type { ReactNode } from "react";
import css from "./LaunchCheck.module.css";
import { SkeletonLines } from "./states";
import { useT } from "./useT";

export interface Check {
  id: string;
  question: string;
  answer: ReactNode;
  state: "good" | "look" | "blocking" | "asking";
  /** The way to fix it: a link or a button. */
  fix?: ReactNode;
}

const icons = { good: IconCircleCheck, look: IconAlertTriangle, blocking: IconCircleX, asking: IconLoader };

/** Questions with answers, each green, to look at, or blocking; one sentence sums it up. Blocking ones come first. */
export function CheckList({ checks, sum }: { checks: Check[] | undefined; sum?: ReactNode }) {
  const t = useT();
  if (!checks) return <SkeletonLines lines={6} height={20} />;
  const order = { blocking: 0, look: 1, asking: 2, good: 3 };
  const sorted = [...checks].sort((a, b) => order[a.state] - order[b.state]);
  return (
    <div className={css.root}>
      {sum && (
        <p className={css.sum} aria-live="polite">
          {sum}
        </p>
      )}
      <ul>
        {sorted.map(({ id, question, answer, state, fix }) => {
          const Icon = icons[state];
          return (
            <li key={id} data-state={state}>
              <Icon size={18} stroke={1.8} className={css.icon} />
              <div>
                <p className={css.question}>
                  {question} <span className={css.state}>{t(`check.${state}`)}</span>
                </p>
                <div className={css.answer}>{answer}</div>
              </div>
              {fix && <div className={css.fix}>{fix}</div>}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

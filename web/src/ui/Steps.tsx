import { IconCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import css from "./Steps.module.css";
import { useT } from "./useT";

interface Props {
  steps: { id: string; label: string /** One line once done: what was chosen. */; done?: ReactNode }[];
  current: string;
  /** Going back to an earlier step; later ones can't be jumped to. */
  onGo?: (id: string) => void;
}

/** Where one is in a short sequence (an import, a set-up). */
export function Steps({ steps, current, onGo }: Props) {
  const t = useT();
  const at = steps.findIndex(({ id }) => id === current);
  return (
    <ol className={css.root} aria-label={t("steps", { at: at + 1, of: steps.length })}>
      {steps.map(({ id, label, done }, index) => {
        const past = index < at;
        const words = (
          <>
            <span className={css.dot}>{past ? <IconCheck size={13} stroke={2.5} /> : index + 1}</span>
            <span className={css.words}>
              {label}
              {past && done && <span className={css.done}>{done}</span>}
            </span>
          </>
        );
        return (
          <li
            key={id}
            data-state={past ? "past" : index === at ? "now" : "next"}
            aria-current={index === at ? "step" : undefined}
          >
            {past && onGo ? (
              <button type="button" onClick={() => onGo(id)}>
                {words}
              </button>
            ) : (
              <span className={css.item}>{words}</span>
            )}
          </li>
        );
      })}
    </ol>
  );
}

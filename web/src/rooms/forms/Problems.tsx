import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import type { Shape } from "@/api/schema";
import type { Field } from "./definition";
import css from "./forms.module.css";
import { useT } from "./useT";

interface Props {
  problems: Shape<"FormProblem">[];
  fields: Field[];
  onGo: (id: string) => void;
  /** Whether the form has changed since it was looked at. */
  stale: boolean;
}

/** What keeps the form from being opened, each with the way to it; as of the last save. */
export function Problems({ problems, fields, onGo, stale }: Props) {
  const t = useT();
  if (problems.length === 0)
    return (
      <p className={css.ready} role="status">
        <IconCircleCheck size={16} /> {t(stale ? "ready.saved" : "ready")}
      </p>
    );
  return (
    <section className={css.problems} role="status" aria-label={t("problems")}>
      <h3>{t("problems")}</h3>
      <ul>
        {problems.map(({ code, field, details }, at) => {
          const about = fields.find(({ id }) => id === field);
          const words = t.told(`problem.${code}` as "problem.form_empty", { attribute: details.attribute ?? "" });
          return (
            <li key={at}>
              <IconAlertTriangle size={16} />
              {about ? (
                <button type="button" className={css.link} onClick={() => onGo(field)}>
                  {about.label || about.title || t(`field.${about.kind}`)}: {words}
                </button>
              ) : (
                words
              )}
            </li>
          );
        })}
      </ul>
      {stale && <p className={css.muted}>{t("problems.stale")}</p>}
    </section>
  );
}

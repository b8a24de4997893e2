import type { ApiError } from "@/api/errors";
import { useFormat } from "@/lib/format";
import css from "./states.module.css";
import { useT } from "./useT";

/** The analytics copy is being built: how far it is. The page looks again by itself and shows its numbers then. */
export function Gathering({ error, inline }: { error: ApiError; inline?: boolean }) {
  const t = useT();
  const format = useFormat();
  const done = Number(error.more.done ?? 0);
  const total = Number(error.more.total ?? 0);
  const stuck = typeof error.more.problem === "string" && error.more.problem !== "";
  return (
    <div className={css.gathering} data-inline={inline || undefined} role="status">
      <p className={css.what}>{t("gathering")}</p>
      {total > 0 && (
        <>
          <progress className={css.progress} value={done} max={total} aria-label={t("gathering")} />
          <p className={css.far}>
            {t("gathering.far", {
              done: format.compact(done),
              total: format.compact(total),
              share: format.percent(done / total, 0),
            })}
          </p>
        </>
      )}
      <p className={css.safe}>{t(stuck ? "gathering.stuck" : "gathering.why")}</p>
    </div>
  );
}

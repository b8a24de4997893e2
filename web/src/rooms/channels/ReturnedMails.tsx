import { A } from "@/lib/links";
import css from "./channels.module.css";
import { useT } from "./useT";

/** How much came back lately, and the way to it. */
export function ReturnedMails({ counts }: { counts: Record<string, number> }) {
  const t = useT();
  const { bounce: bounces = 0, complaint: complaints = 0, delay: delays = 0 } = counts;
  const some = Object.keys(counts).length > 0;
  return (
    <p>
      <span className={css.muted}>
        {some ? t("returns.counts", { bounces, complaints, delays }) : t("returns.none")}
      </span>{" "}
      {some && <A to="/settings/email/returned">{t("returns.open")}</A>}
    </p>
  );
}

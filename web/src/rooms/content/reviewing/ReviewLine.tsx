import { useState } from "react";
import { useGet } from "@/api/hooks";
import { A } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { AskReview } from "./AskReview";
import css from "./ReviewLine.module.css";
import { useT } from "./useT";
import { type ContentKind, ReviewState } from "./words";

/** How the review of a content stands, beside its name; where nobody has asked for one, the way to ask. */
export function ReviewLine({ kind, id }: { kind: ContentKind; id: string }) {
  const t = useT();
  const reads = useMay("settings.read");
  const may = useMay("content.write");
  const [asking, setAsking] = useState(false);
  const found = useGet("/content-reviews/of", { query: { kind, content_id: id } }, { enabled: reads, every: 30_000 });
  if (!reads || found.data === undefined) return null;
  const review = found.data;
  return (
    <>
      {review && (
        <A to={`/content-reviews/${review.id}`} className={css.line}>
          <ReviewState review={review} />
        </A>
      )}
      {may && (!review || review.state === "ended") && (
        <button type="button" className={css.ask} onClick={() => setAsking(true)}>
          {t("ask")}
        </button>
      )}
      {asking && <AskReview kind={kind} id={id} onClose={() => setAsking(false)} />}
    </>
  );
}

import { useEffect } from "react";
import { useGet } from "@/api/hooks";
import { useGo } from "@/lib/links";
import { AskReview } from "./AskReview";
import type { ContentKind } from "./words";

/** Opens the review of a content, or asks for one where there is none. */
export function OpenReview({ kind, id, onClose }: { kind: ContentKind; id: string; onClose: () => void }) {
  const go = useGo();
  const { data } = useGet("/content-reviews/of", { query: { kind, content_id: id } }, { keep: false, fresh: 0 });
  const there = data && data.state !== "ended" ? data.id : undefined;
  useEffect(() => {
    if (there) go(`/content-reviews/${there}`);
  }, [there, go]);
  return data === undefined || there ? null : <AskReview kind={kind} id={id} onClose={onClose} />;
}

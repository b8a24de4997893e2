import { useMemo } from "react";
import { type Page, useLooseGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";

/** The audiences that can be named in a rule or chosen in a list, without one's own. */
export function useAudienceNames(own?: string): { id: string; name: string; kind: string }[] {
  const list = useLooseGet<Page<Shape<"AudienceOut">>>("/audiences", { query: { limit: 200 } }, { slow: true });
  return useMemo(
    () => (list.data?.items ?? []).filter(({ id }) => id !== own).map(({ id, name, kind }) => ({ id, name, kind })),
    [list.data, own],
  );
}

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { type ApiError, waitForCopy } from "@/api/errors";
import { useApi } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useWorkspaceSettings } from "@/lib/workspace";
import type { Written } from "../rule";

type Costs = Shape<"CostsOut">;
/** As many parts of a rule as the API tells apart. */
const MOST_PARTS = 12;

/** What a part of a rule does: how many it means alone, and how many people more or fewer there are through it. */
export interface Cost {
  alone: number;
  change: number;
}

/** What each part of the outermost group costs in people, by its node: one question for all. */
export function useCosts(written: Written): ReadonlyMap<string, Cost> {
  const { slug } = useWorkspaceSettings();
  const { ask } = useApi();
  const { rule, places } = written;
  const parts = Array.isArray(rule.rules) ? rule.rules.length : 0;
  const { data } = useQuery<Costs, ApiError>({
    queryKey: ["w", slug, "/audiences/costs", JSON.stringify(rule)],
    queryFn: () => ask("post", "/audiences/costs", { body: { rule } }),
    enabled: parts > 1 && parts <= MOST_PARTS,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
    meta: { slow: true },
    retry: false,
    refetchInterval: waitForCopy,
  });
  return useMemo(() => {
    const found = new Map<string, Cost>();
    if (!data || data.parts.length !== parts) return found;
    for (const { place, alone, without } of data.parts) {
      const node = places.get(place);
      if (node) found.set(node, { alone, change: data.total - without });
    }
    return found;
  }, [data, parts, places]);
}

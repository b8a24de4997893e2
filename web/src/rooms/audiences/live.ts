import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ApiError, waitForCopy } from "@/api/errors";
import { useApi } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useWorkspaceSettings } from "@/lib/workspace";
import type { RuleJson } from "./rule";

export type Count = Shape<"CountOut">;
export type Reach = Count["reach"][number];

/** What a rule means now: total, reach, some of the people. The last answer stays while a new one is on its way. */
export function useCount(rule: RuleJson, enabled = true) {
  const { slug } = useWorkspaceSettings();
  const { loose } = useApi();
  return useQuery<Count, ApiError>({
    queryKey: ["w", slug, "/audiences/count", JSON.stringify(rule)],
    queryFn: () => loose<Count>("post", "/audiences/count", { body: { rule } }),
    enabled,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
    retry: false,
    refetchInterval: waitForCopy,
  });
}

const EVERYBODY: RuleJson = { kind: "all", rules: [] };
/** How many people there are at all. */
export const useEverybody = () => useCount(EVERYBODY);

export const reachId = ({ channel, topic }: Pick<Reach, "channel" | "topic">) => `${channel} ${topic}`;

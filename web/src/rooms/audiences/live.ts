import { keepPreviousData, type UseQueryResult, useQueries, useQuery } from "@tanstack/react-query";
import { type ApiError, waitForCopy, waitsForCopy } from "@/api/errors";
import { keyOf, useApi } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useWorkspaceSettings } from "@/lib/workspace";
import type { RuleJson } from "./rule";

export type Count = Shape<"CountOut">;
/** A count without anybody of the counted. */
export type Counted = Pick<Count, "total" | "reach">;
export type Reach = Count["reach"][number];

/** What a rule means now: total, reach, some of the people. The last answer stays while a new one is on its way. */
export function useCount(rule: RuleJson, enabled = true) {
  const { slug } = useWorkspaceSettings();
  const { ask } = useApi();
  return useQuery<Count, ApiError>({
    queryKey: ["w", slug, "/audiences/count", JSON.stringify(rule)],
    queryFn: () => ask("post", "/audiences/count", { body: { rule } }),
    enabled,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
    meta: { slow: true },
    retry: false,
    refetchInterval: waitForCopy,
  });
}

/** As many audiences as one question may be about. */
const TOGETHER = 100;

/** What saved audiences mean now, by their ids: one question for every hundred of the list, not one for each row. */
export function useCounts(ids: string[]) {
  const { slug } = useWorkspaceSettings();
  const { call } = useApi();
  const parts = Array.from({ length: Math.ceil(ids.length / TOGETHER) }, (_, at) =>
    ids.slice(at * TOGETHER, (at + 1) * TOGETHER),
  );
  return useQueries({
    queries: parts.map((id) => ({
      queryKey: keyOf(slug, "/audiences/counts", { query: { id } }),
      queryFn: () => call("get", "/audiences/counts", { query: { id } }),
      staleTime: 60_000,
      meta: { slow: true },
      refetchInterval: waitForCopy,
    })),
    combine: together,
  });
}

function together(answers: UseQueryResult<Shape<"AudienceCount">[]>[]) {
  return {
    of: new Map(answers.flatMap(({ data }) => data ?? []).map((count) => [count.id, count])),
    waits: answers.some(({ isPending, error }) => isPending || waitsForCopy(error as ApiError | null)),
    error: (answers.find(({ error }) => error)?.error ?? undefined) as ApiError | undefined,
  };
}

const EVERYBODY: RuleJson = { kind: "all", rules: [] };
/** How many people there are at all. */
export const useEverybody = () => useCount(EVERYBODY);

export const reachId = ({ channel, topic }: Pick<Reach, "channel" | "topic">) => `${channel} ${topic}`;

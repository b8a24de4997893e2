import { type UseQueryResult, useQueries } from "@tanstack/react-query";
import type { Reply } from "@/api/client";
import { waitForCopy } from "@/api/errors";
import { keyOf, useApi, useGet } from "@/api/hooks";
import { useWorkspaceSettings } from "@/lib/workspace";
import { useT } from "./useT";

export type CampaignReport = Reply<"get", "/campaigns/{campaign_id}/report">;
export type TouchpointFigures = CampaignReport["touchpoints"][number];
export type GoalProgress = NonNullable<CampaignReport["goal"]>;
export type Figure = CampaignReport["total"][string];
export type Missing = NonNullable<Figure["missing"]>;

/** The campaign's report as of now. */
export function useReport(campaignId: string, options: { enabled?: boolean; every?: number | false } = {}) {
  return useGet("/campaigns/{campaign_id}/report", { path: { campaign_id: campaignId } }, { slow: true, ...options });
}

export type KeyNumbers = Reply<"get", "/reports">["items"][number];
const AT_ONCE = 100;

/**
 * The figures of several campaigns as wholes, by campaign; asked for a hundred at once, in the order of the list, so
 * that a list that grows by scrolling asks for what is new only.
 */
export function useKeyNumbers(ids: readonly string[], enabled = true) {
  const { slug } = useWorkspaceSettings();
  const { call } = useApi();
  const parts = Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, part) =>
    ids.slice(part * AT_ONCE, (part + 1) * AT_ONCE),
  );
  return useQueries({
    queries: parts.map((campaign) => ({
      queryKey: keyOf(slug, "/reports", { query: { campaign } }),
      queryFn: () => call("get", "/reports", { query: { campaign: [...campaign] } }),
      enabled,
      staleTime: 15_000,
      meta: { slow: true },
      refetchInterval: waitForCopy,
    })),
    combine: joined,
  });
}

/** Outside of the hook, so that the same answers make the same map. */
function joined(results: UseQueryResult<{ items: KeyNumbers[] }, Error>[]) {
  return {
    byCampaign: new Map(results.flatMap(({ data }) => data?.items ?? []).map((one) => [one.campaign_id, one])),
    error: results.find(({ error }) => error)?.error ?? null,
  };
}

const none: Figure = { value: null, base: null, missing: null, low: null, high: null };

/** One figure by its metric; one that is not there has no value. */
export const figureOf = (figures: Record<string, Figure>, metric: string): Figure => figures[metric] ?? none;

/** Why there is no number, in a sentence. */
export function useMissing(): (missing: Missing | null | undefined) => string | undefined {
  const t = useT();
  return (missing) => (missing ? t(`missing.${missing}`) : undefined);
}

/** Which people of a report are meant; what is left out narrows nothing. */
export interface Cell {
  metric?: string;
  touchpoint_id?: string;
  reason?: string;
  link?: number;
  attribute?: string;
  value?: string | null;
  low?: number | null;
  high?: number | null;
  unknown?: boolean;
  other?: boolean;
  side?: string;
  event?: string;
}

/** The address of the people behind a number, with the number's name for the page's title. */
export function behind(campaignId: string, cell: Cell, name: string): string {
  const query = new URLSearchParams({ name });
  for (const [key, value] of Object.entries(cell)) {
    if (value !== undefined && value !== null && value !== false) query.set(key, String(value));
  }
  return `/reports/${campaignId}/people?${query}`;
}

import { useQueryClient } from "@tanstack/react-query";
import { keyOf, useApi, useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useWorkspaceSettings } from "@/lib/workspace";

export type Budget = Shape<"BudgetOut">;
export type Line = Budget["lines"][number];
export type Draft = Omit<
  Shape<"BudgetLineSave">,
  "version" | "planned_minor" | "spent_minor" | "quantity" | "tax_rate"
> & { quantity: number; tax_rate: number };

export const PATH = "/campaigns/{campaign_id}/budget" as const;
const READERS = ["/campaigns", "/budget", "/audit", "/approvals", "/reports"];

/** What of a line its planner decides. */
export function draftOf(line: Line): Draft {
  const { name, resource, quantity, unit_price_minor, currency, tax_rate, spread, starts_on, ends_on, task_id } = line;
  return {
    name,
    resource,
    quantity,
    unit_price_minor,
    currency,
    tax_rate,
    spread,
    starts_on,
    ends_on,
    task_id,
    channel: line.channel as Draft["channel"],
  };
}

/** A campaign's budget and the ways to change it; every answer of the server is shown at once, here and in the lists. */
export function useBudget(campaignId: string) {
  const { slug } = useWorkspaceSettings();
  const client = useQueryClient();
  const api = useApi();
  const path = { campaign_id: campaignId };
  const query = useGet(PATH, { path });
  const refresh = () =>
    client.invalidateQueries({
      predicate: ({ queryKey }) =>
        queryKey[1] === slug && READERS.some((start) => String(queryKey[2]).startsWith(start)),
    });
  const put = (budget: Budget) => {
    client.setQueryData(keyOf(slug, PATH, { path }), budget);
    void client.invalidateQueries({
      predicate: ({ queryKey }) =>
        queryKey[1] === slug && queryKey[2] !== PATH && READERS.some((start) => String(queryKey[2]).startsWith(start)),
    });
    return budget;
  };
  return {
    query,
    refresh,
    load: async () => put(await api.call("get", PATH, { path })),
    add: async (body: Shape<"BudgetLineIn">) => put(await api.call("post", PATH, { path, body })),
    save: async (lineId: string, draft: Draft, version: number) =>
      put(
        await api.call("put", "/campaigns/{campaign_id}/budget/{line_id}", {
          path: { ...path, line_id: lineId },
          body: { ...draft, version },
        }),
      ),
    remove: async (lineId: string) =>
      put(
        await api.call("delete", "/campaigns/{campaign_id}/budget/{line_id}", { path: { ...path, line_id: lineId } }),
      ),
  };
}

export type UseBudget = ReturnType<typeof useBudget>;

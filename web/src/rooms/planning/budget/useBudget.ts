import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { keyOf, useApi, useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useWorkspaceSettings } from "@/lib/workspace";

export type Budget = Shape<"BudgetOut">;
export type Line = Budget["lines"][number];
export type Draft = Omit<Shape<"BudgetLineSave">, "version" | "planned_minor" | "quantity" | "tax_rate"> & {
  quantity: number;
  tax_rate: number;
};

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
  // One after the other: every answer is the whole budget, and an older one must not be shown after a newer one.
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const inTurn = (ask: () => Promise<Budget>) => {
    const next = async () => put(await ask());
    const done = last.current.then(next, next);
    last.current = done;
    return done;
  };
  const ofLine = (lineId: string) => ({ ...path, line_id: lineId });
  return {
    query,
    refresh,
    load: () => inTurn(() => api.call("get", PATH, { path })),
    add: (body: Shape<"BudgetLineIn">) => inTurn(() => api.call("post", PATH, { path, body })),
    save: (lineId: string, draft: Draft, version: number) =>
      inTurn(() => {
        const body = { ...draft, version };
        return api.call("put", "/campaigns/{campaign_id}/budget/{line_id}", { path: ofLine(lineId), body });
      }),
    remove: (lineId: string) =>
      inTurn(() => api.call("delete", "/campaigns/{campaign_id}/budget/{line_id}", { path: ofLine(lineId) })),
  };
}

export type UseBudget = ReturnType<typeof useBudget>;

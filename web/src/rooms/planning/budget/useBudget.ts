import { useRef, useState } from "react";
import { useApi, useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";

export type Budget = Shape<"BudgetOut">;
export type Line = Budget["lines"][number];
export type Draft = Omit<Shape<"LineSave">, "version" | "planned_minor" | "quantity" | "tax_rate"> & {
  quantity: number;
  tax_rate: number;
};

export const PATH = "/campaigns/{campaign_id}/budget" as const;

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

type Change = Shape<"BudgetChangeOut">;

const sums = ["planned_minor", "committed_minor", "spent_minor"] as const;

/** The budget after a change; `gone`: the line that was removed. */
export function merged(known: Budget, { lines: changed, approval_void, ...rest }: Change, gone?: string): Budget {
  const now = new Map(changed.map((line) => [line.id, line]));
  const old = new Set(known.lines.map(({ id }) => id));
  const lines = [
    ...known.lines.filter(({ id }) => id !== gone).map((line) => now.get(line.id) ?? line),
    ...changed.filter(({ id }) => !old.has(id)),
  ];
  return { ...known, ...rest, lines, approval: approval_void ? "void" : known.approval };
}

/** Whether lines were changed elsewhere too: then they do not come to what the server says. */
export const differs = (budget: Budget) =>
  sums.some((each) => budget.lines.reduce((sum, line) => sum + line[each], 0) !== budget[each]);

/** A campaign's budget and the ways to change it; every answer of the server is shown at once. */
export function useBudget(campaignId: string) {
  const api = useApi();
  const path = { campaign_id: campaignId };
  const query = useGet(PATH, { path });
  const [changed, setChanged] = useState(false);
  // One after the other: an older answer must not be shown after a newer one.
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const inTurn = <T>(ask: () => Promise<T>) => {
    const done = last.current.then(ask, ask);
    last.current = done;
    return done;
  };
  const change = (ask: () => Promise<Change>, gone?: string) =>
    inTurn(async () => {
      const answer = await ask();
      const now = api.merge(PATH, { path }, (known: Budget) => merged(known, answer, gone));
      setChanged(true);
      if (now && differs(now)) void api.reread();
      return answer;
    });
  const ofLine = (lineId: string) => ({ ...path, line_id: lineId });
  return {
    query,
    /** Whether something of it was changed here: how its approval stands is asked anew then. */
    changed,
    load: () =>
      inTurn(async () => {
        const budget = await api.call("get", PATH, { path });
        api.put(PATH, { path }, budget);
        return budget;
      }),
    add: (body: Shape<"NewLine">) => change(() => api.call("post", PATH, { path, body })),
    save: (lineId: string, draft: Draft, version: number) =>
      change(() => api.save(`${PATH}/{line_id}` as const, { path: ofLine(lineId), body: { ...draft, version } })),
    remove: (lineId: string) =>
      change(() => api.call("delete", `${PATH}/{line_id}` as const, { path: ofLine(lineId) }), lineId),
  };
}

export type UseBudget = ReturnType<typeof useBudget>;

import { useMemo } from "react";
import { type Page, useLooseGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { conditionsOf, fromJson } from "./rule";

/** The audiences whose rules speak of this one. */
export function useUsers(id: string): { id: string; name: string }[] {
  const list = useLooseGet<Page<Shape<"AudienceOut">>>("/audiences", { query: { limit: 200 } }, { fresh: 30_000 });
  return useMemo(
    () =>
      (list.data?.items ?? []).filter(
        ({ rule }) =>
          rule && conditionsOf(fromJson(rule)).some(({ leaf }) => leaf.kind === "audience" && leaf.audience === id),
      ),
    [list.data, id],
  );
}

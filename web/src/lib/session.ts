import { queryOptions, useQuery } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { ApiError } from "@/api/errors";
import type { Shape } from "@/api/schema";
import { makeStore, makeStoredStore } from "@/api/store";

export type Me = Shape<"MeOut">;

/** The signed-in person with every workspace and role. */
export const meQuery = queryOptions<Me, ApiError>({
  queryKey: ["me"],
  queryFn: ({ signal }) => request<Me>("get", "/api/v1/me", { signal }),
  staleTime: 60_000,
  retry: (count, error) => error.passing && count < 2,
});

/** The signed-in person; only inside the shell, where there is one. */
export function useMe(): Me {
  const { data } = useQuery(meQuery);
  if (!data) throw new Error("useMe outside of the shell");
  return data;
}

/** The workspace that was open last on this machine. */
export const lastWorkspace = makeStoredStore("gonfalon.workspace", "");

/** Whether the session ended under way; the shell then asks to sign in again over the page. */
export const sessionEnded = makeStore(false);

import { QueryClient } from "@tanstack/react-query";
import { connected } from "./connection";
import { ApiError, waitsForCopy } from "./errors";

/**
 * One cache for the whole product: calm by default (no reading again because a window got the focus). Nothing waits for
 * a connection without saying so: a request fails, what was read before stays on screen, and is read again when the
 * server answers.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      gcTime: 30 * 60_000,
      networkMode: "always",
      refetchOnWindowFocus: false,
      refetchOnReconnect: true,
      retry: (count, error) =>
        count < 2 && connected.get() && error instanceof ApiError && error.passing && !waitsForCopy(error),
      retryDelay: (count) => Math.min(500 * 2 ** count, 5000),
    },
    mutations: { retry: false, networkMode: "always" },
  },
});

/** After a session that had ended: whatever was refused meanwhile. */
export const askEverythingAgain = () => queryClient.invalidateQueries();

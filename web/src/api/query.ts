import { QueryClient } from "@tanstack/react-query";
import { ApiError, waitsForCopy } from "./errors";

/** One cache for the whole product: calm by default (no reading again because a window got the focus). */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      gcTime: 5 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: true,
      retry: (count, error) => count < 2 && error instanceof ApiError && error.passing && !waitsForCopy(error),
      retryDelay: (count) => Math.min(500 * 2 ** count, 5000),
    },
    mutations: { retry: false },
  },
});

import {
  keepPreviousData,
  type QueryKey,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useMemo, useRef } from "react";
import { useWorkspaceSettings } from "@/lib/workspace";
import {
  type Answer,
  type Args,
  type CallOptions,
  type Full,
  type Local,
  type LooseArgs,
  type Method,
  request,
} from "./client";
import { type ApiError, waitForCopy } from "./errors";

const scope = "/api/v1/workspaces/{workspace}";

/** The key under which an answer of this workspace is kept. */
export const keyOf = (slug: string, path: string, args?: LooseArgs): QueryKey => [
  "w",
  slug,
  path,
  args?.path ?? null,
  args?.query ?? null,
];

/** A request in this workspace whose path the API's description does not know (yet). */
export function localRequest<T>(slug: string, method: Method, path: string, args: LooseArgs = {}): Promise<T> {
  return request<T>(method, scope + path, { ...args, path: { ...args.path, workspace: slug } });
}

interface Options {
  /** False waits (for another answer, for a tab to be opened). */
  enabled?: boolean;
  /** Milliseconds between two looks, for live pages; stops while the page is hidden. */
  every?: number | false;
  /** Milliseconds during which an answer counts as fresh. Default 10 s. */
  fresh?: number;
  /** Keep showing the last answer while another one (new filter, new page) is on its way. Default true. */
  keep?: boolean;
}

function settings(options: Options) {
  return {
    enabled: options.enabled ?? true,
    refetchInterval: options.every || waitForCopy,
    staleTime: options.every ? 0 : (options.fresh ?? 10_000),
    ...(options.keep === false ? {} : { placeholderData: keepPreviousData }),
  };
}

/** Reads from this workspace: `useGet("/people/{person_id}", { path: { person_id } })`. */
export function useGet<P extends Local<"get">>(path: P, args: Args<Full<P>, "get">, options: Options = {}) {
  return useLooseGet<Answer<Full<P>, "get">>(path, args as LooseArgs, options);
}

/** `useGet` with the answer's type named by hand. */
export function useLooseGet<T>(path: string, args: LooseArgs = {}, options: Options = {}) {
  const { slug } = useWorkspaceSettings();
  return useQuery<T, ApiError>({
    queryKey: keyOf(slug, path, args),
    queryFn: ({ signal }) => localRequest<T>(slug, "get", path, { ...args, signal }),
    ...settings(options),
  });
}

/** One page of a list, as every list of the API answers. */
export interface Page<Row> {
  items: Row[];
  next_cursor?: string | null;
  /** Rows that match the filter, where the API counts them. */
  matching?: number | null;
  /** Rows there are at all. */
  total?: number | null;
}

export interface Keyset<Row, P extends Page<Row> = Page<Row>> {
  rows: Row[];
  /** The first page as it was answered, with what else it says. */
  first?: P | undefined;
  matching: number | undefined;
  total: number | undefined;
  state: "loading" | "ready" | "failed";
  error: ApiError | null;
  more: boolean;
  loadMore: () => void;
  loadingMore: boolean;
  retry: () => void;
}

/** A list read page by page as one scrolls; give it to `DataTable`. */
export function useKeyset<Row, P extends Page<Row> = Page<Row>>(
  path: string,
  args: LooseArgs = {},
  options: Options & { limit?: number } = {},
): Keyset<Row, P> {
  const { slug } = useWorkspaceSettings();
  const query = useInfiniteQuery<P, ApiError, { pages: P[] }, QueryKey, string | undefined>({
    queryKey: [...keyOf(slug, path, args), "pages"],
    queryFn: ({ signal, pageParam }) =>
      localRequest<P>(slug, "get", path, {
        ...args,
        signal,
        query: { limit: options.limit ?? 100, ...args.query, cursor: pageParam },
      }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    ...settings(options),
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const first = query.data?.pages[0];
  return {
    rows,
    first,
    matching: first?.matching ?? undefined,
    total: first?.total ?? undefined,
    state: query.data ? "ready" : query.isError ? "failed" : "loading",
    error: query.error,
    more: query.hasNextPage,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
    },
    loadingMore: query.isFetchingNextPage,
    retry: () => void query.refetch(),
  };
}

interface SendOptions<T> {
  /** Paths (or beginnings of paths) whose answers are read again afterwards. */
  changes?: string[];
  /** Sends an `Idempotency-Key` that stays the same until the request succeeds: a retry never does it twice. */
  once?: boolean;
  onSuccess?: (answer: T) => void;
}

/** Changes something in this workspace: `const save = useSend("patch", "/people/{person_id}", { changes: ["/people"] })`. */
export function useSend<M extends Exclude<Method, "get">, P extends Local<M> & string>(
  method: M,
  path: P,
  options: SendOptions<Answer<Full<P>, M>> = {},
) {
  return useLooseSend<Answer<Full<P>, M>, Args<Full<P>, M>>(method, path, options);
}

/** `useSend` with the types named by hand. */
export function useLooseSend<T, A = LooseArgs>(method: Method, path: string, options: SendOptions<T> = {}) {
  const { slug } = useWorkspaceSettings();
  const client = useQueryClient();
  const key = useRef<string>(undefined);
  return useMutation<T, ApiError, A>({
    mutationFn: (args) => {
      const extra: CallOptions = {};
      if (options.once) {
        key.current ??= crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
        extra.idempotencyKey = key.current;
      }
      return localRequest<T>(slug, method, path, { ...(args as LooseArgs), ...extra });
    },
    onSuccess: async (answer) => {
      key.current = undefined;
      options.onSuccess?.(answer);
      await client.invalidateQueries({
        predicate: ({ queryKey }) =>
          queryKey[0] === "w" &&
          queryKey[1] === slug &&
          (options.changes ?? []).some((start) => String(queryKey[2]).startsWith(start)),
      });
    },
  });
}

/** Requests outside of React's rhythm (downloads, uploads, search while typing), typed like `useGet` and `useSend`. */
export function useApi() {
  const { slug } = useWorkspaceSettings();
  return useMemo(
    () => ({
      call: <M extends Method, P extends Local<M> & string>(method: M, path: P, args: Args<Full<P>, M>) =>
        localRequest<Answer<Full<P>, M>>(slug, method, path, args as LooseArgs),
      loose: <T>(method: Method, path: string, args?: LooseArgs) => localRequest<T>(slug, method, path, args),
      /** The address of something to download. */
      url: (path: string) => scope.replace("{workspace}", slug) + path,
    }),
    [slug],
  );
}

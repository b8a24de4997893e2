import { keepPreviousData, type QueryKey, useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { useMemo, useRef } from "react";
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
import { queryClient } from "./query";
import { Rereading } from "./rereading";
import { useScope } from "./scope";

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

const rereadings = new Map<string, Rereading>();

/** The one rule by which a workspace's pages read again what they show. */
function rereadingOf(slug: string): Rereading {
  const found = rereadings.get(slug) ?? new Rereading(queryClient, ["w", slug]);
  rereadings.set(slug, found);
  return found;
}

/** A request that stores something, unless it is a GET. */
function sendLocal<T>(slug: string, method: Method, path: string, args?: LooseArgs, typed?: boolean): Promise<T> {
  const act = () => localRequest<T>(slug, method, path, args);
  return method === "get" ? act() : rereadingOf(slug).write(act, typed);
}

interface Options {
  /** False waits (for another answer, for a tab to be opened). */
  enabled?: boolean;
  /** Milliseconds between two looks, for live pages; stops while the page is hidden. */
  every?: number | false;
  /** Milliseconds during which an answer counts as fresh, or "static" for what no write changes. Default 10 s. */
  fresh?: number | "static";
  /** Costly to answer, or seldom changed by what is done beside it: fresh for a minute, and after writes read again only
   * when these have paused. */
  slow?: boolean;
  /** Keep showing the last answer while another one (new filter, new page) is on its way. Default true. */
  keep?: boolean;
}

function settings(options: Options) {
  return {
    enabled: options.enabled ?? true,
    refetchInterval: options.every || waitForCopy,
    staleTime: options.every ? 0 : (options.fresh ?? (options.slow ? 60_000 : 10_000)),
    meta: { slow: options.slow },
    ...(options.keep === false ? {} : { placeholderData: keepPreviousData }),
  };
}

/** Reads from this workspace: `useGet("/people/{person_id}", { path: { person_id } })`. */
export function useGet<P extends Local<"get">>(path: P, args: Args<Full<P>, "get">, options: Options = {}) {
  return useLooseGet<Answer<Full<P>, "get">>(path, args as LooseArgs, options);
}

/** `useGet` with the answer's type named by hand. */
export function useLooseGet<T>(path: string, args: LooseArgs = {}, options: Options = {}) {
  const slug = useScope();
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
  const slug = useScope();
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
  /** It only asks: nothing is stored, and nothing is read again. */
  asks?: boolean;
  /** Sends an `Idempotency-Key` that stays the same until the request succeeds: a retry never does it twice. */
  once?: boolean;
  onSuccess?: (answer: T) => void;
}

/** Changes something in this workspace, then reads again what is on screen: `useSend("patch", "/people/{person_id}")`. */
export function useSend<M extends Exclude<Method, "get">, P extends Local<M> & string>(
  method: M,
  path: P,
  options: SendOptions<Answer<Full<P>, M>> = {},
) {
  return useLooseSend<Answer<Full<P>, M>, Args<Full<P>, M>>(method, path, options);
}

/** `useSend` with the types named by hand. */
export function useLooseSend<T, A = LooseArgs>(method: Method, path: string, options: SendOptions<T> = {}) {
  const slug = useScope();
  const key = useRef<string>(undefined);
  return useMutation<T, ApiError, A>({
    mutationFn: (args) => {
      const extra: CallOptions = {};
      if (options.once) {
        key.current ??= crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
        extra.idempotencyKey = key.current;
      }
      return (options.asks ? localRequest : sendLocal)<T>(slug, method, path, { ...(args as LooseArgs), ...extra });
    },
    onSuccess: async (answer) => {
      key.current = undefined;
      options.onSuccess?.(answer);
      if (!options.asks) await rereadingOf(slug).settled();
    },
  });
}

/** Requests outside of React's rhythm (downloads, uploads, search while typing), typed like `useGet` and `useSend`. */
export function useApi() {
  const slug = useScope();
  return useMemo(
    () => ({
      /** A read, or a write after which what is on screen is read again. */
      call: <M extends Method, P extends Local<M> & string>(method: M, path: P, args: Args<Full<P>, M>) =>
        sendLocal<Answer<Full<P>, M>>(slug, method, path, args as LooseArgs),
      /** Stores what is being typed; what else is on screen is read again in the next pause. */
      save: <P extends Local<"put"> & string>(path: P, args: Args<Full<P>, "put">) =>
        sendLocal<Answer<Full<P>, "put">>(slug, "put", path, args as LooseArgs, true),
      /** A request that only asks, such as a preview, or says what no answer tells: nothing is read again. */
      ask: <M extends Method, P extends Local<M> & string>(method: M, path: P, args: Args<Full<P>, M>) =>
        localRequest<Answer<Full<P>, M>>(slug, method, path, args as LooseArgs),
      /** A file to take out. */
      file: <P extends Local<"post"> & string>(path: P, args: Args<Full<P>, "post">) =>
        localRequest<Blob>(slug, "post", path, { ...(args as LooseArgs), file: true }),
      /** What rooms that the reader does not know are asked for. */
      read: <T>(path: string, args?: LooseArgs) => localRequest<T>(slug, "get", path, args),
      /** The address of something to download. */
      url: (path: string) => scope.replace("{workspace}", slug) + path,
      /** Resolves when what is on screen has been read since the last write. */
      settled: () => rereadingOf(slug).settled(),
      /** For what was changed by others, such as a job that ended; resolves when what is on screen has been read again. */
      reread: () => rereadingOf(slug).again(),
      /** Shows an answer in place of what was read. */
      put: <P extends Local<"get">>(path: P, args: Args<Full<P>, "get">, answer: Answer<Full<P>, "get">) =>
        queryClient.setQueryData(keyOf(slug, path, args as LooseArgs), answer),
      /** Shows what was read with a change that was answered. */
      merge: <P extends Local<"get">, T extends Answer<Full<P>, "get">>(
        path: P,
        args: Args<Full<P>, "get">,
        change: (known: T) => T,
      ) => queryClient.setQueryData<T>(keyOf(slug, path, args as LooseArgs), (known) => known && change(known)),
    }),
    [slug],
  );
}

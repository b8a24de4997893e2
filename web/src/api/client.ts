import { noteAnswer } from "./connection";
import { ApiError, readProblem } from "./errors";
import type { paths } from "./schema";

export type Method = "get" | "post" | "put" | "patch" | "delete";
type Scope = "/api/v1/workspaces/{workspace}";

type Json<T> = T extends { content: { "application/json": infer Body } } ? Body : undefined;
type Operation<P extends keyof paths, M extends Method> = paths[P] extends Record<M, infer O> ? O : never;
type Parameters<O> = O extends { parameters: infer P } ? P : Record<never, never>;
type Part<O, Name extends string> =
  Parameters<O> extends { [K in Name]?: infer V } ? NonNullable<V> : Record<never, never>;
type RequestBody<O> = O extends { requestBody?: infer B }
  ? NonNullable<B> extends { content: infer C }
    ? C extends { "application/json": infer J }
      ? J
      : FormData | Blob
    : undefined
  : undefined;
type Success<O> = O extends { responses: infer R }
  ? R extends { 200: infer A }
    ? Json<A>
    : R extends { 201: infer A }
      ? Json<A>
      : R extends { 202: infer A }
        ? Json<A>
        : undefined
  : undefined;
/** A field that may be left out when nothing in it is required. */
type Field<Name extends string, T> = [T] extends [undefined]
  ? { [K in Name]?: undefined }
  : Record<never, never> extends T
    ? { [K in Name]?: T }
    : { [K in Name]: T };

/** Paths of the API that have this method. */
export type PathFor<M extends Method> = {
  [P in keyof paths]: Operation<P, M> extends never ? never : P;
}[keyof paths];

/** Paths inside the current workspace, without their beginning: "/people/{person_id}". */
export type Local<M extends Method> =
  PathFor<M> extends infer P ? (P extends `${Scope}${infer Rest}` ? Rest : never) : never;
/** The full path of a local one. */
export type Full<P extends string> = `${Scope}${P}` & keyof paths;

export type Args<P extends keyof paths, M extends Method> = Field<
  "path",
  Omit<Part<Operation<P, M>, "path">, "workspace">
> &
  Field<"query", Part<Operation<P, M>, "query">> &
  Field<"body", RequestBody<Operation<P, M>>> &
  CallOptions;
export type Answer<P extends keyof paths, M extends Method> = Success<Operation<P, M>>;

export interface CallOptions {
  signal?: AbortSignal;
  /** Sent as `Idempotency-Key`: the same key never does the same thing twice. */
  idempotencyKey?: string;
  /** The answer is a file: a Blob with every byte of it. */
  file?: boolean;
}

export interface LooseArgs extends CallOptions {
  path?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

/** Called once when the session has ended; `app/` sends the person to the sign-in page and back. */
let onSignedOut: () => void = () => {};
export function whenSignedOut(act: () => void) {
  onSignedOut = act;
}

/** Fills `{name}` in a path and adds the query; lists repeat their name, empty values are left out. */
export function makeUrl(
  path: string,
  parts: Record<string, unknown> = {},
  query: Record<string, unknown> = {},
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(parts[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== "") search.append(name, String(one));
    }
  }
  const tail = search.toString();
  return tail ? `${filled}?${tail}` : filled;
}

/**
 * One request, by method and full path. Throws `ApiError` for every answer that is not a success, with status 0 when
 * there was no answer at all. Prefer `useApi`, `useGet` and `useSend`, which are typed from the API's description.
 */
export async function request<T>(method: Method, path: string, args: LooseArgs = {}): Promise<T> {
  const headers = new Headers({ Accept: "application/json" });
  let body: BodyInit | undefined;
  if (args.body instanceof FormData || args.body instanceof Blob) body = args.body;
  else if (args.body !== undefined) {
    headers.set("Content-Type", "application/json");
    body = JSON.stringify(args.body);
  }
  if (args.idempotencyKey) headers.set("Idempotency-Key", args.idempotencyKey);
  let response: Response;
  try {
    response = await fetch(makeUrl(path, args.path, args.query), {
      method: method.toUpperCase(),
      headers,
      body,
      signal: args.signal,
      credentials: "same-origin",
    });
  } catch (cause) {
    if (args.signal?.aborted) throw cause;
    noteAnswer(false);
    throw new ApiError({ status: 0, code: "no_answer" });
  }
  noteAnswer(true);
  if (!response.ok) {
    const problem = await readProblem(response);
    if (problem.code === "session_ended") onSignedOut();
    throw problem;
  }
  if (response.status === 204) return undefined as T;
  if (args.file) return (await response.blob()) as T;
  const type = response.headers.get("content-type") ?? "";
  return (type.includes("json") ? await response.json() : await response.text()) as T;
}

/** What a local path answers: `Reply<"get", "/members">`; `[number]` is one of a list, `["items"][number]` one of a page. */
export type Reply<M extends Method, P extends Local<M> & string> = Answer<Full<P>, M>;

/** One field that was refused, and why. */
export interface FieldError {
  field: string;
  message: string;
}

/** An RFC 9457 problem: what the API says when it does not do what was asked. */
export class ApiError extends Error {
  readonly status: number;
  /** Stable machine word, such as `audience_not_found`. */
  readonly code: string;
  /** A sentence that says what happened and what to do. */
  readonly detail: string;
  readonly fields: FieldError[];
  /** Names this request in the server's log. */
  readonly requestId: string | undefined;
  /** Further members of the problem, such as the `place` of a fault in a rule. */
  readonly more: Record<string, unknown>;

  constructor(problem: {
    status: number;
    code: string;
    title?: string;
    detail?: string;
    fields?: FieldError[];
    requestId?: string;
    more?: Record<string, unknown>;
  }) {
    super(problem.title ?? problem.code);
    this.name = "ApiError";
    this.status = problem.status;
    this.code = problem.code;
    this.detail = problem.detail ?? "";
    this.fields = problem.fields ?? [];
    this.requestId = problem.requestId;
    this.more = problem.more ?? {};
  }

  /** Whether trying the same again can help. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** Whether the answer waits for the analytics copy, which is being built or has fallen far behind. */
export const waitsForCopy = (error: unknown): boolean => error instanceof ApiError && error.code === "engine_away";

/** For queries: looks again every two seconds as long as the answer waits for the analytics copy. */
export const waitForCopy = (query: { state: { error: unknown } }) => (waitsForCopy(query.state.error) ? 2000 : false);

type Problem = Record<string, unknown>;
const text = (value: unknown) => (typeof value === "string" ? value : undefined);

/** Reads a failed answer; anything that is not a problem document becomes one. */
export async function readProblem(response: Response): Promise<ApiError> {
  const body = ((await response.json().catch(() => null)) ?? {}) as Problem;
  const list = Array.isArray(body.errors) ? (body.errors as Problem[]) : [];
  return new ApiError({
    status: response.status,
    code: text(body.code) ?? `http_${response.status}`,
    title: text(body.title),
    detail: text(body.detail),
    fields: list.map((error) => ({
      field: text(error.field) ?? (Array.isArray(error.loc) ? error.loc.slice(1).join(".") : ""),
      message: text(error.message) ?? text(error.detail) ?? text(error.msg) ?? "",
    })),
    requestId: text(body.request_id) ?? response.headers.get("x-request-id") ?? undefined,
    more: body,
  });
}

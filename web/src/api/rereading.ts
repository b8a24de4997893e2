import type { Query, QueryClient, QueryKey } from "@tanstack/react-query";

/** Milliseconds between two readings of what is on screen, at least. */
const APART = 250;
/** How long a reading waits for other writes that are on their way. */
const PATIENCE = 1000;
/** While somebody types, what else is on screen is read again in the first pause of so long, but after `LONGEST` anyway. */
const PAUSE = 1000;
const LONGEST = 5000;
/** What is slow is read again when nothing has been written for so long; until then the analytics copy knows it too. */
const QUIET = 3000;

const isSlow = (query: Query) => query.meta?.slow === true;

/**
 * Reads again what is on screen after a write: every answer under `scope` is marked stale, those on screen are asked
 * again, the others when they are shown next. What a write's own answer has filled in (`setQueryData`) is not asked.
 * Writes in quick succession are followed by one reading, and no answer from before a write is shown after it.
 */
export class Rereading {
  private writing = 0;
  private readings = 0;
  private due = false;
  private urgent = false;
  private since = 0;
  private marked = 0;
  private last = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private quiet: ReturnType<typeof setTimeout> | undefined;
  private waiting: (() => void)[] = [];

  constructor(
    private client: QueryClient,
    private scope: QueryKey,
  ) {}

  /** Runs a request that stores something; `typed`: what is being typed, which is on screen already. */
  async write<T>(act: () => Promise<T>, typed = false): Promise<T> {
    this.writing += 1;
    try {
      const answer = await act();
      this.mark(!typed);
      return answer;
    } finally {
      this.writing -= 1;
      this.plan();
    }
  }

  /** Something was changed by others, such as a job that ended. Resolves when what is on screen has been read again. */
  again(): Promise<void> {
    this.mark(true);
    this.plan();
    return this.settled();
  }

  /** Resolves when what is on screen has been read since the last write. */
  settled(): Promise<void> {
    return this.due || this.readings ? new Promise((tell) => this.waiting.push(tell)) : Promise.resolve();
  }

  private mark(urgent: boolean) {
    this.marked = Date.now();
    if (!this.due) this.since = this.marked;
    this.due = true;
    this.urgent ||= urgent;
    for (const query of this.client.getQueryCache().findAll({ queryKey: this.scope })) {
      const shown = query.state;
      if (shown.fetchStatus === "idle" || isSlow(query)) query.invalidate();
      else {
        // Its answer may be from before the write.
        void query.cancel({ revert: true });
        query.setState({ ...shown, fetchStatus: "idle", isInvalidated: true });
      }
    }
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => void this.ask(isSlow), QUIET);
  }

  private plan() {
    if (!this.due) return;
    const now = Date.now();
    const { urgent, writing, since } = this;
    const at = !urgent ? Math.min(this.marked + PAUSE, since + LONGEST) : writing ? since + PATIENCE : now;
    clearTimeout(this.timer);
    // Not before whoever wrote has put the answer in its place.
    this.timer = setTimeout(() => void this.read(), Math.max(at, this.last + APART, now) - now);
  }

  private async read() {
    this.due = false;
    this.urgent = false;
    this.last = Date.now();
    this.readings += 1;
    await this.ask((query) => query.state.isInvalidated && !isSlow(query));
    this.readings -= 1;
    if (this.due || this.readings) return;
    for (const tell of this.waiting.splice(0)) tell();
  }

  private ask(predicate: (query: Query) => boolean) {
    return this.client.refetchQueries({ queryKey: this.scope, type: "active", predicate });
  }
}

import { read, write } from "./kept";
import type { Message, Settings } from "./types";

const NAME = "gonfalon_queue";
const MOST = 100;
const BATCH_BYTES = 60_000; // what browsers send of a page that is being left
const OLDEST = 7 * 864e5;
const WAITS = 18e5;
const LONGEST = 3e5;

/**
 * Messages on their way. They stay in the browser until the collector has said that they are durable, and the same
 * messageIds go again after any doubt: it keeps each once.
 */
export class Queue {
  #settings: Settings;
  #memory: Message[] = [];
  #tries = 0;
  #timer = 0;
  #busy = false;

  constructor(settings: Settings) {
    this.#settings = settings;
    addEventListener("online", () => this.flush());
    document.addEventListener("visibilitychange", () => this.flush());
  }

  /** What waits; other tabs of the site put theirs into the same place. */
  #all(): Message[] {
    const stored = read<Message[]>(NAME);
    return Array.isArray(stored) ? stored : this.#memory;
  }

  #set(messages: Message[]): void {
    this.#memory = messages.slice(-MOST);
    write(NAME, this.#memory.length ? this.#memory : undefined);
  }

  /** Adds a message, or puts it in the place of the one with its id. */
  put(message: Message): void {
    const others = this.#all().filter(({ messageId }) => messageId !== message.messageId);
    this.#set([...others, message]);
    if (!message.wait) this.#later(200);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#set([]);
  }

  /** Sends now. leaving: nobody will hear the answer, so everything stays and goes again from the next page. */
  flush(leaving?: boolean): void {
    clearTimeout(this.#timer);
    if (!leaving && (this.#busy || navigator.onLine === false)) return;
    const batch = this.#next();
    if (!batch.length) return;
    const { host, key } = this.#settings;
    const body = JSON.stringify({ writeKey: key, sentAt: new Date().toISOString(), batch });
    if (leaving) this.#leave(`${host}/v1/batch`, body);
    else this.#send(`${host}/v1/batch`, body, batch);
  }

  #next(): Message[] {
    const batch: Message[] = [];
    let bytes = 0;
    for (const message of this.#all()) {
      if (message.wait && Date.now() - message.wait < WAITS) continue;
      bytes += new Blob([JSON.stringify(message)]).size;
      if (bytes > BATCH_BYTES && batch.length) break;
      batch.push({ ...message, wait: undefined });
    }
    return batch;
  }

  #send(url: string, body: string, batch: Message[]): void {
    this.#busy = true;
    // Plain text is asked about by no preflight; without credentials no cookie of the installation goes along.
    fetch(url, { method: "POST", body, credentials: "omit" })
      .then(
        ({ status, headers }) => {
          // Refused for good: sending the same again would not help. The live page of the workspace says why.
          if (status < 300 || status === 400 || status === 413) this.#sent(batch);
          else this.#again(Number(headers.get("retry-after")) * 1000);
        },
        () => this.#again(),
      )
      .finally(() => {
        this.#busy = false;
      });
  }

  #leave(url: string, body: string): void {
    try {
      fetch(url, { method: "POST", body, credentials: "omit", keepalive: true }).catch(() => {});
    } catch {
      navigator.sendBeacon?.(url, body);
    }
  }

  #sent(batch: Message[]): void {
    const ids = new Set(batch.map(({ messageId }) => messageId));
    const since = Date.now() - OLDEST;
    this.#set(this.#all().filter(({ messageId, timestamp }) => !ids.has(messageId) && Date.parse(timestamp) > since));
    this.#tries = 0;
    if (this.#all().some(({ wait }) => !wait)) this.#later(200);
  }

  #again(asked = 0): void {
    const pause = Math.min(1000 * 2 ** this.#tries++, LONGEST);
    this.#later(Math.max(asked, pause * (0.5 + Math.random() / 2)));
  }

  #later(pause: number): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.flush(), pause);
  }
}

import { type Kept, keep, uuid } from "./kept";
import type { Properties } from "./types";

const PAUSE = 18e5;
const CLICKS =
  /^(utm_(source|medium|campaign|term|content|id)|gclid|gbraid|wbraid|dclid|msclkid|yclid|fbclid|ttclid|twclid|li_fat_id|igshid|epik|scclid|rdt_cid)$/;

/** What of the address says where a visit comes from. */
function campaign(): string {
  const found = [...new URLSearchParams(location.search)].filter(([name]) => CLICKS.test(name));
  return found.map((pair) => pair.join("=")).join("&");
}

/**
 * The visit that this moment belongs to. A new one begins after half an hour without anything, and when somebody comes
 * by another campaign. `entrance` where it begins now.
 */
export function visit(kept: Kept): { id: string; entrance?: boolean } {
  const now = Date.now();
  const from = campaign();
  const before = kept.session;
  const goes = before && now - before.last < PAUSE && (!from || from === before.from);
  kept.session = goes ? { ...before, last: now } : { id: uuid(), last: now, from };
  keep(kept);
  return goes ? { id: kept.session.id } : { id: kept.session.id, entrance: true };
}

/** The page as Segment's libraries describe it. Its own previous page, not `document.referrer`, inside one program. */
export function describePage(referrer: string): Properties {
  const { href, pathname, search } = location;
  return { url: href.slice(0, 2000), path: pathname, search, title: document.title, referrer };
}

/** What of the address makes a page another one; programs in one page keep their places behind “#/”. */
export const placeOf = (): string =>
  location.pathname + location.search + (/^#[/!]/.test(location.hash) ? location.hash : "");

/** How long a page has been in sight. */
export class Sight {
  #seconds = 0;
  #since = 0;

  constructor() {
    this.start();
  }

  start(): void {
    if (!this.#since && document.visibilityState === "visible") this.#since = performance.now();
  }

  stop(): number {
    if (this.#since) this.#seconds += (performance.now() - this.#since) / 1000;
    this.#since = 0;
    return Math.round(this.#seconds * 10) / 10;
  }
}

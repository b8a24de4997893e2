import type { Categories } from "./types";

/** What is kept in the visitor's browser, on the site's own domain, once they have said yes. */
export interface Kept {
  id: string;
  user?: string;
  categories: Categories;
  session?: { id: string; last: number; from: string };
}

export const NAME = "gonfalon";
const COOKIE = "gonfalon_id";
const DAYS = 400;

export const uuid = (): string =>
  crypto.randomUUID?.() ??
  // Pages without HTTPS have no randomUUID.
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
    (+digit ^ ((crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) & (15 >> (+digit / 4)))).toString(16),
  );

/** An item of localStorage, undefined where there is none or storage is forbidden. */
export function read<T>(name: string): T | undefined {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

/** Writes an item; undefined takes it away. Forbidden or full storage is borne in silence: the page goes on. */
export function write(name: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Kept in memory only.
  }
}

/** Sets the cookie on the widest domain that the browser takes, so that a site's subdomains share their visitor. */
function writeCookie(value: string, days: number): void {
  const end = `;path=/;max-age=${days * 86400};samesite=lax${location.protocol === "https:" ? ";secure" : ""}`;
  const labels = location.hostname.split(".");
  if (!/^[\d.]+$|:/.test(location.hostname))
    for (let from = labels.length - 2; from >= 0; from--) {
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere.
      document.cookie = `${COOKIE}=${value};domain=${labels.slice(from).join(".")}${end}`;
      if (days && readCookie() === value) return;
    }
  // biome-ignore lint/suspicious/noDocumentCookie: as above.
  document.cookie = `${COOKIE}=${value}${end}`;
}

const readCookie = (): string | undefined => document.cookie.match(/(?:^|; )gonfalon_id=([\w-]{8,64})/)?.[1];

/** What an earlier page kept. */
export const remembered = (): Kept | undefined => read<Kept>(NAME);

/** The visitor of this browser, found or made. */
export function recall(categories: Categories): Kept {
  const before = remembered();
  const kept = { ...before, id: readCookie() ?? before?.id ?? uuid(), categories };
  if (before && before.id !== kept.id) kept.user = undefined;
  keep(kept);
  return kept;
}

export function keep(kept: Kept): void {
  write(NAME, kept);
  if (readCookie() !== kept.id) writeCookie(kept.id, DAYS);
}

export function forget(): void {
  write(NAME, undefined);
  if (readCookie()) writeCookie("", 0);
}

import { listenToTcf, refusedByBrowser } from "./consent";
import { forget, type Kept, keep, NAME, recall, remembered, uuid } from "./kept";
import { Queue } from "./queue";
import type { Categories, Message, Properties, Settings } from "./types";
import { describePage, placeOf, Sight, visit } from "./visit";

declare const VERSION: string;
const HELD = 50;
type Said = Pick<Message, "type"> & Partial<Message>;

/** What a page calls. Before the visitor has said yes, messages wait in memory; a no drops them. */
export class Client {
  #queue: Queue;
  #kept: Kept | undefined;
  #held: Message[] = [];
  #refused = false;
  #pages: boolean;
  #place = "";
  #page: Properties = {};
  #referrer = document.referrer;
  #sight: Sight | undefined;
  #left: Message | undefined;

  constructor(settings: Settings) {
    this.#queue = new Queue(settings);
    this.#pages = settings.pages;
    const hear = (categories: Categories) => this.consent(categories);
    const tcf = listenToTcf(hear);
    if (!tcf && window.__tcfapi === undefined) addEventListener("load", () => listenToTcf(hear), { once: true });
    const before = remembered();
    if (refusedByBrowser()) this.consent(false);
    else if (before) this.consent(before.categories);
    else if (!settings.required && !tcf) this.consent(true);
    if (settings.pages) this.#watchPages();
    this.#watchLeaving();
    document.addEventListener("submit", (event) => this.#submitted(event.target as HTMLFormElement), true);
    addEventListener("storage", ({ key, newValue }) => {
      // Another tab of the site has signed somebody in, or was told no.
      if (key !== NAME || !this.#kept) return;
      if (newValue) this.#kept = JSON.parse(newValue);
      else this.consent(false);
    });
  }

  track(event: string, properties?: Properties): void {
    this.#say({ type: "track", event: String(event), properties });
  }

  /** A page view, by itself on every page and every change of the address. */
  page(name?: string | Properties, properties?: Properties): void {
    const said = typeof name === "string" ? { name, properties } : { properties: name };
    this.#leavePage();
    this.#page = describePage(this.#referrer);
    this.#say({ type: "page", ...said, properties: { ...this.#page, ...said.properties } });
    this.#place = placeOf();
    this.#referrer = location.href;
    this.#sight = new Sight();
  }

  identify(user?: string | number | Properties | null, traits?: Properties): void {
    const named = typeof user === "object" || user === undefined ? undefined : String(user);
    const said = named === undefined ? ((user as Properties) ?? traits) : traits;
    this.#say({ type: "identify", userId: named, traits: said });
  }

  group(group: string | number, traits?: Properties): void {
    this.#say({ type: "group", groupId: String(group), traits });
  }

  alias(user: string | number, previous?: string | number): void {
    const before = previous === undefined ? {} : { previousId: String(previous) };
    this.#say({ type: "alias", userId: String(user), ...before });
  }

  /** Somebody else uses this browser from now on. */
  reset(): void {
    if (!this.#kept) return;
    this.#kept = { id: uuid(), categories: this.#kept.categories };
    keep(this.#kept);
  }

  /** What the visitor says: yes, no, or by category. A browser that refuses for its user cannot be overruled. */
  consent(said: boolean | Categories): void {
    const categories = typeof said === "object" ? said : { analytics: said };
    const yes = categories.analytics === true && !refusedByBrowser();
    const changes = this.#refused && yes;
    this.#refused = !yes;
    if (yes) {
      this.#kept = recall(categories);
      for (const message of this.#held.splice(0)) this.#post(message);
      if (changes && this.#pages) this.page();
      return;
    }
    this.#kept = undefined;
    this.#left = undefined;
    this.#sight = undefined;
    this.#held = [];
    this.#queue.clear();
    forget();
  }

  /** The visitor's id, where there is one; forms of Gonfalon on the page ask for it. */
  anonymousId(): string | undefined {
    return this.#kept?.id;
  }

  #say(said: Said): void {
    if (this.#refused) return;
    const message = this.#message(said);
    if (this.#kept) this.#post(message);
    else if (this.#held.length < HELD) this.#held.push(message);
  }

  #message(said: Said): Message {
    const { language, userAgent, webdriver } = navigator;
    return {
      messageId: uuid(),
      timestamp: new Date().toISOString(),
      ...said,
      context: {
        page: describePage(this.#referrer),
        locale: language,
        timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        userAgent,
        automated: webdriver || undefined,
        screen: { width: screen.width, height: screen.height, density: devicePixelRatio },
        library: { name: "gonfalon-web", version: VERSION },
      },
    };
  }

  #post(message: Message): void {
    const kept = this.#kept;
    if (!kept) return;
    const { type, userId } = message;
    if (type === "identify" && userId) kept.user = userId;
    message.anonymousId = kept.id;
    message.userId ??= kept.user;
    message.context.consent = { categoryPreferences: kept.categories };
    if (type === "track" || type === "page") {
      const { id, entrance } = visit(kept);
      const begins = type === "page" && entrance ? { entrance } : {};
      message.properties = { session_id: id, ...begins, ...message.properties };
    }
    this.#queue.put(message);
  }

  #watchPages(): void {
    const look = () =>
      setTimeout(() => {
        if (placeOf() !== this.#place) this.page();
      });
    for (const name of ["pushState", "replaceState"] as const) {
      const own = history[name];
      history[name] = function (this: History, ...given: Parameters<History["pushState"]>) {
        own.apply(this, given);
        look();
      };
    }
    addEventListener("popstate", look);
    addEventListener("hashchange", look);
    this.page();
  }

  #watchLeaving(): void {
    document.addEventListener("visibilitychange", () => {
      // A phone may end a hidden page without a word, so what would be said of it waits in the queue from now on.
      if (document.visibilityState === "hidden") this.#leavePage(true);
      else this.#sight?.start();
    });
    addEventListener("pagehide", () => {
      this.#leavePage();
      if (this.#kept) this.#queue.flush(true);
    });
    addEventListener("pageshow", ({ persisted }) => {
      if (persisted) this.page();
    });
  }

  /** Says how long the page was in sight. waits: it may come back. */
  #leavePage(waits?: boolean): void {
    if (!this.#sight || !this.#kept) return;
    const seconds = this.#sight.stop();
    this.#left ??= this.#message({ type: "track", event: "Page Left" });
    const { path, url } = this.#page;
    this.#left.timestamp = new Date().toISOString();
    this.#left.properties = { ...this.#left.properties, path, url, seconds };
    this.#left.wait = waits ? Date.now() : undefined;
    this.#post(this.#left);
    if (waits) return;
    this.#left = undefined;
    this.#sight = undefined;
  }

  /** A form with `data-gonfalon-form` was sent: its name, and the values of the fields that are marked one by one. */
  #submitted(form: HTMLFormElement): void {
    const name = form.dataset?.gonfalonForm;
    if (name === undefined) return;
    const fields = form.querySelectorAll<HTMLInputElement>("[data-gonfalon-field]");
    const values = [...fields].map((field) => [field.dataset.gonfalonField || field.name, field.value]);
    this.track("Form Submitted", { form: name || form.name || form.id, ...Object.fromEntries(values) });
  }
}

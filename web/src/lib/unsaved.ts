import { makeStore } from "@/api/store";

/** What was typed on this page and is not saved, found without the help of the forms it stands in. */

type Field = HTMLInputElement | HTMLTextAreaElement;

interface Typed {
  /** What stood there before. */
  before: string;
  /** It has been sent since: it counts again only if its form says that this failed. */
  sent: boolean;
}

const typed = new Map<Field, Typed>();
const words = new Set(["text", "email", "url", "tel", "number", "password"]);

function fieldOf(target: EventTarget | null): Field | undefined {
  if (target instanceof HTMLTextAreaElement) return target;
  if (!(target instanceof HTMLInputElement) || !words.has(target.type)) return undefined;
  // Words that look for something are no loss, nor those that are saved as they are typed.
  const looking = target.role === "combobox" || target.getAttribute("aria-haspopup") === "listbox";
  return looking ? undefined : target;
}

/** Whether a form of the page itself, not of a dialog over it, holds words that are not saved. */
export const typing = makeStore(false);
const look = () => {
  const now = unsavedForm(true) !== undefined;
  if (now !== typing.get()) typing.set(now);
};

/** What a field is sent with. Fields outside of forms are saved as they are typed, but for those with `data-typed`. */
const formOf = (field: Field): Element | null =>
  field.closest("[data-keeps]") ? null : (field.form ?? field.closest("[data-typed]"));

function listen() {
  let entered: { field: Field; value: string } | undefined;
  const options = { capture: true, passive: true };
  const enter = ({ target }: Event) => {
    const field = fieldOf(target);
    if (field) entered = { field, value: field.value };
    look();
  };
  addEventListener("focusin", enter, options);
  addEventListener("beforeinput", enter, options);
  addEventListener(
    "input",
    ({ target }) => {
      const field = fieldOf(target);
      if (!field) return;
      const known = typed.get(field);
      const was = entered?.field === field ? entered.value : field.defaultValue;
      typed.set(field, { before: known && !known.sent ? known.before : was, sent: false });
      look();
    },
    options,
  );
  addEventListener(
    "submit",
    ({ target }) => {
      for (const [field, state] of typed) if ((target as Element).contains(field)) state.sent = true;
      look();
    },
    options,
  );
}
if (typeof window !== "undefined") listen();

const unsaved = (field: Field, { before, sent }: Typed) => {
  const form = formOf(field);
  return form !== null && field.value !== before && (!sent || form.querySelector("[role=alert]") !== null);
};

/** Whether something typed in this part of the page would be lost with it. */
export function unsavedIn(root: Element): boolean {
  for (const [field, state] of typed) {
    if (!field.isConnected) typed.delete(field);
    else if (root.contains(field) && unsaved(field, state)) return true;
  }
  return false;
}

/** A form with words that are not saved; `page` leaves out those of dialogs. */
export function unsavedForm(page = false): Element | undefined {
  for (const [field, state] of typed) {
    const form = field.isConnected && unsaved(field, state) && formOf(field);
    if (form && !(page && form.closest("[role=dialog]"))) return form;
  }
  return undefined;
}

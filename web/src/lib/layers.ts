/**
 * What lies over a page (dialogs, drawers, panels) has an entry of its own in the browser's history, so that Back closes
 * what is open. The router is not told of these entries: they copy the state of their page and add how many layers lie
 * over it (`layer`). An entry whose layer was closed otherwise stays, to be used by the next layer or by the next page;
 * Back passes over it.
 */

/** Closes the layer; false when it stays, because it asks first. */
type Close = () => boolean;

interface Spot {
  layer?: number;
  __TSR_index?: number;
}

const open: { close: Close; byEscape: boolean }[] = [];
/** Where the browser is: the page as the router last wrote it, and how many entries of layers lie over it. */
const here = { href: "", state: null as Spot | null, depth: 0 };
let planned = false;

const stateNow = () => history.state as Spot | null;
const depthNow = () => stateNow()?.layer ?? 0;
const remember = () => {
  here.href = location.href;
  here.state = stateNow();
  here.depth = depthNow();
};

let add: History["pushState"];
let replace: History["replaceState"];

/** Gives every open layer its entry, after everything that happens with it: one that closes at once needs none. */
function plan() {
  if (planned) return;
  planned = true;
  setTimeout(() => {
    planned = false;
    while (depthNow() < open.length) add.call(history, { ...stateNow(), layer: depthNow() + 1 }, "", location.href);
    here.depth = depthNow();
  });
}

/** Begins before the router does, which takes these functions as the browser's. */
function listen() {
  add = history.pushState;
  replace = history.replaceState;
  history.pushState = (state, unused, href) => {
    // Going elsewhere from a dialog leaves no entry of the dialog behind.
    (depthNow() ? replace : add).call(history, state, unused, href);
    remember();
    plan();
  };
  history.replaceState = (state, unused, href) => {
    replace.call(history, { ...state, layer: depthNow() || undefined }, unused, href);
    remember();
  };
  addEventListener("popstate", (event) => {
    const before = here.depth;
    const now = depthNow();
    if (stateNow()?.__TSR_index !== here.state?.__TSR_index || now === before) return remember();
    event.stopImmediatePropagation();
    // The address may have changed under a layer (a parameter taken away as it closed): this entry learns of it.
    if (location.href !== here.href) replace.call(history, { ...here.state, layer: now || undefined }, "", here.href);
    here.depth = now;
    if (now > before) return;
    if (open.length === 0) return leavePage();
    const left = Math.min(now, open.length - 1);
    for (let top = open.at(-1); top && open.length > left; top = open.at(-1)) {
      if (!top.close()) break;
      open.pop();
    }
    plan();
  });
  // Escape belongs to an open list or menu first, and to the layer on top after that.
  let inner = false;
  addEventListener(
    "keydown",
    ({ key, target }) => {
      if (key !== "Escape" || !(target instanceof Element)) return;
      inner = !!target.closest("[data-mantine-stop-propagation=true]") || !!document.querySelector(":popover-open");
    },
    true,
  );
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing || inner) return;
    const top = open.at(-1);
    if (top?.byEscape) top.close();
  });
  remember();
}
if (typeof window !== "undefined") listen();

/** Lays something over the page; answers how to take it away again. With `byEscape` that key closes it too. */
export function addLayer(close: Close, byEscape = false): () => void {
  const layer = { close, byEscape };
  open.push(layer);
  plan();
  return () => {
    const at = open.indexOf(layer);
    if (at >= 0) open.splice(at, 1);
  };
}

/** Goes to the page before, whatever lies over this one. */
export function leavePage() {
  open.length = 0;
  history.go(-depthNow() - 1);
}

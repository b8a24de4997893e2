import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import { addLayer } from "@/lib/layers";

/** While it is open, Back closes it instead of leaving the page. `onBack` answers false when it stays, to ask first. */
export function useBack(open: boolean, onBack: () => boolean, byEscape = false) {
  const latest = useRef(onBack);
  latest.current = onBack;
  useEffect(() => (open ? addLayer(() => latest.current(), byEscape) : undefined), [open, byEscape]);
}

const controls = "a[href], button:not(:disabled), input:not(:disabled, [type=hidden]), select, textarea, [tabindex]";
const fields = "input:not(:disabled, [type=hidden], [type=file]), select:not(:disabled), textarea:not(:disabled)";

const seen = (element: HTMLElement) => element.getClientRects().length > 0 && element.tabIndex >= 0;
const first = (root: Element, selector: string) => [...root.querySelectorAll<HTMLElement>(selector)].find(seen);

/** What a pointer last pressed: some browsers do not give the focus to buttons that are clicked. */
let pressed: Element | null = null;
if (typeof document !== "undefined") {
  addEventListener(
    "pointerdown",
    ({ target }) => {
      pressed = target instanceof Element ? target.closest(controls) : null;
    },
    true,
  );
}

interface Opener {
  element: HTMLElement;
  /** Where to look for its successor, when the page has been drawn anew. */
  around: Element[];
}

function findOpener(): Opener | undefined {
  const active = document.activeElement;
  const element = active && active !== document.body ? active : pressed;
  if (!(element instanceof HTMLElement)) return undefined;
  const around: Element[] = [];
  for (let each = element.parentElement; each; each = each.parentElement) around.push(each);
  return { element, around };
}

const nameOf = (element: Element) => element.getAttribute("aria-label") ?? element.textContent;

/** The opener, or who stands in its place now. */
function successor({ element, around }: Opener): HTMLElement | undefined {
  if (element.isConnected && element.getClientRects().length > 0) return element;
  const near = around.find((each) => each.isConnected && each.getClientRects().length > 0);
  if (!near) return undefined;
  const alike = [...near.querySelectorAll<HTMLElement>(element.tagName)].filter(seen);
  return alike.find((each) => nameOf(each) === nameOf(element)) ?? first(near, controls);
}

/**
 * Gives the focus to the first field of what has opened, as soon as there is one, and back to what opened it when it
 * closes. `box` is inside of it.
 */
export function useFocus(open: boolean, box: RefObject<HTMLElement | null>) {
  const opener = useRef<Opener>(undefined);
  const was = useRef(false);
  // While it is drawn: by the time effects run, a field of it may have the focus already.
  if (open && !was.current) opener.current = findOpener();
  was.current = open;
  useLayoutEffect(() => {
    const root = box.current;
    if (!open || !root) return;
    if (root.querySelector("[data-autofocus]")) return;
    const field = first(root, fields);
    const chosen = field ?? first(root, controls) ?? root;
    // Mantine gives the focus to the close button unless something asks for it.
    chosen.setAttribute("data-autofocus", "");
    if (chosen === root) root.tabIndex = -1;
    if (field) return;
    // Its fields are still on their way.
    const later = new MutationObserver(() => {
      const come = root.querySelector<HTMLElement>("[data-autofocus]:is(input, textarea)") ?? first(root, fields);
      if (!come) return;
      come.focus({ preventScroll: true });
      end();
    });
    const end = () => later.disconnect();
    later.observe(root, { childList: true, subtree: true });
    addEventListener("keydown", end, { once: true, capture: true });
    addEventListener("pointerdown", end, { once: true, capture: true });
    return end;
  }, [open, box]);
  useEffect(() => {
    if (!open) return;
    const mine = opener.current;
    const root = box.current?.closest("[role=dialog], dialog") ?? box.current;
    return () => {
      const { pathname } = location;
      // After what takes its place has been drawn: another dialog, a field to type in, another page.
      requestAnimationFrame(() => {
        const at = document.activeElement;
        if (location.pathname !== pathname || !mine) return;
        if (at && at !== document.body && !root?.contains(at)) return;
        successor(mine)?.focus({ preventScroll: true });
      });
    };
  }, [open, box]);
}

import { useEffect, useRef } from "react";
import { makeStore } from "@/api/store";

/** One key or sequence that does something now. Keys: "mod+k", "?", "g p", "shift+enter". */
export interface Shortcut {
  keys: string;
  /** What it does, in the person's language. */
  label: string;
  /** Heading in the help. */
  group: string;
  act: () => void;
}

const active = makeStore<Shortcut[]>([]);
/** The shortcuts that work on this page, for the help. */
export const useShortcuts = () => active.use();

const mac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** "mod+k" → ["⌘", "K"] or ["Ctrl", "K"]; the steps of a sequence come apart as lists. */
export function showKeys(keys: string, onMac = mac): string[][] {
  const names: Record<string, string> = {
    mod: onMac ? "⌘" : "Ctrl",
    shift: onMac ? "⇧" : "Shift",
    alt: onMac ? "⌥" : "Alt",
    enter: "↵",
    escape: "Esc",
    up: "↑",
    down: "↓",
    left: "←",
    right: "→",
    space: "␣",
  };
  return keys
    .split(" ")
    .map((step) => step.split(/\+(?!$)/).map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key)));
}

/** Writes a keyboard event in the form of `Shortcut.keys`. */
export function stepOf(event: Pick<KeyboardEvent, "key" | "metaKey" | "ctrlKey" | "altKey" | "shiftKey">): string {
  const names: Record<string, string> = {
    " ": "space",
    ArrowUp: "up",
    ArrowDown: "down",
    ArrowLeft: "left",
    ArrowRight: "right",
  };
  const key = names[event.key] ?? event.key.toLowerCase();
  const letter = /^[a-z0-9]$/.test(key) || key.length > 1;
  return [
    event.metaKey || event.ctrlKey ? "mod" : "",
    event.altKey ? "alt" : "",
    event.shiftKey && letter ? "shift" : "",
    key,
  ]
    .filter(Boolean)
    .join("+");
}

function typing(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null;
  return !!element?.closest?.("input, textarea, select, [contenteditable]:not([contenteditable='false'])");
}

let before = "";
let beforeAt = 0;

/** The one listener of the page; call it once. */
export function listenForShortcuts(): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const step = stepOf(event);
    if (typing(event.target) && !step.startsWith("mod+")) return;
    const sequence = event.timeStamp - beforeAt < 1200 && before ? `${before} ${step}` : "";
    const found = active.get().findLast(({ keys }) => keys === step || keys === sequence);
    before = step;
    beforeAt = event.timeStamp;
    if (!found) return;
    event.preventDefault();
    before = "";
    found.act();
  };
  addEventListener("keydown", onKey);
  return () => removeEventListener("keydown", onKey);
}

/** Makes a key work while the component is on the page, and lists it in the help (`?`). */
export function useShortcut(keys: string, label: string, group: string, act: () => void, enabled = true) {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    if (!enabled) return;
    const shortcut: Shortcut = { keys, label, group, act: () => latest.current() };
    active.set((all) => [...all, shortcut]);
    return () => active.set((all) => all.filter((one) => one !== shortcut));
  }, [keys, label, group, enabled]);
}

import { useSyncExternalStore } from "react";

export interface Store<T> {
  get(): T;
  set(change: T | ((before: T) => T)): void;
  use(): T;
}

/** A value shared by components that don't contain each other (toasts, the tray, keys). */
export function makeStore<T>(first: T): Store<T> {
  let value = first;
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    get: () => value,
    set(change) {
      value = typeof change === "function" ? (change as (before: T) => T)(value) : change;
      for (const listener of listeners) listener();
    },
    use: () => useSyncExternalStore(subscribe, () => value),
  };
}

/** A store that is remembered on this machine under a name. */
export function makeStoredStore<T>(name: string, first: T): Store<T> {
  let kept = first;
  try {
    const text = localStorage.getItem(name);
    if (text !== null) kept = JSON.parse(text) as T;
  } catch {
    // Not readable: begin afresh.
  }
  const store = makeStore(kept);
  return {
    ...store,
    set(change) {
      store.set(change);
      try {
        localStorage.setItem(name, JSON.stringify(store.get()));
      } catch {
        // Storage full or forbidden: the choice lives as long as the page.
      }
    },
  };
}

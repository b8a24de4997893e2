import { useCallback, useReducer } from "react";

interface State<T> {
  past: T[];
  now: T;
  future: T[];
  /** What the last change was about, and when: typing into one field is one step. */
  about: string;
  at: number;
}
type Change<T> =
  | { kind: "set"; now: T; about: string; at: number }
  | { kind: "undo" }
  | { kind: "redo" }
  | { kind: "reset"; now: T };

const MAX_STEPS = 200;
const TOGETHER_MS = 1200;

function reduce<T>(state: State<T>, change: Change<T>): State<T> {
  switch (change.kind) {
    case "set": {
      if (change.now === state.now) return state;
      const joined =
        change.about !== "" &&
        change.about === state.about &&
        change.at - state.at < TOGETHER_MS &&
        state.past.length > 0;
      const past = joined ? state.past : [...state.past, state.now].slice(-MAX_STEPS);
      return { past, now: change.now, future: [], about: change.about, at: change.at };
    }
    case "undo": {
      const before = state.past.at(-1);
      if (before === undefined) return state;
      return { past: state.past.slice(0, -1), now: before, future: [state.now, ...state.future], about: "", at: 0 };
    }
    case "redo": {
      const [next, ...future] = state.future;
      if (next === undefined) return state;
      return { past: [...state.past, state.now], now: next, future, about: "", at: 0 };
    }
    case "reset":
      return { past: [], now: change.now, future: [], about: "", at: 0 };
  }
}

/** A value with undo and redo. Changes `about` the same thing within a moment are one step. */
export function useHistory<T>(first: () => T) {
  const [state, send] = useReducer(reduce<T>, undefined, () => ({
    past: [],
    now: first(),
    future: [],
    about: "",
    at: 0,
  }));
  return {
    now: state.now,
    set: useCallback((now: T, about = "") => send({ kind: "set", now, about, at: Date.now() }), []),
    undo: useCallback(() => send({ kind: "undo" }), []),
    redo: useCallback(() => send({ kind: "redo" }), []),
    reset: useCallback((now: T) => send({ kind: "reset", now }), []),
    canUndo: state.past.length > 0,
    canRedo: state.future.length > 0,
  };
}

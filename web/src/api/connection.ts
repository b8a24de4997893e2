import { onlineManager } from "@tanstack/react-query";
import { makeStore } from "./store";

/** Whether the server answers, as far as the last request and the browser know. */
export const connected = makeStore(true);

const again = new Set<() => void>();
/** Calls `act` every time the connection is back. Answers how to end it. */
export function whenConnected(act: () => void): () => void {
  again.add(act);
  return () => void again.delete(act);
}

let timer = 0;
const LOOK = 3000;

/** Notes that a request was answered, or that there was no answer: then it looks until there is one. */
export function noteAnswer(answered: boolean) {
  if (answered === connected.get()) return;
  connected.set(answered);
  onlineManager.setOnline(answered);
  clearInterval(timer);
  if (answered) for (const act of [...again]) act();
  else timer = window.setInterval(look, LOOK);
}

function look() {
  fetch("/health", { cache: "no-store" }).then(
    () => noteAnswer(true),
    () => {},
  );
}

if (typeof window !== "undefined") {
  // What the browser says of networks is half of it: the server may be away while they are there.
  onlineManager.setEventListener(() => undefined);
  addEventListener("offline", () => noteAnswer(false));
  addEventListener("online", look);
  if (!navigator.onLine) noteAnswer(false);
}

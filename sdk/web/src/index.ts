import { Client } from "./client";

type Call = [keyof Client, ...unknown[]];
declare global {
  interface Window {
    gonfalon?: Client | Call[];
  }
}

const script = document.currentScript as HTMLScriptElement | null;
const { key, host, consent, pages } = script?.dataset ?? {};
const waiting = window.gonfalon;

if (key && script && (!waiting || Array.isArray(waiting))) {
  const client = new Client({
    key,
    host: (host ?? new URL(script.src).origin).replace(/\/$/, ""),
    required: consent !== "given",
    pages: pages !== "off",
  });
  window.gonfalon = client;
  // What the page called before this script came.
  for (const [name, ...given] of waiting ?? [])
    (client[name] as ((...given: unknown[]) => void) | undefined)?.apply(client, given);
}

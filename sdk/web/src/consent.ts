import type { Categories } from "./types";

interface TcData {
  gdprApplies?: boolean;
  eventStatus?: string;
  purpose?: { consents?: Record<number, boolean> };
  publisher?: { consents?: Record<number, boolean> };
}
type TcfApi = (command: "addEventListener", version: 2, heard: (data: TcData, ok: boolean) => void) => void;
declare global {
  interface Window {
    __tcfapi?: TcfApi;
  }
  interface Navigator {
    globalPrivacyControl?: boolean;
  }
}

/** Whether the browser says for its user that they want no tracking: it counts more than anything a page says. */
export const refusedByBrowser = (): boolean => navigator.globalPrivacyControl === true;

/** IAB's purposes that measuring needs: storing on the device (1), and measuring what content does (8). */
const PURPOSES = [1, 8];

/**
 * Calls `decide` with what the visitor allows whenever a consent manager that speaks TCF says so. Returns whether there
 * is one. The publisher's own consents count beside the vendors': Gonfalon runs for the site, it is nobody's vendor.
 */
export function listenToTcf(decide: (categories: Categories) => void): boolean {
  if (!window.__tcfapi) return false;
  window.__tcfapi("addEventListener", 2, (data, ok) => {
    if (!ok) return;
    if (data.gdprApplies === false) return decide({ analytics: true });
    if (data.eventStatus !== "tcloaded" && data.eventStatus !== "useractioncomplete") return;
    const all = (given?: Record<number, boolean>) => PURPOSES.every((purpose) => given?.[purpose]);
    decide({ analytics: all(data.purpose?.consents) || all(data.publisher?.consents) });
  });
  return true;
}

/** What a message tells; `messageId` makes sending it twice harmless. */
export interface Message {
  type: "track" | "page" | "identify" | "group" | "alias";
  messageId: string;
  timestamp: string;
  anonymousId?: string;
  userId?: string;
  event?: string;
  name?: string;
  groupId?: string;
  previousId?: string;
  properties?: Properties;
  traits?: Properties;
  context: Properties;
  /** Waits for the page to be left: since when, in milliseconds. Taken off before it is sent. */
  wait?: number;
}

export type Properties = Record<string, unknown>;
/** What a visitor allows, by category; `analytics` is the one that measuring asks for. */
export type Categories = Record<string, boolean>;

export interface Settings {
  key: string;
  host: string;
  /** Whether nothing may be stored or sent before the visitor has said yes. */
  required: boolean;
  /** Whether page views are noticed by themselves. */
  pages: boolean;
}

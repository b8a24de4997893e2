// Sends with Segment's library for Node: node node.mjs HOST KEY, then one event for each line of standard input.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const web = fileURLToPath(new URL("../../../web/package.json", import.meta.url));
const { Analytics } = createRequire(web)("@segment/analytics-node");
const [host, writeKey] = process.argv.slice(2);
const analytics = new Analytics({ host, writeKey, maxRetries: 30, flushAt: 1 });
analytics.identify({ userId: "node", traits: { firstName: "Nora", email: "nora@example.com" } });
for await (const event of createInterface({ input: process.stdin })) {
  analytics.track({ userId: "node", event, properties: { revenue: 9.5, currency: "EUR" } });
}
await analytics.closeAndFlush({ timeout: 60_000 });

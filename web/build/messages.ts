import { readFileSync } from "node:fs";
import { parse } from "@formatjs/icu-messageformat-parser";
import { type Plugin, transformWithOxc } from "vite";

/** `…/messages/fr.ts`: one room's words in one language. */
export const MESSAGE_FILE = /\/messages\/(en|fr|sv|zh)\.ts$/;

/** Reads a message file as the plain object it exports (the file holds one literal and a type). */
export async function readMessages(file: string): Promise<Record<string, string>> {
  const { code } = await transformWithOxc(readFileSync(file, "utf8"), file, { lang: "ts" });
  const body = code
    .replace(/^import .*$/gm, "")
    .replace(/export default /, "return ")
    .replace(/export \{[^}]*\};?/, "");
  return Function(`"use strict"; ${body}`)() as Record<string, string>;
}

/** Turns messages with arguments into syntax trees while building; plain ones stay strings. */
export function compileMessages(enabled: boolean): Plugin {
  return {
    name: "gonfalon:messages",
    enforce: "pre",
    async load(id) {
      if (!enabled || !MESSAGE_FILE.test(id)) return null;
      const messages = await readMessages(id);
      const compiled = Object.entries(messages).map(([key, text]) => [
        key,
        /[{<'#]/.test(text) ? parse(text, { ignoreTag: false }) : text,
      ]);
      return { code: `export default ${JSON.stringify(Object.fromEntries(compiled))}`, moduleType: "js" };
    },
  };
}

import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { type Plugin, transformWithOxc } from "vite";
import type { Message, Piece } from "../src/lib/icu.ts";

const WORDS = /^\0?virtual:words\/(en|fr|sv|zh)\/(first|rest|plan)$/;
/** Rooms whose words the shell, the home page and the sign-in page use. */
const FIRST = new Set(["app", "ui", "accounts"]);
/** Rooms whose words only the pages of planning show; names any page may meet (an audit line, a problem) are not theirs. */
const PLAN = /\/rooms\/(planning|teamwork)\//;
const ANYWHERE = /^(audit|problem|notice|attention)\./;
const MESSAGE_FILE = /\/messages\/(en|fr|sv|zh)\.ts$/;

/** Reads a message file as the plain object it exports (the file holds one literal and a type). */
export async function readMessages(file: string): Promise<Record<string, string>> {
  const { code } = await transformWithOxc(readFileSync(file, "utf8"), file, { lang: "ts" });
  const body = code.replace(/^import .*$/gm, "").replace(/export default /, "return ");
  return Function(`"use strict"; ${body}`)() as Record<string, string>;
}

/** One ICU message in the form that `src/lib/icu.ts` reads; throws where the syntax is wrong. */
export function compile(text: string): Message {
  const pieces = parse(text).map(piece);
  if (pieces.every((one) => typeof one === "string")) return pieces.join("");
  return pieces;
}

function piece(element: MessageFormatElement): Piece {
  switch (element.type) {
    case TYPE.literal:
      return element.value;
    case TYPE.pound:
      return 0;
    case TYPE.argument:
      return ["arg", element.value];
    case TYPE.number: {
      const style = element.style;
      if (!style) return ["number", element.value];
      if (typeof style === "object") return ["number", element.value, style.parsedOptions as Intl.NumberFormatOptions];
      throw new Error(`{${element.value}, number, ${style}}: use a skeleton (::percent)`);
    }
    case TYPE.select:
      return ["select", element.value, options(element.options)];
    case TYPE.plural:
      return ["plural", element.value, options(element.options), element.offset, element.pluralType ?? "cardinal"];
    case TYPE.tag:
      return ["tag", element.value, element.children.map(piece)];
    default:
      throw new Error(`{${element.value}}: dates and times come from lib/format, as a plain argument`);
  }
}

const options = (all: Record<string, { value: MessageFormatElement[] }>) =>
  Object.fromEntries(Object.entries(all).map(([key, { value }]) => [key, value.map(piece)]));

/** Every file below `source`. */
const filesOf = (source: string) =>
  readdirSync(source, { recursive: true, encoding: "utf8" }).map((name) => join(source, name));

/**
 * The words of one chunk. First come those of the shell, the sign-in page and `ui/`, and the labels rooms register
 * (`routes.ts`); then what every page may show, and what only pages of planning do.
 */
async function words(source: string, language: string, chunk: string): Promise<Record<string, Message>> {
  const files = filesOf(source);
  const registered = new Set(
    files
      .filter((name) => name.endsWith("/routes.ts"))
      .flatMap((name) => [...readFileSync(name, "utf8").matchAll(/"([a-z]+\.[\w.-]+)"/g)].map((match) => match[1])),
  );
  const all: Record<string, Message> = {};
  for (const file of files.filter((name) => name.endsWith(`/messages/${language}.ts`)).sort()) {
    const room = basename(dirname(dirname(file)));
    for (const [key, text] of Object.entries(await readMessages(file))) {
      const id = `${room}.${key}`;
      const first = FIRST.has(room) || registered.has(id);
      const place = first ? "first" : PLAN.test(file) && !ANYWHERE.test(key) ? "plan" : "rest";
      if (place === chunk) all[id] = compile(text);
    }
  }
  return all;
}

/** Serves `virtual:words/<language>/<first|rest|plan>`: compiled messages, so that no parser travels to the browser. */
export function compileMessages(source: string): Plugin {
  return {
    name: "gonfalon:words",
    resolveId: (id) => (WORDS.test(id) ? `\0${id}` : null),
    async load(id) {
      const [, language, chunk] = WORDS.exec(id) ?? [];
      if (!language || !chunk) return null;
      for (const file of filesOf(source)) if (MESSAGE_FILE.test(file)) this.addWatchFile(file);
      return `export default ${JSON.stringify(await words(source, language, chunk))}`;
    },
    handleHotUpdate({ file, server }) {
      if (!MESSAGE_FILE.test(file)) return;
      for (const node of server.moduleGraph.idToModuleMap.values()) {
        if (node.id && WORDS.test(node.id)) server.moduleGraph.invalidateModule(node);
      }
      server.ws.send({ type: "full-reload" });
    },
  };
}

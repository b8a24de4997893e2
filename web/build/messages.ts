import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import type { Plugin } from "vite";
import type { Message, Piece } from "../src/lib/icu.ts";
import { writeWords } from "./words.mjs";

const WORDS = /^\0?virtual:words(?:\/(en|fr|sv|zh)\/([a-z]+))?$/;
/** What was done, by an action of any room: `audit.<action>` and `deed.<action>`. */
const DONE = /^(audit|deed)\.\w+\.\w+$/;
const MESSAGE_FILE = /\/(messages\/(en|fr|sv|zh)|early)\.json$/;
const languages = ["en", "fr", "sv", "zh"];

/** The messages of one file: ICU texts by their keys. */
export const readMessages = (file: string): Record<string, string> => JSON.parse(readFileSync(file, "utf8"));

/** French sets a space before its tall signs and inside its quotation marks; no line may break there. */
export const french = (text: string) =>
  text
    .replace(/ (?=[;?!])/g, "\u202f")
    .replace(/ (?=»|:(?!:))/g, "\u00a0")
    .replace(/« /g, "«\u00a0");

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

/** Where the words of a catalogue travel: `first` with the shell, else with the room that it lies in. */
const chunkOf = (source: string, file: string) => {
  const [place, room] = relative(source, file).split("/");
  return place === "rooms" ? String(room) : place === "problems" ? place : "first";
};
/** The words of a file for each word of English; the build fails where one is missing, or is there too much. */
function readWhole(file: string): [key: string, text: string][] {
  const english = Object.keys(readMessages(join(dirname(file), "en.json")));
  const own = readMessages(file);
  const wrong = [
    ...english.filter((key) => !own[key]?.trim()),
    ...Object.keys(own).filter((key) => !english.includes(key)),
  ];
  if (wrong.length > 0) throw new Error(`${file} has not the words of English: ${wrong.join(", ")}`);
  return Object.entries(own);
}

/** The words of a room that others wait for: keys, or with a dot at the end all that begin so. */
interface Early {
  /** What the sign-in page says, beside the shell's own words. */
  first?: string[];
  /** What the home page says of the room: it waits for none of the room's other words. */
  home?: string[];
}

/** What a room says of its words in `early.json`, beside `messages/`. */
function readEarly(file: string): Early {
  const early = join(dirname(dirname(file)), "early.json");
  return existsSync(early) ? JSON.parse(readFileSync(early, "utf8")) : {};
}

const among = (key: string, early: string[] = []) =>
  early.some((one) => key === one || (one.endsWith(".") && key.startsWith(one)));

const roomOf = (file: string) => basename(dirname(dirname(file)));

/**
 * The words of a language by chunk: one for each room; one for the shell, the sign-in page and the labels that rooms
 * register (`room.ts`); one for what the home page says of rooms; one for what was done; one for problems.
 */
function words(source: string, language: string): Record<string, Record<string, Message>> {
  const files = filesOf(source);
  const registered = new Set(
    files
      .filter((name) => name.endsWith("/room.ts"))
      .flatMap((name) => [...readFileSync(name, "utf8").matchAll(/"([a-z]+\.[\w.-]+)"/g)].map((match) => match[1])),
  );
  const all: Record<string, Record<string, Message>> = {};
  for (const file of files.filter((name) => name.endsWith(`/messages/${language}.json`)).sort()) {
    const early = readEarly(file);
    for (const [key, text] of readWhole(file)) {
      const id = `${roomOf(file)}.${key}`;
      const first = among(key, early.first) || registered.has(id);
      const chunks = [first ? "first" : DONE.test(key) ? "done" : chunkOf(source, file)];
      if (!first && among(key, early.home)) chunks.push("home");
      for (const chunk of chunks) {
        all[chunk] ??= {};
        all[chunk][id] = compile(language === "fr" ? french(text) : text);
      }
    }
  }
  return all;
}

/** What is to be fetched for a language, and with which chunk each catalogue travels. */
function index(source: string): string {
  const names = Object.keys(words(source, "en"));
  const files = filesOf(source).filter((name) => name.endsWith("/messages/en.json"));
  const chunks = languages.map((language) => {
    const loads = names.map((name) => `${name}: () => import("virtual:words/${language}/${name}")`);
    return `${language}: { ${loads.join(", ")} }`;
  });
  const rooms = Object.fromEntries(files.map((file) => [roomOf(file), chunkOf(source, file)]));
  return `export const chunks = { ${chunks.join(", ")} }; export const rooms = ${JSON.stringify(rooms)};`;
}

/**
 * Serves `virtual:words/<language>/<chunk>`, compiled messages, so that no parser travels to the browser; and
 * `virtual:words`, which knows all chunks.
 */
export function compileMessages(source: string): Plugin {
  return {
    name: "gonfalon:words",
    buildStart: () => writeWords(source),
    resolveId: (id) => (WORDS.test(id) ? `\0${id}` : null),
    load(id) {
      const asked = WORDS.exec(id);
      if (!asked) return null;
      for (const file of filesOf(source)) if (MESSAGE_FILE.test(file)) this.addWatchFile(file);
      const [, language, chunk] = asked;
      if (!language || !chunk) return index(source);
      return `export default ${JSON.stringify(words(source, language)[chunk] ?? {})}`;
    },
    handleHotUpdate({ file, server }) {
      if (!MESSAGE_FILE.test(file)) return;
      writeWords(source);
      for (const node of server.moduleGraph.idToModuleMap.values()) {
        if (node.id && WORDS.test(node.id)) server.moduleGraph.invalidateModule(node);
      }
      server.ws.send({ type: "full-reload" });
    },
  };
}

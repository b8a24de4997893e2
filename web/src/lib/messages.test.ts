import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { describe, expect, it } from "vitest";
import { readMessages } from "../../build/messages.ts";

const source = fileURLToPath(new URL("..", import.meta.url));
const files = readdirSync(source, { recursive: true, encoding: "utf8" }).map((name) => join(source, name));
const sources = files.filter((name) => /\.tsx?$/.test(name) && !/\.test\.ts$/.test(name));
const rooms = files.filter((name) => name.endsWith("/messages/en.json")).map((name) => dirname(dirname(name)));
/** Keys that are found by a name from the server; see `useNamed`. */
const named = /^(attention|audit|deed|notice)\./;

/** Every `{name}` and `<tag>` of a message, however deep, with the kind of each. */
function placeholders(elements: MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
    if (element.type === TYPE.plural || element.type === TYPE.select) {
      return [`{${element.value}}`, ...Object.values(element.options).flatMap(({ value }) => placeholders(value))];
    }
    if (element.type === TYPE.tag) return [`<${element.value}>`, ...placeholders(element.children)];
    return [`{${element.value}}`];
  });
}

const unique = (values: string[]) => [...new Set(values)].sort();

describe.each(rooms.map((folder) => [basename(folder), folder] as const))("the words of %s", (room, folder) => {
  it.each(["fr", "sv", "zh"])("in %s have the keys, placeholders and plurals of English", (language) => {
    const english = readMessages(join(folder, "messages", "en.json"));
    const other = readMessages(join(folder, "messages", `${language}.json`));
    expect(Object.keys(other).sort()).toEqual(Object.keys(english).sort());
    for (const [key, text] of Object.entries(english)) {
      const mine = parse(other[key] ?? "");
      expect([key, unique(placeholders(mine))]).toEqual([key, unique(placeholders(parse(text)))]);
      expect([key, (other[key] ?? "").trim()]).not.toEqual([key, ""]);
      if (language === "fr") {
        const plurals = mine.filter((element) => element.type === TYPE.plural);
        for (const plural of plurals)
          expect([key, Object.keys(plural.options)]).toEqual([key, expect.arrayContaining(["one", "many", "other"])]);
      }
    }
  });

  // Those of error codes are held to the codes by tests/architecture/test_words.py.
  it.skipIf(room === "problems")("are all used", () => {
    const english = readMessages(join(folder, "messages", "en.json"));
    const code = sources.map((name) => readFileSync(name, "utf8")).join("\n");
    const own = sources
      .filter((name) => name.startsWith(`${folder}/`))
      .map((name) => readFileSync(name, "utf8"))
      .join("\n");
    const beginnings = [...own.matchAll(/`([\w.-]*)\$\{/g)]
      .map((match) => match[1] ?? "")
      .filter((start) => start !== "");
    const ends = [...own.matchAll(/\}(\.[\w.-]+)`/g)].map((match) => match[1] ?? "");
    const unused = Object.keys(english).filter(
      (key) =>
        !named.test(key) &&
        !own.includes(`"${key}"`) &&
        !code.includes(`"${room}.${key}"`) &&
        !beginnings.some((start) => key.startsWith(start) && !key.slice(start.length).includes(".")) &&
        !(ends.some((end) => key.endsWith(end)) && beginnings.some((start) => key.startsWith(start))),
    );
    expect(unused).toEqual([]);
  });
});

describe("the registry of rooms", () => {
  it("names only words that exist", () => {
    const known = new Set<string>();
    for (const folder of rooms) {
      for (const key of Object.keys(readMessages(join(folder, "messages", "en.json"))))
        known.add(`${basename(folder)}.${key}`);
    }
    const missing = files
      .filter((name) => /\/rooms\/[^/]+\/routes\.ts$/.test(name))
      .flatMap((name) =>
        [...readFileSync(name, "utf8").matchAll(/(?:label|why|action): "([^"]+)"/g)].map((match) => match[1] ?? ""),
      )
      .filter((id) => !known.has(id));
    expect(missing).toEqual([]);
  });
});

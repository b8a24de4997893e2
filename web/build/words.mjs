// Writes src/lib/words.d.ts: which values each word of each room takes, so that the compiler checks every call.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { argv } from "node:process";
import { parse, TYPE } from "@formatjs/icu-messageformat-parser";

/** The values of a message, however deep, by name: a plural needs a number, a tag is made by a function. */
function valuesOf(elements, found = {}) {
  for (const element of elements) {
    if (element.type === TYPE.argument || element.type === TYPE.select) found[element.value] ??= "Plain";
    if (element.type === TYPE.number || element.type === TYPE.plural) found[element.value] = "number";
    if (element.type === TYPE.tag) {
      found[element.value] = "Tag";
      valuesOf(element.children, found);
    }
    for (const { value } of Object.values(element.options ?? {})) valuesOf(value, found);
  }
  return found;
}

const written = (values) =>
  `{ ${Object.entries(values)
    .map(([name, type]) => `${JSON.stringify(name)}: ${type}`)
    .join("; ")} }`;

/** Writes the file if it would say something else. */
export function writeWords(source) {
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith("/messages/en.json"),
  );
  const rooms = files.sort().map((name) => {
    const words = Object.entries(JSON.parse(readFileSync(join(source, name), "utf8")));
    const lines = words.map(([key, text]) => `    ${JSON.stringify(key)}: ${written(valuesOf(parse(text)))};`);
    return `  ${basename(dirname(dirname(name)))}: {\n${lines.join("\n")}\n  };\n`;
  });
  const text = `// Written by build/words.mjs.
import type { Plain, Tag } from "./i18n";

/** The words of each room, each with the values that it takes. */
export interface Words {
${rooms.join("")}}
`;
  const file = join(source, "lib", "words.d.ts");
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}

if (import.meta.filename === argv[1]) writeWords(join(import.meta.dirname, "..", "src"));

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, it } from "vitest";

const src = resolve(new URL("..", import.meta.url).pathname);
const files = readdirSync(src, { recursive: true, encoding: "utf8" }).map((file) => join(src, file));
const code = files.filter((file) => /\.tsx?$/.test(file) && !file.endsWith(".test.ts"));
const named = (file: string) => file.slice(src.length + 1);

/** The selectors of a file of styles, without the steps of animations. */
function selectorsOf(file: string): string[] {
  const text = readFileSync(file, "utf8").replace(
    /\/\*[\s\S]*?\*\/|url\([^)]*\)|"[^"]*"|@keyframes[^{]*\{([^{}]*\{[^{}]*\})*\s*\}/g,
    "",
  );
  const heads = (text.match(/[^{};]+(?=\{)/g) ?? []).map((one) => one.trim());
  return heads.filter((one) => one && !one.startsWith("@"));
}
const classesIn = (selector: string) =>
  [...selector.replace(/:global\([^)]*\)/g, "").matchAll(/\.([A-Za-z_][\w-]*)/g)].map((found) => String(found[1]));

/** The classes that files of code take from each file of styles: `css.name` of `import css from "./x.module.css"`. */
function taken(): Map<string, Map<string, string>> {
  const all = new Map<string, Map<string, string>>();
  for (const file of code) {
    const text = readFileSync(file, "utf8");
    for (const [, alias, path] of text.matchAll(/import (\w+) from "([^"]+\.module\.css)"/g)) {
      const sheet = path?.startsWith("@/") ? join(src, path.slice(2)) : resolve(dirname(file), String(path));
      const used = all.get(sheet) ?? new Map<string, string>();
      for (const [, name] of text.matchAll(new RegExp(`(?<!["'/.\\w])${alias}\\.(\\w+)`, "g")))
        used.set(String(name), named(file));
      all.set(sheet, used);
    }
  }
  return all;
}

it("has a rule for every class that is used, and a use for every rule", () => {
  const used = taken();
  const without: string[] = [];
  const unused: string[] = [];
  for (const sheet of files.filter((file) => file.endsWith(".module.css"))) {
    const rules = new Set(selectorsOf(sheet).flatMap(classesIn));
    const uses = used.get(sheet) ?? new Map<string, string>();
    for (const [name, file] of uses) if (!rules.has(name)) without.push(`${file} uses .${name} of ${named(sheet)}`);
    for (const name of rules) if (!uses.has(name)) unused.push(`${named(sheet)} .${name}`);
  }
  expect.soft(without).toEqual([]);
  expect.soft(unused.filter((one) => !/ \.(mantine-|g-)/.test(one))).toEqual([]);
  expect([...used.keys()].filter((sheet) => !existsSync(sheet)).map(named)).toEqual([]);
});

it("brings the styles of every control of Mantine that is used", () => {
  const brought = ["ui/mantine.css", "ui/controls.css"].map((file) => readFileSync(join(src, file), "utf8")).join("\n");
  const from = join(src, "../node_modules/@mantine/core/styles");
  const missing = new Set<string>();
  for (const file of code)
    for (const [, names] of readFileSync(file, "utf8").matchAll(/import \{([^}]*)\} from "@mantine\/core"/g))
      for (const name of String(names)
        .split(",")
        .map((one) => one.trim()))
        if (existsSync(`${from}/${name}.layer.css`) && !brought.includes(`/${name}.layer.css`))
          missing.add(`${named(file)} ${name}`);
  expect([...missing]).toEqual([]);
});

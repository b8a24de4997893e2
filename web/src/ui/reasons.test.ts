import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";

const src = resolve(new URL("..", import.meta.url).pathname);

/** The opening tags of buttons in a file. */
function buttonsOf(text: string): string[] {
  return [...text.matchAll(/<(?:Button|ActionIcon)\b/g)].map(({ index }) => {
    let depth = 0;
    let end = index;
    while (end < text.length && !(text[end] === ">" && !depth && text[end - 1] !== "=")) {
      if (text[end] === "{") depth += 1;
      if (text[end] === "}") depth -= 1;
      end += 1;
    }
    return text.slice(index, end).replace(/\s+/g, " ");
  });
}

it("says of each button that can't be pressed why: by Act, or by its title", () => {
  const files = readdirSync(src, { recursive: true, encoding: "utf8" });
  const silent = files
    .filter((file) => file.endsWith(".tsx") && !file.startsWith("app/gallery/") && file !== "ui/Act.tsx")
    .flatMap((file) => buttonsOf(readFileSync(join(src, file), "utf8")).map((tag) => `${file}: ${tag}`))
    .filter((tag) => /\sdisabled\b(?!=\{rest\.disabled\})/.test(tag) && !/\stitle=/.test(tag));
  expect(silent).toEqual([]);
});

import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const src = new URL("..", import.meta.url).pathname;

/** Asks for the password over the page: it can't be closed. */
const stays = ["app/shell/SignInAgain.tsx"];

it("lets Back close and the focus return from everything that opens over a page", () => {
  const files = readdirSync(src, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".tsx"))
    .filter((file) => !stays.includes(file));
  const layers = files.filter((file) => /<(Modal|Drawer|dialog)[\s.>]/.test(readFileSync(src + file, "utf8")));
  expect(layers).toContain("ui/Dialog.tsx");
  for (const file of layers) {
    const text = readFileSync(src + file, "utf8");
    expect(`${file}: ${/useBack\(/.test(text) && /useFocus\(/.test(text)}`).toBe(`${file}: true`);
  }
});

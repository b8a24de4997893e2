import { expect, test } from "vitest";
import { inScheme } from "./PreviewFrame";

test("a preview answers the mail's questions about light and dark", () => {
  const mail = "@media (prefers-color-scheme: dark) { a } @media ( prefers-color-scheme:light ) { b }";
  expect(inScheme(mail, true)).toBe("@media (min-width: 0px) { a } @media (max-width: 0px) { b }");
  expect(inScheme(mail, false)).toBe("@media (max-width: 0px) { a } @media (min-width: 0px) { b }");
});

import { expect, test } from "vitest";
import { inScheme } from "./PreviewFrame";
import { asLines, sectionPlace, valuePlace } from "./places";

test("a preview answers the mail's questions about light and dark", () => {
  const mail = "@media (prefers-color-scheme: dark) { a } @media ( prefers-color-scheme:light ) { b }";
  expect(inScheme(mail, true)).toBe("@media (min-width: 0px) { a } @media (max-width: 0px) { b }");
  expect(inScheme(mail, false)).toBe("@media (max-width: 0px) { a } @media (min-width: 0px) { b }");
});

const mail = `<mjml lang="en">
  <mj-head><mj-style>a > b {}</mj-style></mj-head>
  <mj-body>
    <!-- a > b -->
    <mj-section><mj-column><mj-text>One {{ person.first_name }}</mj-text></mj-column></mj-section>
    {% if vip > 1 %}
    <mj-section><mj-column><mj-image src="a.png" alt="5 > 3" /></mj-column></mj-section>
    {% endif %}
  </mj-body>
</mjml>
`;
const put = (at: number) => {
  const place = sectionPlace(mail, at);
  return mail.slice(0, place) + asLines("<mj-section>\n  X\n</mj-section>\n", mail, place) + mail.slice(place);
};

test.each([
  ["the beginning", 0],
  ["the head", mail.indexOf("a > b")],
  ["a word", mail.indexOf("One") + 2],
  ["a picture", mail.indexOf("a.png")],
  ["the end", mail.length],
])("a block wanted at %s stands beside sections", (_, at) => {
  const made = put(at);
  expect(made.replace(/ *<mj-section>\n *X\n *<\/mj-section>\n/, "")).toBe(mail);
  expect(made.indexOf("X")).toBeGreaterThan(made.indexOf("<mj-body>"));
  expect(made.indexOf("X")).toBeLessThan(made.indexOf("</mj-body>"));
  const before = made.slice(0, made.indexOf("X"));
  expect((before.match(/<mj-column>/g) ?? []).length).toBe((before.match(/<\/mj-column>/g) ?? []).length);
});

test("a block wanted in a section comes right behind it, one wanted between them stays", () => {
  const first = mail.indexOf("One");
  expect(sectionPlace(mail, first)).toBeLessThan(mail.indexOf("{% if"));
  expect(sectionPlace(mail, first)).toBeGreaterThan(first);
  const after = mail.indexOf("{% endif %}") + 11;
  expect(mail.slice(sectionPlace(mail, after)).startsWith("  </mj-body>")).toBe(true);
});

test("a value goes where words are", () => {
  expect(valuePlace(mail, mail.indexOf("One"))).toBe(mail.indexOf("One"));
  expect(valuePlace(mail, mail.indexOf("a.png") + 1)).toBe(mail.indexOf("a.png") + 1);
  expect(mail.slice(0, valuePlace(mail, 0)).endsWith("One")).toBe(true);
  expect(valuePlace("<p>a</p>", 4)).toBe(4);
  expect(valuePlace("<html><head><title>t</title></head><body><p>a</p></body></html>", 0)).toBeGreaterThan(35);
});

test("plain HTML takes a block in its body", () => {
  const html = "<html><head><style>a{}</style></head><body><p>a</p></body></html>";
  expect(sectionPlace(html, 0)).toBeGreaterThanOrEqual(html.indexOf("<body>") + 6);
  expect(sectionPlace(html, html.length)).toBeLessThanOrEqual(html.indexOf("</body>"));
  expect(sectionPlace("", 0)).toBe(0);
});

import { expect, test } from "vitest";
import { allNodes, duplicate, fits, fromApi, moveTo, type Node, placeOf, remove, step, toApi } from "./tree";
import { docOf, harmless, paragraphsOf, readValue, runsOf, valueCode } from "./words";

const text = (words: string) => ({
  type: "text",
  attributes: {},
  paragraphs: [{ kind: "line", runs: [{ kind: "text", text: words }] }],
});
const sent = {
  version: 1,
  attributes: {},
  title: "",
  theme: null,
  head: "",
  body: {},
  rows: [
    {
      type: "section",
      attributes: {},
      columns: [
        { attributes: {}, blocks: [text("a"), text("b")] },
        {
          attributes: {},
          blocks: [{ type: "conditional", attributes: {}, condition: "person.x", blocks: [text("c")] }],
        },
      ],
    },
    { type: "wrapper", attributes: {}, rows: [] },
    {
      type: "section",
      attributes: {},
      columns: [{ attributes: {}, blocks: [{ type: "table", attributes: {}, header: true, rows: [[[]]] }] }],
    },
  ],
};
const strip = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, one) => (key === "id" ? undefined : one)));
const words = (mail: ReturnType<typeof fromApi>) =>
  allNodes(mail.rows).flatMap((node) => node.paragraphs?.[0]?.runs[0]?.text ?? []);
const idOf = (mail: ReturnType<typeof fromApi>, fit: (node: Node) => boolean) =>
  allNodes(mail.rows).find(fit)?.id ?? "";

test("a mail goes to the API as it came", () => {
  expect(strip(toApi(fromApi(sent)))).toEqual(sent);
});

test("blocks move among their neighbours, into the next column and to any place where they may stand", () => {
  let mail = fromApi(sent);
  const a = idOf(mail, (node) => node.paragraphs?.[0]?.runs[0]?.text === "a");
  mail = step(mail, a, 1);
  expect(words(mail)).toEqual(["b", "a", "c"]);
  mail = step(mail, a, 1);
  expect(placeOf(mail, a)?.parent?.blocks).toHaveLength(2);
  expect(step(mail, a, -1)).not.toBe(mail);
  const only = idOf(mail, (node) => node.type === "conditional");
  mail = moveTo(mail, a, only, 1);
  expect(words(mail)).toEqual(["b", "c", "a"]);
  expect(moveTo(mail, only, only, 0)).toBe(mail);
  expect(moveTo(mail, a, undefined, 0)).toBe(mail);
  const row = mail.rows[0] as Node;
  const wrapper = mail.rows[1] as Node;
  expect(fits(row, wrapper)).toBe(true);
  mail = moveTo(mail, row.id, wrapper.id, 0);
  expect(mail.rows).toHaveLength(2);
});

test("a copy has names of its own, and what is removed is gone with all it holds", () => {
  const mail = fromApi(sent);
  const made = duplicate(mail, (mail.rows[0] as Node).id);
  const ids = allNodes(made.mail.rows).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(words(made.mail)).toEqual(["a", "b", "c", "a", "b", "c"]);
  expect(words(remove(made.mail, made.id))).toEqual(["a", "b", "c"]);
});

test("words come back from the text editor as they went in; typed Liquid is a value", () => {
  const look = { bold: true, href: "https://a.test/", link: { class: "x" }, style: "color:red" };
  const paragraphs = [
    { kind: "paragraph" as const, runs: [{ kind: "text" as const, text: "Dear ", ...look }], style: "margin:0" },
    { kind: "bullet" as const, runs: [{ kind: "value" as const, text: "{{ person.city }}" }] },
    { kind: "bullet" as const, runs: [{ kind: "break" as const }] },
  ];
  expect(paragraphsOf(docOf(paragraphs))).toEqual(paragraphs);
  expect(runsOf({ content: [{ type: "text", text: "a {{ b }} c" }] }).map(({ kind }) => kind)).toEqual([
    "text",
    "value",
    "text",
  ]);
});

test("a field keeps its fall-back, and other Liquid is left alone", () => {
  expect(readValue(valueCode("person.first_name", 'a "friend" }}'))).toEqual({
    path: "person.first_name",
    fallback: "a friend",
  });
  expect(readValue("{{ person.x | upcase }}")).toBeUndefined();
});

test("a style on the page places, loads and covers nothing", () => {
  expect(harmless("color: red; position: fixed; background: url(https://a.test); font-size: 12px")).toEqual({
    color: "red",
    fontSize: "12px",
  });
  expect(harmless("color: url(//x); background-color: var(--g-accent)")).toEqual({});
});

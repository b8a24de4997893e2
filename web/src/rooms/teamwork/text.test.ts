import { describe, expect, it } from "vitest";
import { mentionAt, pack, piecesOf, unpack } from "./text";

const anna = { id: "00000000-0000-7000-8000-000000000001", name: "Anna" };
const berg = { id: "00000000-0000-7000-8000-000000000002", name: "Anna Berg" };

describe("a comment's text", () => {
  it("is packed and unpacked without a loss, longer names first", () => {
    const text = "@Anna Berg, ask @Anna: is <b>this</b> right? @Nobody";
    const body = pack(text, [anna, berg]);
    expect(body).toBe(`<@${berg.id}>, ask <@${anna.id}>: is <b>this</b> right? @Nobody`);
    expect(unpack(body, [anna, berg])).toBe(text);
  });

  it("comes in pieces and never as markup", () => {
    expect(piecesOf(`Hi <@${anna.id}>, **see** \`a<b\` (https://x.example/a?b=1). <script>`, [anna])).toEqual([
      { kind: "words", words: "Hi " },
      { kind: "mention", id: anna.id, words: "Anna" },
      { kind: "words", words: ", " },
      { kind: "strong", words: "see" },
      { kind: "words", words: " " },
      { kind: "code", words: "a<b" },
      { kind: "words", words: " (" },
      { kind: "link", href: "https://x.example/a?b=1", words: "https://x.example/a?b=1" },
      { kind: "words", words: "). <script>" },
    ]);
    expect(piecesOf("javascript:alert(1)", [])).toEqual([{ kind: "words", words: "javascript:alert(1)" }]);
  });

  it("shows a mention that is being typed", () => {
    expect(mentionAt("Hi @an", 6)).toEqual({ from: 3, words: "an" });
    expect(mentionAt("@", 1)).toEqual({ from: 0, words: "" });
    expect(mentionAt("Hi @Anna B", 10)).toEqual({ from: 3, words: "Anna B" });
    expect(mentionAt("mail a@b", 8)).toBeUndefined();
    expect(mentionAt("Hi @Anna Berg and more", 22)).toBeUndefined();
  });
});

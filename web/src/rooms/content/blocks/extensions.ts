import { InputRule, Mark, mergeAttributes, Node, nodePasteRule } from "@tiptap/core";
import StarterKit from "@tiptap/starter-kit";
import css from "./block.module.css";
import { harmless, readValue } from "./words";

/** A link that is only shown as one: what it leads to is never opened from the editor. */
const Link = Mark.create({
  name: "link",
  inclusive: false,
  addAttributes: () => ({
    href: { default: "", parseHTML: (element: HTMLElement) => element.getAttribute("href") ?? "" },
    link: { default: {} },
  }),
  parseHTML: () => [{ tag: "a[href]" }],
  renderHTML: ({ mark }) => ["span", { class: css.link, title: mark.attrs.href, "data-link": "" }, 0],
});

/** A look that was written by hand; it stays, and is shown as far as it is harmless. */
const Styled = Mark.create({
  name: "styled",
  addAttributes: () => ({ style: { default: "" } }),
  renderHTML({ mark }) {
    const look = Object.entries(harmless(mark.attrs.style as string));
    const kebab = (key: string) => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return ["span", { style: look.map(([key, value]) => `${kebab(key)}:${value}`).join(";") }, 0];
  },
});

/** A paragraph that keeps a style of its own. */
const ParagraphStyle = { style: { default: null, renderHTML: () => ({}) } };

/** A value that differs from person to person, as a chip. */
const Value = (nameOf: (path: string) => string) =>
  Node.create({
    name: "value",
    group: "inline",
    inline: true,
    atom: true,
    selectable: true,
    addAttributes: () => ({
      code: { default: "", parseHTML: (element: HTMLElement) => element.dataset.code ?? "" },
    }),
    parseHTML: () => [{ tag: "span[data-code]" }],
    renderText: ({ node }) => node.attrs.code,
    renderHTML({ node, HTMLAttributes }) {
      const code = node.attrs.code as string;
      return [
        "span",
        mergeAttributes(HTMLAttributes, { class: css.chip, "data-code": code, title: code }),
        chipWords(code, nameOf),
      ];
    },
    addInputRules() {
      return [
        new InputRule({
          find: /(\{\{[^{}]+\}\}|\{%[^{}]+%\})$/,
          handler: ({ chain, range, match }) => {
            chain()
              .deleteRange(range)
              .insertContent({ type: "value", attrs: { code: match[0] } })
              .run();
          },
        }),
      ];
    },
    addPasteRules() {
      return [
        nodePasteRule({
          find: /\{\{[^{}]+\}\}|\{%[^{}]+%\}/g,
          type: this.type,
          getAttributes: (match) => ({ code: match[0] }),
        }),
      ];
    },
  });

/** What a chip says: the field's name with what those read who have none; other Liquid as it is. */
export function chipWords(code: string, nameOf: (path: string) => string): string {
  const value = readValue(code);
  if (/^\{\{\s*["']?(now|today)\b/.test(code)) return nameOf("now");
  if (!value) return code.replace(/^\{[{%]\s*|\s*[%}]\}$/g, "");
  return value.fallback ? `${nameOf(value.path)} · ${value.fallback}` : nameOf(value.path);
}

/** Words in paragraphs and lists, or (`lines` false) in one line of a heading or button. */
export function extensionsFor(lines: boolean, nameOf: (path: string) => string) {
  const kit = StarterKit.configure({
    heading: false,
    blockquote: false,
    code: false,
    codeBlock: false,
    horizontalRule: false,
    link: false,
    undoRedo: false,
    trailingNode: false,
    dropcursor: { class: css.dropcursor },
    ...(lines ? {} : { bulletList: false, orderedList: false, listItem: false, listKeymap: false }),
  });
  return [
    kit.extend({ addGlobalAttributes: () => [{ types: ["paragraph"], attributes: ParagraphStyle }] }),
    Link,
    Styled,
    Value(nameOf),
  ];
}

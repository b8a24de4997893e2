import { type Kind, type Node, newId } from "./tree";

export type Words = (
  key: `begin.${"heading" | "text" | "button" | "label" | "product" | "coupon" | "days" | "after"}`,
) => string;
export const palette = [
  "heading",
  "text",
  "button",
  "image",
  "divider",
  "spacer",
  "products",
  "coupon",
  "countdown",
  "video",
  "table",
  "menu",
  "social",
  "conditional",
  "repeated",
  "raw",
] as const satisfies Kind[];
export const layouts = ["one", "two", "three", "aside"] as const;
export type Layout = (typeof layouts)[number];
const WIDTHS: Record<Layout, string[]> = {
  one: [""],
  two: ["50%", "50%"],
  three: ["33.33%", "33.33%", "33.34%"],
  aside: ["35%", "65%"],
};

export const column = (width: string, blocks: Node[] = []): Node => ({
  id: newId(),
  type: "column",
  attributes: width ? { width } : {},
  blocks,
});

/** A row with columns, on the mail's card, with the distances of the starters. */
export const sectionOf = (columns: Node[]): Node => ({
  id: newId(),
  type: "section",
  attributes: { "css-class": "card inset", "background-color": "#FFFFFF", padding: "24px 40px" },
  columns,
});

export const blankLayout = (layout: Layout, card: string): Node => {
  const made = sectionOf(WIDTHS[layout].map((width) => column(width)));
  return { ...made, attributes: { ...made.attributes, "background-color": card } };
};

const run = (text: string) => [{ kind: "text" as const, text }];

/** A new block with words to write over. */
export function blankBlock(type: Kind, words: Words): Node {
  const node: Node = { id: newId(), type, attributes: {} };
  const soon = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  switch (type) {
    case "heading":
      return { ...node, level: 2, runs: run(words("begin.heading")) };
    case "text":
      return { ...node, paragraphs: [{ kind: "line", runs: run(words("begin.text")) }] };
    case "button":
      return { ...node, attributes: { "css-class": "button", href: "" }, runs: run(words("begin.button")) };
    case "image":
      return { ...node, attributes: { src: "", alt: "" } };
    case "spacer":
      return { ...node, attributes: { height: "24px" } };
    case "products":
      return {
        ...node,
        items: [
          {
            src: "",
            alt: "",
            name: words("begin.product"),
            note: "",
            price: "",
            href: "",
            action: words("begin.button"),
          },
        ],
      };
    case "coupon":
      return { ...node, label: words("begin.coupon"), code: "WELCOME", note: "" };
    case "countdown":
      return { ...node, until: soon, label: words("begin.days"), after: words("begin.after") };
    case "video":
      return { ...node, src: "", alt: "", href: "", label: words("begin.button") };
    case "table":
      return {
        ...node,
        header: true,
        cells: [1, 2, 3].map(() => [run(words("begin.label")), run(words("begin.label"))]),
      };
    case "menu":
    case "social":
      return { ...node, links: [1, 2, 3].map(() => ({ label: words("begin.label"), href: "" })) };
    case "conditional":
      return { ...node, condition: "person.first_name", blocks: [] };
    case "repeated":
      return { ...node, each: "item in person.orders limit: 3", blocks: [] };
    case "raw":
      return { ...node, code: "<mj-text></mj-text>" };
    default:
      return node;
  }
}

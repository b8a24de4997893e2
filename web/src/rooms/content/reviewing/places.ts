import type { Shape } from "@/api/schema";

export type Pin = Shape<"PinOut">;
export type Place = Pick<Pin, "device" | "x" | "y" | "quote">;

/** A part of a mail that can be pointed at without a mouse: its words, and where it stands. */
export interface Block {
  words: string;
  x: number;
  y: number;
}

const PARTS = "h1, h2, h3, h4, p, li, a, td, div, img";
const MOST_WORDS = 120;

/** The words of an element, or what stands for a picture. */
export function wordsOf(element: Element | null | undefined): string {
  if (!element) return "";
  const words = element.tagName === "IMG" ? element.getAttribute("alt") : element.textContent;
  return (words ?? "").replace(/\s+/g, " ").trim().slice(0, MOST_WORDS);
}

/** The smallest element at a point whose words say which one is meant. */
export function quoteAt(page: Document, left: number, top: number): string {
  return wordsOf(page.elementFromPoint(left, top));
}

/** The parts of a mail in reading order: elements that hold words themselves, each words once. */
export function blocksOf(page: Document, width: number): Block[] {
  const found = new Map<string, Block>();
  for (const element of page.querySelectorAll(PARTS)) {
    const own = element.tagName === "IMG" || [...element.childNodes].some(isWords);
    const words = own ? wordsOf(element) : "";
    const box = element.getBoundingClientRect();
    if (!words || found.has(words) || box.width === 0 || box.height === 0) continue;
    found.set(words, {
      words,
      x: Math.min(1, Math.max(0, (box.left + box.width / 2) / width)),
      y: Math.max(0, Math.round(box.top + box.height / 2)),
    });
  }
  return [...found.values()];
}

const isWords = (node: ChildNode) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? "").trim() !== "";

/** Where a pin of another version stands now: at its words, if they are there still. */
export function placeNow(pin: Pin, shown: number, blocks: readonly Block[]): { x: number; y: number } | undefined {
  if (pin.version === shown) return pin.x === null || pin.y === null ? undefined : { x: pin.x, y: pin.y };
  const same = pin.quote ? blocks.find(({ words }) => words === pin.quote) : undefined;
  return same && { x: same.x, y: same.y };
}

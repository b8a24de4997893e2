import type { CSSProperties } from "react";
import type { Node, Theme } from "./tree";
import { harmless } from "./words";

/** Faces by name, as the server writes them. */
const SYSTEM =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'PingFang SC', 'Microsoft YaHei', sans-serif";
export const FONTS: Record<string, string> = {
  sans: `Inter, ${SYSTEM}`,
  system: SYSTEM,
  serif: "Georgia, 'Times New Roman', 'Songti SC', SimSun, serif",
  humanist: `'Gill Sans', 'Trebuchet MS', Calibri, ${SYSTEM}`,
  mono: "'SF Mono', Menlo, Consolas, 'Courier New', monospace",
};

export const PLAIN: Theme = {
  accent: "#414141",
  ink: "#000000",
  page: "#FFFFFF",
  card: "#FFFFFF",
  font: "system",
  heading_font: "system",
  radius: 3,
};

const CLASSES: Record<string, CSSProperties> = {
  small: { fontSize: 13, color: "color-mix(in srgb, var(--mail-ink) 66%, var(--mail-card))" },
  lead: { fontSize: 18 },
  label: {
    fontSize: 12,
    fontWeight: 600,
    letterSpacing: "0.08em",
    textTransform: "uppercase",
    color: "var(--mail-accent)",
  },
};

const SPACE = /^[\d.\s]*(px|%|em|\s|\d)*$/;

/** How a node's attributes make it look on the canvas: near enough to write in; the preview beside is exact. */
export function lookOf({ attributes: given }: Node): CSSProperties {
  const text = ["color", "font-size", "font-weight", "line-height", "letter-spacing", "background-color"]
    .filter((name) => given[name])
    .map((name) => `${name}:${given[name]}`)
    .join(";");
  const look: CSSProperties = { ...CLASSES[given["mj-class"] ?? ""], ...harmless(text) };
  if (given.padding && SPACE.test(given.padding)) look.padding = pixels(given.padding);
  if (given.align && /^(left|center|right)$/.test(given.align)) look.textAlign = given.align as "left";
  if (given["border-radius"] && SPACE.test(given["border-radius"])) look.borderRadius = pixels(given["border-radius"]);
  return look;
}

/** "0 40px" and "24" as CSS takes them. */
const pixels = (text: string) =>
  text
    .trim()
    .split(/\s+/)
    .map((part) => (/^\d+$/.test(part) && part !== "0" ? `${part}px` : part))
    .join(" ");

/** White or black, whichever is read on a colour. */
export function inkOn(colour: string): string {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 ? "#FFFFFF" : "#000000";
}

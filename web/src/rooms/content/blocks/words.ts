/** Words of a block as the text editor holds them, and back. Pure. */
import type { JSONContent } from "@tiptap/core";
import type { Paragraph, Run } from "./tree";

const LIQUID = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g;
const MARKS = { bold: "bold", italic: "italic", underline: "underline", strike: "strike" } as const;

export function docOf(paragraphs: Paragraph[]): JSONContent {
  const content: JSONContent[] = [];
  for (const { kind, runs, style } of paragraphs) {
    const line: JSONContent = { type: "paragraph", attrs: { style: style || null }, content: runs.map(nodeOf) };
    if (kind !== "bullet" && kind !== "number") {
      content.push(line);
      continue;
    }
    const type = kind === "bullet" ? "bulletList" : "orderedList";
    const list = content.at(-1);
    const item = { type: "listItem", content: [line] };
    if (list?.type === type) list.content?.push(item);
    else content.push({ type, content: [item] });
  }
  return { type: "doc", content: content.length ? content : [{ type: "paragraph" }] };
}

function nodeOf(run: Run): JSONContent {
  const marks: JSONContent["marks"] = Object.values(MARKS)
    .filter((mark) => run[mark])
    .map((type) => ({ type }));
  if (run.href) marks.push({ type: "link", attrs: { href: run.href, link: run.link ?? {} } });
  if (run.style) marks.push({ type: "styled", attrs: { style: run.style } });
  if (run.kind === "break") return { type: "hardBreak" };
  if (run.kind === "value") return { type: "value", attrs: { code: run.text ?? "" }, marks };
  return { type: "text", text: run.text ?? "", marks };
}

/** One paragraph alone is a line: it keeps no distance to what follows. */
export function paragraphsOf(doc: JSONContent): Paragraph[] {
  const found: Paragraph[] = [];
  for (const node of doc.content ?? []) {
    if (node.type === "paragraph")
      found.push({ kind: "paragraph", runs: runsOf(node), style: node.attrs?.style ?? "" });
    else if (node.type === "bulletList" || node.type === "orderedList") {
      const kind = node.type === "bulletList" ? "bullet" : "number";
      for (const item of node.content ?? [])
        for (const line of item.content ?? []) if (line.type === "paragraph") found.push({ kind, runs: runsOf(line) });
    }
  }
  const [only] = found;
  return found.length === 1 && only?.kind === "paragraph" && !only.style ? [{ kind: "line", runs: only.runs }] : found;
}

export const runsOf = (node: JSONContent): Run[] => (node.content ?? []).flatMap(runOf);

function runOf(node: JSONContent): Run[] {
  if (node.type === "hardBreak") return [{ kind: "break" }];
  const look: Run = {};
  for (const mark of node.marks ?? []) {
    if (mark.type in MARKS) look[mark.type as keyof typeof MARKS] = true;
    else if (mark.type === "link") {
      look.href = mark.attrs?.href ?? "";
      look.link = mark.attrs?.link ?? {};
    } else if (mark.type === "styled") look.style = mark.attrs?.style ?? "";
  }
  if (node.type === "value") return [{ ...look, kind: "value", text: node.attrs?.code ?? "" }];
  return typedLiquid(node.text ?? "").map((piece) => ({ ...look, ...piece }));
}

/** Liquid that was typed as words is what it says. */
function typedLiquid(text: string): Run[] {
  const found: Run[] = [];
  let from = 0;
  for (const match of text.matchAll(LIQUID)) {
    if (match.index > from) found.push({ kind: "text", text: text.slice(from, match.index) });
    found.push({ kind: "value", text: match[0] });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ kind: "text", text: text.slice(from) });
  return found;
}

export const plainOf = (runs: Run[]) => runs.map(({ kind, text }) => (kind === "break" ? "\n" : (text ?? ""))).join("");

/** A person's field with the word for those who have none, where a value says no more than that. */
export function readValue(code: string): { path: string; fallback: string } | undefined {
  const found = /^\{\{\s*([\w.]+)\s*(?:\|\s*default:\s*"([^"{}|%]*)"\s*)?\}\}$/.exec(code);
  return found ? { path: found[1] ?? "", fallback: found[2] ?? "" } : undefined;
}

export function valueCode(path: string, fallback: string): string {
  const word = fallback.replace(/["{}|%\\]/g, "").trim();
  return word ? `{{ ${path} | default: "${word}" }}` : `{{ ${path} }}`;
}

/** The part of a style that words on a page may have: nothing that places, loads or covers. */
export function harmless(style: string): Record<string, string> {
  const allowed: Record<string, string> = {
    color: "color",
    "background-color": "backgroundColor",
    "font-size": "fontSize",
    "font-weight": "fontWeight",
    "font-style": "fontStyle",
    "text-decoration": "textDecoration",
    "letter-spacing": "letterSpacing",
    "line-height": "lineHeight",
    "text-align": "textAlign",
  };
  const found: Record<string, string> = {};
  for (const part of style.split(";")) {
    const [name = "", ...rest] = part.split(":");
    const key = allowed[name.trim().toLowerCase()];
    const value = rest.join(":").trim();
    if (key && /^[\w#%.,\s()-]{1,60}$/.test(value) && !/url|var|expression/i.test(value)) found[key] = value;
  }
  return found;
}

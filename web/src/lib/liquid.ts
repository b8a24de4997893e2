/** One piece of a short Liquid text (a subject): words as they are, or a value that each person has of their own. */
export type Piece = { words: string } | { path: string; fallback: string | undefined };

const MARK = /\{%-?\s*(\w*)([\s\S]*?)-?%\}|\{\{-?([\s\S]*?)-?\}\}/g;
const OPENS = new Set(["if", "unless", "case", "for", "tablerow", "capture", "comment", "raw"]);
const OTHERWISE = new Set(["else", "elsif"]);
const SILENT = new Set(["comment", "capture"]);

/**
 * Cuts a Liquid text into words and values, so that it can be read without knowing Liquid. Of alternatives the first is
 * shown, tags leave nothing. It reads what people write in subjects and promises nothing for whole templates.
 */
export function readLiquid(source: string): Piece[] {
  const pieces: Piece[] = [];
  // For every open block: its name, how many branches it has had, whether it was hidden from outside.
  const blocks: { name: string; branches: number; outside: boolean }[] = [];
  let hidden = false;
  let from = 0;
  const words = (text: string) => {
    if (!hidden && text) pieces.push({ words: text });
  };
  for (const match of source.matchAll(MARK)) {
    words(source.slice(from, match.index));
    from = match.index + match[0].length;
    const [, tag, , output] = match;
    if (output !== undefined) {
      if (!hidden) pieces.push(pieceOf(output));
      continue;
    }
    if (!tag) continue;
    const open = blocks.at(-1);
    if (OPENS.has(tag)) {
      blocks.push({ name: tag, branches: tag === "case" ? 0 : 1, outside: hidden });
      hidden ||= SILENT.has(tag);
    } else if (open && tag === `end${open.name}`) {
      hidden = open.outside;
      blocks.pop();
    } else if (open && OTHERWISE.has(tag)) {
      open.branches += 1;
      hidden = open.outside || open.branches > 1;
    } else if (open?.name === "case" && tag === "when") {
      open.branches += 1;
      hidden = open.outside || open.branches > 1;
    }
  }
  words(source.slice(from));
  return pieces;
}

function pieceOf(output: string): Piece {
  const [path = "", ...filters] = output.split("|").map((part) => part.trim());
  const quoted = /^(["'])([\s\S]*)\1$/.exec(path);
  if (quoted) return { words: quoted[2] ?? "" };
  const fallback = filters.map((filter) => /^default:\s*(["'])([\s\S]*?)\1/.exec(filter)?.[2]).find((one) => one);
  return { path, fallback };
}

/** "person.first_name" as one would say it where nobody gave it a name: "First name". */
export function sayPath(path: string): string {
  const last = (path.split(".").at(-1) ?? path).replaceAll("_", " ").trim();
  return last.charAt(0).toUpperCase() + last.slice(1);
}

/** What a value is called. path: "person.first_name". */
export type NameOf = (path: string) => string;

/** A short Liquid text as plain words, for titles and names: "Hello [First name]". */
export function liquidWords(source: string, nameOf: NameOf): string {
  return readLiquid(source)
    .map((piece) => ("words" in piece ? piece.words : `[${nameOf(piece.path)}]`))
    .join("");
}

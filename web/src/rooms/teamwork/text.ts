import type { Shape } from "@/api/schema";

/** A thing as rooms name it to each other. */
export interface Thing {
  kind: Shape<"ThingKind">;
  id: string;
}

export interface Mentioned {
  id: string;
  name: string;
}

/** A part of a comment as it is shown. */
export type Piece =
  | { kind: "words"; words: string }
  | { kind: "strong"; words: string }
  | { kind: "code"; words: string }
  | { kind: "link"; words: string; href: string }
  | { kind: "mention"; words: string; id: string };

const PIECES =
  /<@([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})>|\*\*([^*\n]+)\*\*|`([^`\n]+)`|(https?:\/\/[^\s<>"]+)/g;

/** A body in pieces: mentions, links, **strong**, `code`; everything else stays the words it is. Never markup. */
export function piecesOf(body: string, mentions: readonly Mentioned[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of body.matchAll(PIECES)) {
    const [whole, id, strong, code, address] = match;
    if (match.index > at) pieces.push({ kind: "words", words: body.slice(at, match.index) });
    at = match.index + whole.length;
    if (id) pieces.push({ kind: "mention", id, words: nameOf(id, mentions) });
    else if (strong) pieces.push({ kind: "strong", words: strong });
    else if (code) pieces.push({ kind: "code", words: code });
    else if (address) {
      // A full stop or a bracket after an address belongs to the sentence.
      const href = address.replace(/[.,;:!?)\]]+$/, "");
      at -= address.length - href.length;
      pieces.push({ kind: "link", href, words: href });
    }
  }
  if (at < body.length) pieces.push({ kind: "words", words: body.slice(at) });
  return pieces;
}

const nameOf = (id: string, mentions: readonly Mentioned[]) => mentions.find((one) => one.id === id)?.name || "…";

/** What stands in the field while a comment is edited: mentions by name. */
export function unpack(body: string, mentions: readonly Mentioned[]): string {
  return body.replace(/<@([0-9a-f-]{36})>/g, (_, id: string) => `@${nameOf(id, mentions)}`);
}

/** What is sent: the names of the people picked become mentions. Longer names first: "@Anna Berg" is not "@Anna". */
export function pack(text: string, picked: readonly Mentioned[]): string {
  return [...picked]
    .sort((a, b) => b.name.length - a.name.length)
    .reduce((body, { id, name }) => body.replaceAll(`@${name}`, `<@${id}>`), text);
}

/** The letters of a mention being typed before the caret, and where it begins. */
export function mentionAt(text: string, caret: number): { from: number; words: string } | undefined {
  const match = /(?:^|[\s(])@([^\s@]{0,30}(?: [^\s@]{0,30})?)$/.exec(text.slice(0, caret));
  const words = match?.[1];
  if (words === undefined) return undefined;
  return { from: caret - words.length - 1, words };
}

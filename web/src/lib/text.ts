const plain = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Whether every word of `wanted` is in `text`; accents and case don't matter. */
export function matches(text: string, wanted: string): boolean {
  const hay = plain(text);
  return plain(wanted)
    .split(/\s+/)
    .every((word) => hay.includes(word));
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
/** Words to be put into a sentence: a name written from right to left leaves what stands around it in its place. */
export const isolate = (text: string) => (RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text);

/** A written number with the true minus sign: every language writes what is below nothing with the same one. */
export const signed = (written: string) => written.replace("-", "−");

/** The parts of a line that there are, with dots between them. */
export const dotted = (parts: (string | number | false | null | undefined)[]) =>
  parts
    .filter((part) => part || part === 0)
    .map((part) => isolate(String(part)))
    .join(" · ");

/** With a capital, as a label begins. */
export const capital = (text: string) => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
/** Without it, as in the middle of a sentence; abbreviations stay. */
export const inSentence = (text: string) => text.replace(/^\p{Lu}(?!\p{Lu})/u, (letter) => letter.toLowerCase());

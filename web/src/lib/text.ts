const plain = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Whether every word of `wanted` is in `text`; accents and case don't matter. */
export function matches(text: string, wanted: string): boolean {
  const hay = plain(text);
  return plain(wanted)
    .split(/\s+/)
    .every((word) => hay.includes(word));
}

/** Writes `lib/words.d.ts` below the sources if it would say something else. */
export function writeWords(source: string): void;

/**
 * Words that are not stored yet. They are kept in this tab until they are, so that leaving the page, a reload or a lost
 * connection costs nothing: whoever shows the field again finds them and stores them.
 */

const BEGIN = "gonfalon.kept.";
let owner = "";

/** Whose words these are: somebody else who signs in here is not shown them. */
export function keepFor(person: string) {
  owner = person;
}

const nameOf = (thing: string) => `${BEGIN}${owner} ${thing}`;

/** Keeps the words of a thing; undefined when they are stored. */
export function keepWords(thing: string, words: unknown) {
  try {
    if (words === undefined) sessionStorage.removeItem(nameOf(thing));
    else sessionStorage.setItem(nameOf(thing), JSON.stringify(words));
  } catch {
    // Storage full or forbidden: the words live as long as the page.
  }
}

/** The words of a thing that were not stored. */
export function keptWords<T>(thing: string): T | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(nameOf(thing)) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

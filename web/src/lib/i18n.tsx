import { chunks, rooms } from "virtual:words";
import { Children, createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { makeStore } from "@/api/store";
import { fill, type Message, sentence } from "./icu";
import type { Words as AllWords } from "./words";

/** The four languages, each by its own name. */
export const languages = { en: "English", fr: "Français", sv: "Svenska", zh: "简体中文" } as const;
export type Language = keyof typeof languages;

/** The locale that shapes dates, numbers and money of a language. */
export const locales: Record<Language, string> = { en: "en-GB", fr: "fr-FR", sv: "sv-SE", zh: "zh-Hans-CN" };

export type Words = Record<string, Message>;
const STORED = "gonfalon.language";

export function isLanguage(value: unknown): value is Language {
  return typeof value === "string" && value in languages;
}

/** The language to begin with: the last one chosen on this machine, else the browser's, else English. */
export function firstLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (isLanguage(stored)) return stored;
  for (const wish of navigator.languages) {
    const short = wish.slice(0, 2).toLowerCase();
    if (isLanguage(short)) return short;
  }
  return "en";
}

export interface Spoken {
  language: Language;
  words: Words;
}
const LanguageContext = createContext<Spoken & { setLanguage: (language: Language) => void }>({
  language: "en",
  words: {},
  setLanguage: () => {},
});

/** The language on screen and how to change it (stored on this machine; the profile is the caller's business). */
export const useLanguage = () => useContext(LanguageContext);

// The words that came so far: those of the shell first, so that the first page is light, then room by room.
const come = makeStore<Partial<Record<Language, Words>>>({});
const asked = new Map<string, Promise<void>>();
let wanted: Language = "en";

/** Among the words, says that those of a chunk are here. */
const hereIs = (chunk: string) => `chunk ${chunk}`;

/** Fetches the words of a chunk once; a failure may be tried again. */
function bring(language: Language, chunk: string): Promise<void> {
  const name = `${language} ${chunk}`;
  const known = asked.get(name);
  if (known) return known;
  const coming = (chunks[language][chunk]?.() ?? Promise.resolve({ default: {} })).then(
    ({ default: words }) => {
      come.set((all) => ({ ...all, [language]: { ...all[language], ...words, [hereIs(chunk)]: "" } }));
    },
    (error: unknown) => {
      asked.delete(name);
      throw error;
    },
  );
  asked.set(name, coming);
  return coming;
}

const shownChunks = new Set(["first"]);

/** Resolves when the words of these chunks are here. */
async function need(...names: string[]): Promise<void> {
  for (const name of names) shownChunks.add(name);
  await Promise.all(names.map((name) => bring(wanted, name)));
}

/** Resolves when the words of these rooms are here; the router waits for those of a page. */
export const roomWords = (names: string[]): Promise<void> => need(...new Set(names.map((name) => rooms[name] ?? name)));

/** Resolves when the home page has the words of what rooms say on it. */
export const homeWords = (): Promise<void> => need("home");

/** Brings the words for what goes wrong, which few visits need, and returns all words of the language. */
export async function problemWords(): Promise<Spoken> {
  await need("problems");
  return { language: wanted, words: come.get()[wanted] ?? {} };
}

/** Lets what is being rendered wait for a chunk that nobody has asked for. */
function waitFor({ language, words }: Spoken, chunk: string | undefined): void {
  if (chunk === undefined || hereIs(chunk) in words) return;
  shownChunks.add(chunk);
  throw bring(language, chunk);
}

/** Loads the words of a language, then shows its children; a change keeps the old words until the new ones are here. */
export function LanguageProvider(props: { children: ReactNode }) {
  const words = come.use();
  const [shown, setShown] = useState<Language>();
  const [language, setLanguage] = useState<Language>(firstLanguage);
  wanted = language;
  useEffect(() => {
    let current = true;
    Promise.all([...shownChunks].map((chunk) => bring(language, chunk))).then(() => {
      if (!current) return;
      document.documentElement.lang = language === "zh" ? "zh-Hans" : language;
      setShown(language);
    });
    return () => {
      current = false;
    };
  }, [language]);
  const change = useCallback((next: Language) => {
    localStorage.setItem(STORED, next);
    setLanguage(next);
  }, []);
  const value = useMemo(
    () => shown && { language: shown, words: words[shown] ?? {}, setLanguage: change },
    [shown, words, change],
  );
  if (!value) return null;
  return <LanguageContext value={value}>{props.children}</LanguageContext>;
}

export type Plain = string | number | boolean | Date | null | undefined;
/** What makes `<tag>…</tag>` of its words. */
export type Tag = (children: ReactNode[]) => ReactNode;
type Rich = Plain | ReactNode | Tag;

/** What all words of a union take together: `t(`unit.${unit}`, …)` is given whatever any of them may need. */
type Together<All> = (All extends unknown ? (one: All) => void : never) extends (all: infer Sum) => void ? Sum : never;
/** The values as arguments: none where the words take none. */
type Given<Sum> = keyof Sum extends never ? [] : [values: Sum];
/** The same where any of them may be elements. */
type Parts<Sum> = { [name in keyof Sum]: Sum[name] extends Plain ? ReactNode | Plain : Sum[name] };

export interface Translate<Messages> {
  <Key extends keyof Messages & string>(key: Key, ...values: Given<Together<Messages[Key]>>): string;
  /** The same where the server names both the word and its values. */
  told(key: keyof Messages & string, values: Record<string, Plain>): string;
  /** The same with React parts: `t.rich("terms", { link: (words) => <a href="…">{words}</a> })`. */
  rich<Key extends keyof Messages & string>(key: Key, values: Parts<Together<Messages[Key]>>): ReactNode;
}

/** Words that do not exist are a fault, which tests hear of. */
function unknown(id: string): string {
  console.warn(`no words for ${id}`);
  return id;
}

/**
 * Makes the `useT` of one room: `export const useT = makeT("people")`. Keys and their values are checked by the compiler
 * (`build/words.mjs`); at run time keys are `people.<key>`.
 */
export function makeT<Room extends keyof AllWords>(room: Room): () => Translate<AllWords[Room]> {
  return function useT() {
    const { language, words } = useLanguage();
    return useMemo(() => {
      const find = (key: string) => {
        const found = words[`${room}.${key}`];
        if (found === undefined) waitFor({ language, words }, rooms[room]);
        return found ?? unknown(`${room}.${key}`);
      };
      const t = (key: string, values: Record<string, Plain> = {}) => sentence(find(key), values, locales[language]);
      const rich = (key: string, values: Record<string, Rich>): ReactNode => {
        const message = find(key);
        if (typeof message === "string") return message;
        return Children.toArray(fill(message, values, locales[language]) as ReactNode[]);
      };
      return Object.assign(t, { told: t, rich }) as Translate<AllWords[Room]>;
    }, [language, words]);
  };
}

/** Words named by a full id ("people.nav"): for labels that come from the registry of rooms. */
export function useWords(): (id: string, values?: Record<string, Plain>) => string {
  const { language, words } = useLanguage();
  return useCallback((id, values = {}) => sentence(words[id] ?? id, values, locales[language]), [language, words]);
}

/**
 * Words that any room may have for a name from the server: `useNamed("audit")("member.invited")` finds the first room's
 * `audit.member.invited`, or nothing.
 */
export function useNamed(kind: string): (name: string, values?: Record<string, Plain>) => string | undefined {
  const { language, words } = useLanguage();
  if (kind === "audit" || kind === "deed") waitFor({ language, words }, "done");
  return useCallback(
    (name, values = {}) => {
      const tail = `.${kind}.${name}`;
      const id = Object.keys(words).find((key) => key.endsWith(tail) && key.indexOf(".") === key.length - tail.length);
      return id === undefined ? undefined : sentence(words[id] ?? "", values, locales[language]);
    },
    [language, words, kind],
  );
}

import { Children, createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { fill, type Message, sentence } from "./icu";
import { makeStore } from "./store";

/** The four languages, each by its own name. */
export const languages = { en: "English", fr: "Français", sv: "Svenska", zh: "简体中文" } as const;
export type Language = keyof typeof languages;

/** The locale that shapes dates, numbers and money of a language. */
export const locales: Record<Language, string> = { en: "en-GB", fr: "fr-FR", sv: "sv-SE", zh: "zh-Hans-CN" };

/** The words of a language come in three chunks, made by `build/messages.ts`. */
const chunks = {
  en: {
    first: () => import("virtual:words/en/first"),
    rest: () => import("virtual:words/en/rest"),
    plan: () => import("virtual:words/en/plan"),
  },
  fr: {
    first: () => import("virtual:words/fr/first"),
    rest: () => import("virtual:words/fr/rest"),
    plan: () => import("virtual:words/fr/plan"),
  },
  sv: {
    first: () => import("virtual:words/sv/first"),
    rest: () => import("virtual:words/sv/rest"),
    plan: () => import("virtual:words/sv/plan"),
  },
  zh: {
    first: () => import("virtual:words/zh/first"),
    rest: () => import("virtual:words/zh/rest"),
    plan: () => import("virtual:words/zh/plan"),
  },
};

type Words = Record<string, Message>;
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

interface Spoken {
  language: Language;
  words: Words;
  setLanguage: (language: Language) => void;
}
const LanguageContext = createContext<Spoken>({ language: "en", words: {}, setLanguage: () => {} });

/** The language on screen and how to change it (stored on this machine; the profile is the caller's business). */
export const useLanguage = () => useContext(LanguageContext);

// The words that came so far. The first few (shell, home) are a chunk of their own, so that the first page is light;
// every other page waits for the rest.
const come = makeStore<Partial<Record<Language, Words>>>({});
let wanted: Language = "en";

type Chunk = "first" | "rest" | "plan";

async function bring(language: Language, chunk: Chunk) {
  const { default: words } = await chunks[language][chunk]();
  come.set((all) => ({ ...all, [language]: { ...all[language], ...words } }));
}

const shownChunks = new Set<Chunk>(["first"]);
/**
 * Resolves when a page has its words; the router waits for it before pages other than the home page. Those of planning
 * and working together are many, so pages of other rooms go without.
 */
export async function pageWords(plan: boolean): Promise<void> {
  const needed: Chunk[] = plan ? ["rest", "plan"] : ["rest"];
  for (const chunk of needed) shownChunks.add(chunk);
  await Promise.all(needed.map((chunk) => bring(wanted, chunk)));
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

type Plain = string | number | boolean | Date | null | undefined;
/** Values of a sentence: words and numbers, or a function for `<tag>…</tag>`. */
type Rich = Plain | ReactNode | ((children: ReactNode[]) => ReactNode);

export interface Translate<Key extends string> {
  (key: Key, values?: Record<string, Plain>): string;
  /** The same with React parts: `t.rich("terms", { link: (words) => <a href="…">{words}</a> })`. */
  rich(key: Key, values: Record<string, Rich>): ReactNode;
}

/**
 * Makes the `useT` of one room: `export const useT = makeT<typeof en>("people")`, with `import type en from
 * "./messages/en"`. Keys are checked by the compiler; at run time they are `people.<key>`.
 */
export function makeT<Messages extends Record<string, string>>(room: string) {
  type Key = keyof Messages & string;
  return function useT(): Translate<Key> {
    const { language, words } = useLanguage();
    return useMemo(() => {
      const find = (key: Key) => words[`${room}.${key}`] ?? `${room}.${key}`;
      const t = (key: Key, values: Record<string, Plain> = {}) => sentence(find(key), values, locales[language]);
      const rich = (key: Key, values: Record<string, Rich>): ReactNode => {
        const message = find(key);
        if (typeof message === "string") return message;
        return Children.toArray(fill(message, values, locales[language]) as ReactNode[]);
      };
      return Object.assign(t, { rich });
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
  return useCallback(
    (name, values = {}) => {
      const tail = `.${kind}.${name}`;
      const id = Object.keys(words).find((key) => key.endsWith(tail) && key.indexOf(".") === key.length - tail.length);
      return id === undefined ? undefined : sentence(words[id] ?? "", values, locales[language]);
    },
    [language, words, kind],
  );
}

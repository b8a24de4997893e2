import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { IntlProvider, useIntl } from "react-intl";

/** The four languages, each by its own name. */
export const languages = { en: "English", fr: "Français", sv: "Svenska", zh: "简体中文" } as const;
export type Language = keyof typeof languages;

/** The locale that shapes dates, numbers and money of a language. */
export const locales: Record<Language, string> = { en: "en-GB", fr: "fr-FR", sv: "sv-SE", zh: "zh-Hans-CN" };

const chunks = {
  en: () => import("@/app/languages/en"),
  fr: () => import("@/app/languages/fr"),
  sv: () => import("@/app/languages/sv"),
  zh: () => import("@/app/languages/zh"),
};

type Compiled = Record<string, string>;
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

const LanguageContext = createContext<{ language: Language; setLanguage: (language: Language) => void }>({
  language: "en",
  setLanguage: () => {},
});

/** The language on screen and how to change it (stored on this machine; the profile is the caller's business). */
export const useLanguage = () => useContext(LanguageContext);

/** Loads the words of a language, then shows its children; a change keeps the old words until the new ones are here. */
export function LanguageProvider(props: { children: ReactNode }) {
  const [wanted, setWanted] = useState<Language>(firstLanguage);
  const [shown, setShown] = useState<{ language: Language; messages: Compiled }>();
  useEffect(() => {
    let current = true;
    chunks[wanted]().then((chunk) => {
      if (!current) return;
      document.documentElement.lang = wanted === "zh" ? "zh-Hans" : wanted;
      setShown({ language: wanted, messages: chunk.default });
    });
    return () => {
      current = false;
    };
  }, [wanted]);
  const setLanguage = useCallback((language: Language) => {
    localStorage.setItem(STORED, language);
    setWanted(language);
  }, []);
  const value = useMemo(() => shown && { language: shown.language, setLanguage }, [shown, setLanguage]);
  if (!shown || !value) return null;
  return (
    <LanguageContext value={value}>
      <IntlProvider locale={locales[shown.language]} messages={shown.messages} defaultLocale="en">
        {props.children}
      </IntlProvider>
    </LanguageContext>
  );
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
    const intl = useIntl();
    return useMemo(() => {
      const t = (key: Key, values?: Record<string, Plain>) =>
        intl.formatMessage({ id: `${room}.${key}` }, values as Record<string, string>);
      const rich = (key: Key, values: Record<string, Rich>) =>
        intl.formatMessage({ id: `${room}.${key}` }, values as Record<string, string>) as ReactNode;
      return Object.assign(t, { rich });
    }, [intl]);
  };
}

/** Words named by a full id ("people.nav"): for labels that come from the registry of rooms. */
export function useWords(): (id: string, values?: Record<string, Plain>) => string {
  const intl = useIntl();
  return useCallback((id, values) => intl.formatMessage({ id }, values as Record<string, string>), [intl]);
}

/**
 * Words that any room may have for a name from the server: `useNamed("audit")("member.invited")` finds the first room's
 * `audit.member.invited`, or nothing.
 */
export function useNamed(kind: string): (name: string, values?: Record<string, Plain>) => string | undefined {
  const intl = useIntl();
  return useCallback(
    (name, values) => {
      const tail = `.${kind}.${name}`;
      const id = Object.keys(intl.messages).find(
        (key) => key.endsWith(tail) && key.indexOf(".") === key.length - tail.length,
      );
      return id && intl.formatMessage({ id }, values as Record<string, string>);
    },
    [intl, kind],
  );
}

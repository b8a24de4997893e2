import type { ReactNode } from "react";
import { useEffect } from "react";
import { type Language, languages, useLanguage } from "@/lib/i18n";
import { Wordmark } from "@/ui/Mark";
import css from "./OutsideFrame.module.css";
import { useT } from "./useT";

/** The frame of pages outside a workspace: the name, one card, the languages. */
export function OutsideFrame({
  title,
  text,
  wide,
  children,
}: {
  title: string;
  text?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}) {
  const t = useT();
  const { language, setLanguage } = useLanguage();
  useEffect(() => {
    document.title = `${title} · Gonfalon`;
  }, [title]);
  return (
    <div className={css.root}>
      <header className={css.head}>
        <Wordmark size={20} />
      </header>
      <main className={css.main} data-wide={wide || undefined}>
        <h1>{title}</h1>
        {text && <p className={css.text}>{text}</p>}
        {children}
      </main>
      <footer className={css.foot}>
        <nav aria-label={t("language")}>
          {(Object.keys(languages) as Language[]).map((one) => (
            <button
              key={one}
              type="button"
              lang={one === "zh" ? "zh-Hans" : one}
              aria-pressed={one === language}
              onClick={() => setLanguage(one)}
            >
              {languages[one]}
            </button>
          ))}
        </nav>
      </footer>
    </div>
  );
}

import { useLanguage, useNamed } from "@/lib/i18n";
import css from "./delivery.module.css";
import { useT } from "./useT";

/**
 * Why something stopped. The server tells a code, and a sentence in English: readers of other languages get the words
 * for the code, and the sentence below as what it is.
 */
export function ProblemWords({ code, sentence }: { code: string; sentence: string }) {
  const t = useT();
  const problem = useNamed("problem");
  const { language } = useLanguage();
  if (language === "en" && sentence) return sentence;
  return (
    <>
      {problem(code) ?? t("problem.other")}
      {sentence && (
        <q lang="en" className={css.said}>
          {sentence}
        </q>
      )}
    </>
  );
}

const troubles = ["unreachable", "settings", "refused", "connection_lost", "policy", "provider"] as const;

/** Why the mail server gets nothing now, and what it said. */
export function Trouble({ code, said }: { code: string; said: string }) {
  const t = useT();
  const known = troubles.find((one) => one === code);
  return (
    <>
      {known && t(`trouble.${known}`)}
      {said && (
        <q lang="en" className={css.said}>
          {said}
        </q>
      )}
    </>
  );
}

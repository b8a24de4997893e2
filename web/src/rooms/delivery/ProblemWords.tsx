import { useLanguage } from "@/lib/i18n";
import { useProblems } from "@/lib/problems";
import css from "./delivery.module.css";
import { useT } from "./useT";

const holds = ["cannot_prepare", "senders_died", "restored", "many_bounces", "many_complaints"] as const;

/**
 * Why something stopped. The server tells a code, and a sentence in English: readers of other languages get the words
 * for the code, and the sentence below as what it is.
 */
export function ProblemWords({ code, sentence }: { code: string; sentence: string }) {
  const t = useT();
  const { language } = useLanguage();
  const own = holds.find((one) => one === code);
  const { say, coming } = useProblems(!own);
  if (language === "en" && sentence) return sentence;
  return (
    <>
      {own ? t(`hold.${own}`) : (say(code) ?? (!coming && t("hold.other")))}
      {sentence && (
        <q lang="en" className={css.said}>
          {sentence}
        </q>
      )}
    </>
  );
}

const troubles = ["unreachable", "settings", "refused", "connection_lost", "policy", "provider", "internal"] as const;

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

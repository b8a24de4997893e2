import { Button, Combobox, TextInput, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconCornerDownLeft } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ApiError } from "@/api/errors";
import { useApi } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useWorkspaceSettings } from "@/lib/workspace";
import { ErrorState } from "@/ui/states";
import { useFaultWords } from "../faults";
import type { RuleJson } from "../rule";
import { useT } from "../useT";
import type { RuleWords } from "../words";
import css from "./SentenceField.module.css";

type Answer = Shape<"SentenceOut">;
const LONGEST = 4_000;
const FEW = 6;

/** A rule typed as an English sentence: completed while it is written, shown as conditions before it replaces any. */
export function SentenceField({
  words,
  replaces,
  onUse,
}: {
  words: RuleWords;
  /** Whether there are conditions that would go. */
  replaces: boolean;
  onUse: (rule: RuleJson) => void;
}) {
  const t = useT();
  const [text, setText] = useState("");
  const { data, error, refetch, current } = useSentence(text);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const offered = current && text !== "" ? (data?.completions ?? []) : [];
  const understood = current ? data?.rule : undefined;

  const complete = (option: string) => {
    const kept = Array.from(text)
      .slice(0, data?.from_character ?? 0)
      .join("");
    setText(`${kept}${kept && !/[\s(]$/.test(kept) ? " " : ""}${option} `);
    combobox.resetSelectedOption();
  };
  const use = () => {
    if (!understood) return;
    onUse(understood);
    setText("");
    combobox.closeDropdown();
  };
  return (
    <div className={css.field}>
      <Combobox
        store={combobox}
        position="bottom-start"
        width={340}
        offset={4}
        withinPortal
        onOptionSubmit={(value) => complete(offered[Number(value)]?.text ?? "")}
      >
        <Combobox.Target>
          <TextInput
            label={t("sentence.label")}
            description={t("sentence.note")}
            placeholder="bought twice since June and lives in Lyon"
            lang="en"
            value={text}
            maxLength={LONGEST}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => {
              setText(event.currentTarget.value);
              combobox.openDropdown();
              combobox.resetSelectedOption();
            }}
            onFocus={() => combobox.openDropdown()}
            onBlur={() => combobox.closeDropdown()}
            onKeyDown={(event) => {
              if (event.key === "Enter" && combobox.getSelectedOptionIndex() < 0) {
                event.preventDefault();
                use();
              }
              if (event.key === "Escape") combobox.closeDropdown();
            }}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={offered.length === 0}>
          <Combobox.Options mah={240} style={{ overflowY: "auto" }} aria-label={t("sentence.completions")}>
            {offered.map(({ kind, text: option }, index) => (
              <Combobox.Option key={`${kind} ${option}`} value={String(index)} className={css.option}>
                <span lang={kind === "word" ? "en" : undefined}>{option}</span>
                {kind !== "word" && <small>{kindWords(t, kind)}</small>}
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      <div aria-live="polite" className={css.answer}>
        {error && <ErrorState inline error={error} onRetry={() => void refetch()} />}
        {current && data && text.trim() !== "" && (
          <>
            {data.rule && (
              <div className={css.understood}>
                <p>{t("sentence.understood", { words: words.sentenceOf(data.rule) })}</p>
                <Button size="xs" leftSection={<IconCornerDownLeft size={14} />} onClick={use}>
                  {t(replaces ? "sentence.replace" : "sentence.use")}
                </Button>
              </div>
            )}
            <Problem text={text} answer={data} />
          </>
        )}
      </div>
    </div>
  );
}

/** What a sentence was understood as; the last answer stays while a new one is on its way. */
function useSentence(text: string) {
  const { slug } = useWorkspaceSettings();
  const { ask } = useApi();
  const [asked] = useDebouncedValue(text, 150);
  const answer = useQuery<Answer & { asked: string }, ApiError>({
    queryKey: ["w", slug, "/audiences/sentences/read", asked],
    queryFn: async () => ({
      ...(await ask("post", "/audiences/sentences/read", { body: { sentence: asked } })),
      asked,
    }),
    enabled: asked.trim() !== "",
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
  return { ...answer, current: answer.data?.asked === text };
}

/** Where it is unclear and what could stand there; while the sentence is still being written only the latter. */
function Problem({ text, answer }: { text: string; answer: Answer }) {
  const t = useT();
  const faultWords = useFaultWords();
  if (answer.invalid) return <p className={css.wrong}>{faultWords(answer.invalid)}</p>;
  const { unclear } = answer;
  if (!unclear) return null;
  const characters = Array.from(text);
  const [before, found, after] = [
    characters.slice(0, unclear.at).join(""),
    characters.slice(unclear.at, unclear.end).join(""),
    characters.slice(unclear.end).join(""),
  ];
  const wanted = [...new Set(unclear.expected.map((one) => (one.kind === "word" ? one.text : kindWords(t, one.kind))))];
  const some = wanted.slice(0, FEW).join(", ");
  if (!found) return <p className={css.more}>{t("sentence.goesOn", { some })}</p>;
  return (
    <div className={css.wrong}>
      <p className={css.marked}>
        {before}
        <mark>{found}</mark>
        {after}
      </p>
      <p>{t("sentence.unclear", { found, some })}</p>
    </div>
  );
}

const kinds = [
  "attribute",
  "event",
  "tag",
  "audience",
  "topic",
  "campaign",
  "channel",
  "value",
  "number",
  "whole",
  "day",
  "property",
  "home",
  "purchase",
  "end",
] as const;

function kindWords(t: ReturnType<typeof useT>, kind: string): string {
  const known = kinds.find((one) => one === kind);
  return known ? t(`sentence.kind.${known}`) : kind;
}

import { Textarea } from "@mantine/core";
import { useRef } from "react";
import { useApi } from "@/api/hooks";
import { SaveState } from "@/ui/SaveState";
import { FormError } from "@/ui/states";
import css from "./briefs.module.css";
import { type Passage, type Save, usePassage, type Words } from "./usePassage";
import { useT } from "./useT";

interface Common {
  /** Its name; with `quiet` only screen readers hear it. */
  label: string;
  quiet?: boolean;
  hint: string;
  readOnly: boolean;
}

/** One passage of the brief, saved while it is written. */
export function PassageField({ campaignId, passage, ...rest }: Common & { campaignId: string; passage: Passage }) {
  const api = useApi();
  const path = { campaign_id: campaignId, passage_id: passage.id };
  return (
    <WordsField
      {...rest}
      words={passage}
      save={(body) => api.save("/campaigns/{campaign_id}/brief/passages/{passage_id}", { path, body })}
    />
  );
}

/** Words that several people may write at once, saved while they are written. */
export function WordsField({ words, save, label, quiet, hint, readOnly }: Common & { words: Words; save: Save }) {
  const t = useT();
  const field = useRef<HTMLTextAreaElement>(null);
  const { text, state, error, both, write, flush } = usePassage(words, field, save);
  return (
    <div className={css.passage}>
      {!quiet && (
        <div className={css.label}>
          <label htmlFor={words.id}>{label}</label>
          {state !== "saved" && <SaveState state={state} />}
        </div>
      )}
      <Textarea
        id={words.id}
        ref={field}
        aria-label={quiet ? label : undefined}
        autosize
        minRows={quiet ? 1 : 2}
        maxLength={20_000}
        placeholder={readOnly ? undefined : hint}
        value={text}
        readOnly={readOnly}
        onChange={(event) => write(event.currentTarget.value)}
        onBlur={flush}
      />
      {quiet && state !== "saved" && <SaveState state={state} />}
      {both && (
        <p className={css.both} role="status">
          {t("both")}
        </p>
      )}
      <FormError error={error} />
    </div>
  );
}

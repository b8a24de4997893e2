import { Textarea } from "@mantine/core";
import { useRef } from "react";
import { SaveState } from "@/ui/SaveState";
import { FormError } from "@/ui/states";
import css from "./brief.module.css";
import { type Passage, usePassage } from "./usePassage";
import { useT } from "./useT";

interface Props {
  campaignId: string;
  passage: Passage;
  /** Its name; with `quiet` only screen readers hear it. */
  label: string;
  quiet?: boolean;
  hint: string;
  readOnly: boolean;
}

/** One passage of the brief, saved while it is written. */
export function PassageField({ campaignId, passage, label, quiet, hint, readOnly }: Props) {
  const t = useT();
  const field = useRef<HTMLTextAreaElement>(null);
  const { text, state, error, both, write, flush } = usePassage(campaignId, passage, field);
  return (
    <div className={css.passage}>
      {!quiet && (
        <div className={css.label}>
          <label htmlFor={passage.id}>{label}</label>
          {state !== "saved" && <SaveState state={state} />}
        </div>
      )}
      <Textarea
        id={passage.id}
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

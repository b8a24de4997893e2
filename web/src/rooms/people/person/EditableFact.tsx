import { ActionIcon } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { type ReactNode, useRef, useState } from "react";
import { useErrorWords } from "@/ui/states";
import { useT } from "../useT";
import css from "./person.module.css";

interface Props<T> {
  label: string;
  value: T;
  /** The value as it is read. */
  shown: ReactNode;
  field: (value: T, change: (value: T) => void) => ReactNode;
  onSave: (value: T) => Promise<unknown>;
  may: boolean;
}

/** A fact that is edited where it stands: Enter keeps, Escape drops. */
export function EditableFact<T>({ label, value, shown, field, onSave, may }: Props<T>) {
  const t = useT();
  const [draft, setDraft] = useState<{ value: T }>();
  const [state, setState] = useState<{ busy?: boolean; error?: unknown }>({});
  const button = useRef<HTMLButtonElement>(null);
  const words = useErrorWords(state.error);
  const close = () => {
    setDraft(undefined);
    setState({});
    requestAnimationFrame(() => button.current?.focus());
  };
  const save = async () => {
    if (!draft || Object.is(draft.value, value)) return close();
    setState({ busy: true });
    try {
      await onSave(draft.value);
      close();
    } catch (error) {
      setState({ error });
    }
  };
  return (
    <div className={css.fact}>
      <dt>{label}</dt>
      <dd>
        {draft ? (
          <form
            className={css.editing}
            onSubmit={(event) => {
              event.preventDefault();
              void save();
            }}
            onKeyDown={(event) => {
              if (event.key !== "Escape" || event.defaultPrevented) return;
              event.stopPropagation();
              close();
            }}
          >
            {field(draft.value, (next) => setDraft({ value: next }))}
            <ActionIcon
              type="submit"
              aria-label={t("fact.keep", { name: label })}
              loading={state.busy}
              size={28}
              color="verdigris"
              variant="light"
            >
              <IconCheck size={16} />
            </ActionIcon>
            <ActionIcon aria-label={t("fact.drop", { name: label })} size={28} onClick={close}>
              <IconX size={16} />
            </ActionIcon>
            {state.error !== undefined && (
              <p role="alert" className={css.factError}>
                {words.title}
              </p>
            )}
          </form>
        ) : may ? (
          <button
            ref={button}
            type="button"
            className={css.editable}
            title={t("fact.edit")}
            onClick={() => setDraft({ value })}
          >
            <span className={css.hidden}>{t("fact.editOf", { name: label })} </span>
            {shown}
          </button>
        ) : (
          shown
        )}
      </dd>
    </div>
  );
}

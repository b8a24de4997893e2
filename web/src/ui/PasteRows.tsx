import { Button, Textarea } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Act } from "./Act";
import css from "./bits.module.css";
import { Dialog } from "./Dialog";
import { FormError } from "./states";
import { useT } from "./useT";

const PAUSE = 300;

interface Props<Seen> {
  title: string;
  label: string;
  hint: string;
  /** The verb on the button, once the rows were looked at. */
  action: (seen: Seen | undefined) => string;
  /** What was pasted already. */
  text: string;
  /** Reads the rows and writes nothing. */
  look: (text: string) => Promise<Seen>;
  /** Whether all of it may be added. */
  right: (seen: Seen) => boolean;
  /** Adds the rows; an answer means that they were refused after all. */
  add: (text: string) => Promise<Seen | undefined>;
  onClose: () => void;
  /** What was read and what is wrong. */
  children: (seen: Seen) => ReactNode;
}

/** Rows of a spreadsheet: looked at while they are there, all added in one go or none. */
export function PasteRows<Seen>(props: Props<Seen>) {
  const t = useT();
  const { title, label, hint, action, onClose } = props;
  const latest = useRef(props);
  latest.current = props;
  const [text, setText] = useState(props.text);
  const [seen, setSeen] = useState<Seen>();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    setSeen(undefined);
    setError(undefined);
    if (!text.trim()) return;
    let current = true;
    const timer = setTimeout(() => {
      latest.current
        .look(text)
        .then((answer) => current && setSeen(answer))
        .catch((problem: unknown) => current && setError(problem));
    }, PAUSE);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text]);
  const add = async () => {
    setBusy(true);
    try {
      const refused = await props.add(text);
      if (!refused) return onClose();
      setSeen(refused);
    } catch (problem) {
      setError(problem);
    }
    setBusy(false);
  };
  return (
    <Dialog
      opened
      onClose={onClose}
      title={title}
      size={760}
      foot={
        <>
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Act disabled={!seen || !props.right(seen)} loading={busy} onClick={() => void add()}>
            {action(seen)}
          </Act>
        </>
      }
    >
      <div className={css.paste}>
        <Textarea
          data-typed
          label={label}
          description={hint}
          data-autofocus
          autosize
          minRows={4}
          maxRows={12}
          spellCheck={false}
          value={text}
          classNames={{ input: css.cells }}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <FormError error={error} />
        {seen !== undefined && props.children(seen)}
      </div>
    </Dialog>
  );
}

import { Button, Drawer, Modal } from "@mantine/core";
import { type ReactNode, type RefObject, useRef, useState } from "react";
import { unsavedIn } from "@/lib/unsaved";
import { Act } from "./Act";
import css from "./Dialog.module.css";
import { FormError } from "./states";
import { useBack, useFocus } from "./useLayer";
import { useT } from "./useT";

interface DialogProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** Pixels; 480 by default. */
  size?: number;
  /** Buttons at the foot, the primary one last. */
  foot?: ReactNode;
  /** Hangs at the right edge, full height. */
  side?: boolean;
}

/**
 * A dialog: starts on its first field, traps and returns focus, closes on Escape and Back, and asks first when words
 * were typed in a form of it. For a form, wrap children and foot in your own `<form>` (or in an element with `data-typed`).
 */
export function Dialog({ opened, onClose, title, children, size = 480, foot, side }: DialogProps) {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const [asking, setAsking] = useState(false);
  const leave = () => {
    const unsaved = box.current && unsavedIn(box.current);
    if (unsaved) setAsking(true);
    else onClose();
    return !unsaved;
  };
  const frame = {
    opened,
    onClose: leave,
    title,
    size,
    // Both are the layers' business.
    closeOnEscape: false,
    returnFocus: false,
    closeButtonProps: { "aria-label": t("close") },
    children: (
      <Inside opened={opened} onBack={leave} box={box}>
        {children}
        {foot && <div className={css.foot}>{foot}</div>}
      </Inside>
    ),
  };
  return (
    <>
      {side ? <Drawer {...frame} position="right" /> : <Modal {...frame} centered />}
      {asking && (
        <ConfirmDanger
          opened
          onClose={() => setAsking(false)}
          title={t("leave.dialog")}
          loses={[t("leave.typed", { name: title })]}
          action={t("leave.discard")}
          back={t("leave.write")}
          onConfirm={async () => onClose()}
        />
      )}
    </>
  );
}

interface InsideProps {
  opened: boolean;
  onBack: () => boolean;
  box: RefObject<HTMLDivElement | null>;
  children: ReactNode;
}

/** What a dialog holds: in the page only while there is something to give the focus to. */
function Inside({ opened, onBack, box, children }: InsideProps) {
  useBack(opened, onBack, true);
  useFocus(opened, box);
  return <div ref={box}>{children}</div>;
}

/** The row of buttons at the end of a form or a dialog, the primary one last. */
export function FormFoot({ children }: { children: ReactNode }) {
  return <div className={css.foot}>{children}</div>;
}

interface FormDialogProps {
  title: string;
  onClose: () => void;
  onSubmit: () => unknown;
  /** The verb on the button. */
  action: string;
  busy?: boolean;
  disabled?: boolean;
  /** What went wrong when it was last sent. */
  error?: unknown;
  /** Pixels; 480 by default. */
  size?: number;
  /** The fields. Give the first one `data-autofocus`. */
  children: ReactNode;
}

/** A dialog with one form: fields, what went wrong, a way back and the one action. */
export function FormDialog(props: FormDialogProps) {
  const { title, onClose, onSubmit, action, busy, disabled, error, size, children } = props;
  const t = useT();
  return (
    <Dialog opened onClose={onClose} title={title} {...(size && { size })}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {children}
        <FormError error={error} />
        <FormFoot>
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Act type="submit" loading={busy} disabled={disabled}>
            {action}
          </Act>
        </FormFoot>
      </form>
    </Dialog>
  );
}

interface ConfirmProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** Exactly what will be lost, one line each. */
  loses: ReactNode[];
  /** What stays, one line each. */
  keeps?: ReactNode[];
  /** The verb on the button: "Delete 3 audiences". */
  action: string;
  onConfirm: () => Promise<unknown>;
  /** The words on the other button, where “Cancel” could be read both ways. */
  back?: string;
  /** For what can't be undone at all: the person types this name first. */
  type?: string;
}

/** Asks before something is lost, and says exactly what. */
export function ConfirmDanger({
  opened,
  onClose,
  title,
  loses,
  keeps = [],
  action,
  onConfirm,
  type,
  back,
}: ConfirmProps) {
  const t = useT();
  const [typed, setTyped] = useState("");
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const confirm = async () => {
    setState({ busy: true });
    try {
      await onConfirm();
      setState({ busy: false });
      setTyped("");
      onClose();
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={title}
      foot={
        <>
          <Button variant="default" onClick={onClose} data-autofocus>
            {back ?? t("cancel")}
          </Button>
          <Act
            color="red"
            loading={state.busy}
            disabled={type !== undefined && typed !== type}
            onClick={() => void confirm()}
          >
            {action}
          </Act>
        </>
      }
    >
      <p className={css.lead}>{t("confirm.loses")}</p>
      <ul className={css.list} data-tone="loses">
        {loses.map((line, index) => (
          <li key={index}>{line}</li>
        ))}
      </ul>
      {keeps.length > 0 && (
        <>
          <p className={css.lead}>{t("confirm.keeps")}</p>
          <ul className={css.list}>
            {keeps.map((line, index) => (
              <li key={index}>{line}</li>
            ))}
          </ul>
        </>
      )}
      {type !== undefined && (
        <label className={css.type} data-keeps>
          {t("confirm.type", { name: type })}
          <input
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
          />
        </label>
      )}
      <FormError error={state.error} />
    </Dialog>
  );
}

import { Button, Modal } from "@mantine/core";
import { type ReactNode, useState } from "react";
import css from "./Dialog.module.css";
import { FormError } from "./states";
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
}

/** A dialog: traps and returns focus, closes on Escape. For a form, wrap children and foot in your own `<form>`. */
export function Dialog({ opened, onClose, title, children, size = 480, foot }: DialogProps) {
  const t = useT();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={size}
      centered
      closeButtonProps={{ "aria-label": t("close") }}
    >
      {children}
      {foot && <div className={css.foot}>{foot}</div>}
    </Modal>
  );
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
  /** The fields. Give the first one `data-autofocus`. */
  children: ReactNode;
}

/** A dialog with one form: fields, what went wrong, a way back and the one action. */
export function FormDialog({ title, onClose, onSubmit, action, busy, disabled, error, children }: FormDialogProps) {
  const t = useT();
  return (
    <Dialog opened onClose={onClose} title={title}>
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
          <Button type="submit" loading={busy} disabled={disabled}>
            {action}
          </Button>
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
          <Button
            color="red"
            loading={state.busy}
            disabled={type !== undefined && typed !== type}
            onClick={() => void confirm()}
          >
            {action}
          </Button>
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
        <label className={css.type}>
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

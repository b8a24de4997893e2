import { ActionIcon } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp } from "@tabler/icons-react";
import { useT } from "./useT";

interface Props {
  history: { canUndo: boolean; canRedo: boolean; undo: () => void; redo: () => void };
}

/** The two buttons of a builder that take a step back and forward; each says its keys, or that there is no such step. */
export function UndoRedo({ history }: Props) {
  const t = useT();
  return (
    <>
      <ActionIcon
        aria-label={t("undo")}
        title={history.canUndo ? t("undo.keys") : t("undo.none")}
        disabled={!history.canUndo}
        onClick={history.undo}
      >
        <IconArrowBackUp size={18} />
      </ActionIcon>
      <ActionIcon
        aria-label={t("redo")}
        title={history.canRedo ? t("redo.keys") : t("redo.none")}
        disabled={!history.canRedo}
        onClick={history.redo}
      >
        <IconArrowForwardUp size={18} />
      </ActionIcon>
    </>
  );
}

import { IconTrash } from "@tabler/icons-react";
import css from "./briefs.module.css";

/** Takes one passage out. */
export function RemoveButton({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <button type="button" className={css.remove} aria-label={label} onClick={onRemove}>
      <IconTrash size={15} stroke={1.7} />
    </button>
  );
}

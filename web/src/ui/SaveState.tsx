import { IconAlertTriangle, IconCheck, IconPencil } from "@tabler/icons-react";
import { useEffect } from "react";
import css from "./bits.module.css";
import { useT } from "./useT";

/** Says in words whether what is on screen is kept; while it is not, leaving the page asks first. */
export function SaveState({ state }: { state: "saved" | "unsaved" | "saving" | "failed" }) {
  const t = useT();
  useEffect(() => {
    if (state === "saved") return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [state]);
  const Icon = state === "failed" ? IconAlertTriangle : state === "saved" ? IconCheck : IconPencil;
  return (
    <span className={css.save} data-state={state} role="status">
      <Icon size={14} />
      {t(`save.${state}`)}
    </span>
  );
}

import { Fragment } from "react";
import { showKeys } from "@/lib/keys";
import css from "./Keys.module.css";
import { useT } from "./useT";

/** Keys as drawn on a keyboard. */
export function Keys({ keys }: { keys: string }) {
  const t = useT();
  return (
    <span className={css.keys}>
      {showKeys(keys).map((step, index) => (
        <Fragment key={index}>
          {index > 0 && <span className={css.then}> {t("keys.then")} </span>}
          {step.map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
        </Fragment>
      ))}
    </span>
  );
}

import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useT } from "../useT";

const MOST = 12;

/** The first rows of a long table, and the button that shows all of them. */
export function useFold<Row>(rows: Row[]): { shown: Row[]; rest: ReactNode } {
  const t = useT();
  const [all, setAll] = useState(false);
  if (all || rows.length <= MOST + 1) return { shown: rows, rest: null };
  return {
    shown: rows.slice(0, MOST),
    rest: (
      <Button size="xs" variant="subtle" color="gray" onClick={() => setAll(true)}>
        {t("review.all", { count: rows.length })}
      </Button>
    ),
  };
}

import { ActionIcon, Button } from "@mantine/core";
import { IconArrowUpRight, IconX } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef } from "react";
import { A } from "@/lib/links";
import { useBack } from "../useLayer";
import { useT } from "../useT";
import css from "./SidePanel.module.css";

interface Props {
  title: string;
  onClose: () => void;
  /** The thing's own page. */
  to?: string;
  children: ReactNode;
}

/** A look at one row beside its list; Escape closes it and gives the focus back. */
export function SidePanel({ title, onClose, to, children }: Props) {
  const t = useT();
  const root = useRef<HTMLElement>(null);
  useBack(true, () => {
    onClose();
    return true;
  });
  // Another row opened is announced by moving the focus.
  useEffect(() => root.current?.focus(), [title]);
  return (
    <aside
      ref={root}
      className={css.panel}
      aria-label={title}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
    >
      <header className={css.panelHead}>
        <h2>{title}</h2>
        {to && (
          <Button component={A} to={to} size="xs" variant="default" rightSection={<IconArrowUpRight size={14} />}>
            {t("open")}
          </Button>
        )}
        <ActionIcon aria-label={t("close")} onClick={onClose} color="gray">
          <IconX size={16} />
        </ActionIcon>
      </header>
      <div className={css.panelBody}>{children}</div>
    </aside>
  );
}

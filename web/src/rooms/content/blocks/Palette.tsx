import { useDraggable } from "@dnd-kit/core";
import { useMemo } from "react";
import { useT } from "../useT";
import { type Layout, layouts, palette } from "./blank";
import css from "./canvas.module.css";
import { kindIcons } from "./icons";
import type { Kind } from "./tree";
import { useAdd, useMake } from "./useAdd";

/** What a mail can be made of: a click adds it behind what is selected, a drag puts it anywhere. */
export function Palette() {
  const t = useT();
  return (
    <nav className={css.palette} aria-label={t("blocks.palette")}>
      <h3>{t("blocks.palette.layout")}</h3>
      <div>
        {layouts.map((layout) => (
          <Offer key={layout} what={layout} label={t(`blocks.layout.${layout}`)} />
        ))}
      </div>
      <h3>{t("blocks.palette.content")}</h3>
      <div>
        {palette.map((kind) => (
          <Offer key={kind} what={kind} label={t(`blocks.kind.${kind}`)} />
        ))}
      </div>
    </nav>
  );
}

function Offer({ what, label }: { what: Exclude<Kind, "column" | "section"> | Layout; label: string }) {
  const make = useMake();
  const add = useAdd();
  // Made once: where it may be dropped depends on what it is.
  const node = useMemo(() => make(what), [what]);
  const { setNodeRef, listeners } = useDraggable({ id: `new ${what}`, data: { node, what } });
  const Icon = kindIcons[what as keyof typeof kindIcons];
  return (
    <button
      type="button"
      ref={setNodeRef}
      {...listeners}
      className={css.offer}
      data-offer={what}
      onClick={() => add(what)}
    >
      <Icon size={18} />
      <span>{label}</span>
    </button>
  );
}

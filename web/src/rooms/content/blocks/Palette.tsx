import { useDraggable } from "@dnd-kit/core";
import { IconBoxMultiple } from "@tabler/icons-react";
import { useMemo } from "react";
import { useT } from "../useT";
import { type Layout, layouts, palette } from "./blank";
import { useBench } from "./context";
import css from "./desk.module.css";
import { kindIcons } from "./icons";
import { copyOf, insert, type Kind, type Node, newId, rowsFromApi } from "./tree";
import { behind, useAdd, useMake } from "./useAdd";
import { type SharedRow, useSharedRows } from "./useSharedRows";

/** What a mail can be made of: a click adds it behind what is selected, a drag puts it anywhere. */
export function Palette() {
  const t = useT();
  const shared = useSharedRows();
  return (
    <nav className={css.palette} aria-label={t("blocks.palette")}>
      <h2>{t("blocks.palette.layout")}</h2>
      <div>
        {layouts.map((layout) => (
          <Offer key={layout} what={layout} label={t(`blocks.layout.${layout}`)} />
        ))}
      </div>
      <h2>{t("blocks.palette.content")}</h2>
      <div>
        {palette.map((kind) => (
          <Offer key={kind} what={kind} label={t(`blocks.kind.${kind}`)} />
        ))}
      </div>
      {shared && shared.length > 0 && (
        <>
          <h2>{t("blocks.palette.shared")}</h2>
          <div>
            {shared.map((row) => (
              <SharedOffer key={row.id} row={row} />
            ))}
          </div>
        </>
      )}
    </nav>
  );
}

/** A row that is kept for all mails; it goes behind the row that is selected. */
function SharedOffer({ row }: { row: SharedRow }) {
  const { mail, change, select, selected } = useBench();
  const node = useMemo<Node>(
    () => ({ id: newId(), type: "shared", attributes: {}, row: row.id, rows: rowsFromApi(row.rows) }),
    [row],
  );
  const { setNodeRef, listeners } = useDraggable({ id: `new ${row.id}`, data: { node, what: "shared" } });
  return (
    <button
      type="button"
      ref={setNodeRef}
      {...listeners}
      className={css.offer}
      onClick={() => {
        const fresh = copyOf(node);
        const place = behind(mail, fresh, selected);
        change(insert(mail, place.parent, place.at, fresh));
        select(fresh.id);
      }}
    >
      <IconBoxMultiple size={18} />
      <span>{row.name}</span>
    </button>
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

import { ActionIcon } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconChevronDown, IconChevronRight, IconTrash } from "@tabler/icons-react";
import type { Field } from "./definition";
import type { Draft } from "./draft";
import { FieldSettings } from "./FieldSettings";
import css from "./Fields.module.css";
import { kindIcons } from "./icons";
import { useT } from "./useT";

interface Props {
  field: Field;
  /** The fields further up, which its condition may look at. */
  above: Field[];
  draft: Draft;
  may: boolean;
  open: boolean;
  onOpen: (id: string | undefined) => void;
  onChange: (field: Field, about: string) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

/** One field: a line while it is closed, all its settings while it is open. */
export function FieldCard({ field, above, draft, may, open, onOpen, onChange, onMove, onRemove }: Props) {
  const t = useT();
  const Icon = kindIcons[field.kind];
  const name = field.label || field.title || field.parameter || t(`field.${field.kind}`);
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <article className={css.field} data-open={open || undefined} data-id={field.id}>
      <header className={css.fieldHead}>
        <button
          type="button"
          className={css.fieldName}
          aria-expanded={open}
          onClick={() => onOpen(open ? undefined : field.id)}
        >
          <Chevron size={16} />
          <Icon size={16} />
          <span className={css.fieldLabel}>{name}</span>
          <span className={css.kind}>
            {t(`field.${field.kind}`)}
            {field.required && ` · ${t("required.short")}`}
            {field.show_if && ` · ${t("showIf.short")}`}
          </span>
        </button>
        {may && (
          <span className={css.fieldTools}>
            <ActionIcon data-move="-1" aria-label={t("field.up", { name })} onClick={() => onMove(-1)}>
              <IconArrowUp size={16} />
            </ActionIcon>
            <ActionIcon data-move="1" aria-label={t("field.down", { name })} onClick={() => onMove(1)}>
              <IconArrowDown size={16} />
            </ActionIcon>
            <ActionIcon aria-label={t("field.remove", { name })} onClick={onRemove}>
              <IconTrash size={16} />
            </ActionIcon>
          </span>
        )}
      </header>
      {open && (
        <fieldset className={css.fieldBody} disabled={!may} aria-label={name}>
          <FieldSettings field={field} above={above} draft={draft} onOpen={onOpen} onChange={onChange} />
        </fieldset>
      )}
    </article>
  );
}

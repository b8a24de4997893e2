import { type KeyboardEvent, type Ref, useId, useRef, useState } from "react";
import { Face } from "@/ui/values";
import css from "./MentionField.module.css";
import { useFound } from "./members";
import shared from "./teamwork.module.css";
import { type Mentioned, mentionAt } from "./text";
import { useT } from "./useT";

interface Props {
  value: string;
  onChange: (text: string) => void;
  onPick: (member: Mentioned) => void;
  onSend: () => void;
  onLeave?: () => void;
  label: string;
  placeholder?: string;
  rows?: number;
  ref?: Ref<HTMLTextAreaElement>;
}

/** A field for words in which "@" offers the members: arrows choose, Enter takes, Escape closes. ⌘Enter sends. */
export function MentionField({ value, onChange, onPick, onSend, onLeave, label, placeholder, rows = 2, ref }: Props) {
  const t = useT();
  const id = useId();
  const own = useRef<HTMLTextAreaElement>(null);
  const [typing, setTyping] = useState<{ from: number; words: string }>();
  const [at, setAt] = useState(0);
  const members = useFound(typing?.words ?? "");
  const shown = typing ? members : [];
  const chosen = Math.min(at, shown.length - 1);

  const look = (field: HTMLTextAreaElement) => {
    const found = mentionAt(field.value, field.selectionStart);
    setTyping(found);
    if (found?.words !== typing?.words) setAt(0);
  };
  const take = (member: Mentioned) => {
    const field = own.current;
    if (!field || !typing) return;
    const before = `${value.slice(0, typing.from)}@${member.name} `;
    onPick({ id: member.id, name: member.name });
    onChange(before + value.slice(field.selectionStart).replace(/^ /, ""));
    setTyping(undefined);
    requestAnimationFrame(() => field.setSelectionRange(before.length, before.length));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    const member = shown[chosen];
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) onSend();
    else if (member && event.key === "ArrowDown") setAt((chosen + 1) % shown.length);
    else if (member && event.key === "ArrowUp") setAt((chosen - 1 + shown.length) % shown.length);
    else if (member && (event.key === "Enter" || event.key === "Tab")) take(member);
    else if (event.key === "Escape" && typing) setTyping(undefined);
    else if (event.key === "Escape" && onLeave) onLeave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={css.field}>
      <textarea
        ref={(node) => {
          own.current = node;
          if (typeof ref === "function") ref(node);
          else if (ref) ref.current = node;
        }}
        className={css.area}
        value={value}
        rows={rows}
        aria-label={label}
        placeholder={placeholder}
        aria-autocomplete="list"
        aria-controls={shown.length ? id : undefined}
        aria-activedescendant={shown.length ? `${id}-${chosen}` : undefined}
        onChange={(event) => {
          onChange(event.currentTarget.value);
          look(event.currentTarget);
        }}
        onSelect={(event) => look(event.currentTarget)}
        onKeyDown={onKeyDown}
        onBlur={() => setTyping(undefined)}
      />
      {shown.length > 0 && (
        <div id={id} role="listbox" aria-label={t("mention.list")} className={css.options}>
          {shown.map((member, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys, as in every combobox
            <div
              key={member.id}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              className={css.option}
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={() => setAt(index)}
              onClick={() => take(member)}
            >
              <Face name={member.name} size={20} />
              {member.name}
            </div>
          ))}
        </div>
      )}
      <span className={shared.hidden} role="status">
        {typing ? t("mention.count", { count: shown.length }) : ""}
      </span>
    </div>
  );
}

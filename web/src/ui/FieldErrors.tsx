import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { ApiError } from "@/api/errors";
import { useT } from "./useT";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Writes what is wrong with a field below it, until something else is typed. Returns what takes it away. */
function mark(field: Field, words: string): () => void {
  clear(field);
  const note = document.createElement("p");
  note.className = "g-field-error";
  note.setAttribute("role", "alert");
  note.id = `wrong-${Math.random().toString(36).slice(2)}`;
  note.textContent = words;
  const wrapper = field.closest(".mantine-InputWrapper-root");
  if (wrapper) wrapper.append(note);
  else (field.closest("label") ?? field).after(note);
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-errormessage", note.id);
  const end = () => clear(field);
  field.addEventListener("input", end, { once: true });
  return end;
}

function clear(field: Field) {
  const id = field.getAttribute("aria-errormessage");
  if (!id) return;
  document.getElementById(id)?.remove();
  field.removeAttribute("aria-errormessage");
  field.removeAttribute("aria-invalid");
}

/** Says at a field what is wrong with it, and brings the reader there. */
export function showAtField(field: Field, words: string): () => void {
  field.focus();
  return mark(field, words);
}

/** What the browser finds wrong with a field, in our words. A field's own `data-missing` says what is to be filled in. */
function useFault() {
  const t = useT();
  return (field: Field): string => {
    const { valueMissing, typeMismatch, patternMismatch, tooShort } = field.validity;
    if (valueMissing) return field.dataset.missing ?? t("wrong.missing");
    if (typeMismatch && field.type === "url") return t("wrong.url");
    if (typeMismatch || (patternMismatch && field.inputMode === "email")) return t("wrong.email");
    if (tooShort) return t("wrong.short", { least: (field as HTMLInputElement).minLength });
    return field.validationMessage;
  };
}

/**
 * Says at the field itself what a form lacks, in place of the browser's own bubble; the first such field gets the focus.
 * Shown once, for all forms: a form only says `required`, `type`, `minLength` and the like of its fields.
 */
export function FieldErrors() {
  const fault = useFault();
  const latest = useRef(fault);
  latest.current = fault;
  useEffect(() => {
    let first: Field | undefined;
    const say = (event: Event) => {
      const field = event.target;
      if (!(field instanceof HTMLElement) || !field.matches("input, textarea, select")) return;
      event.preventDefault();
      const one = field as Field;
      mark(one, latest.current(one));
      // What is chosen from a list is not typed.
      one.addEventListener("blur", () => one.validity.valid && clear(one), { once: true });
      if (first) return;
      first = one;
      one.focus();
      setTimeout(() => {
        first = undefined;
      });
    };
    addEventListener("invalid", say, true);
    return () => removeEventListener("invalid", say, true);
  }, []);
  return null;
}

/** The field of a form that a problem is about: the one it names, or whose name its code begins with. */
function fieldOf(root: Element, error: ApiError): Field | undefined {
  const fields = [
    ...root.querySelectorAll<Field>(":is(input, textarea, select)[name]:not([type=hidden], [type=radio])"),
  ];
  const called = (path: string) =>
    fields.find(({ name }) => name === path || path.endsWith(`.${name}`) || name.endsWith(`.${path}`));
  const named = error.fields.map(({ field }) => called(field)).find(Boolean);
  return named ?? fields.find(({ name }) => error.code.startsWith(`${name.split(".").at(-1)}_`));
}

/** Shows a problem at the field it is about; whether the form has that field. */
export function useFieldError(place: RefObject<Element | null>, error: ApiError | undefined, words: string): boolean {
  const [shown, setShown] = useState(false);
  useLayoutEffect(() => {
    const root = place.current?.closest("form, [role=dialog]");
    const field = root && error && fieldOf(root, error);
    setShown(Boolean(field));
    return field ? showAtField(field, words) : undefined;
  }, [place, error, words]);
  return shown;
}

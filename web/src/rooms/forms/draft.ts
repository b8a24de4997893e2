import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useApi, useSend } from "@/api/hooks";
import { useHistory } from "@/lib/history";
import type { Definition, Form } from "./definition";

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** The form being made: what is on screen with undo and redo, the saved version it comes from, and how to keep it. */
export function useDraft(saved: Form) {
  const { put } = useApi();
  const [base, setBase] = useState(saved);
  // As it was sent: the server fills in what a field leaves out, which is no change.
  const [kept, setKept] = useState({ name: saved.name, definition: saved.definition });
  const history = useHistory(() => ({ name: saved.name, definition: saved.definition }));
  const save = useSend("put", "/forms/{form_id}");
  const open = useSend("post", "/forms/{form_id}/open");
  const { name, definition } = history.now;
  const changed = !same(history.now, kept);
  const path = { form_id: saved.id };

  /** Takes what the server says of the form; what was typed meanwhile stays on screen. */
  const take = (form: Form) => {
    setBase(form);
    put("/forms/{form_id}", { path }, form);
  };
  /** Saves what is on screen, over a newer version of somebody else if asked to; gives the saved form. */
  const keep = async (over?: number): Promise<Form> => {
    if (!changed && over === undefined) return base;
    const answer = await save.mutateAsync({ path, body: { version: over ?? base.version, name, definition } });
    setKept({ name, definition });
    take(answer);
    return answer;
  };
  /** Saves, and lets visitors see what was saved. */
  const publish = async () => {
    const kept = await keep();
    take(await open.mutateAsync({ path, body: { version: kept.version } }));
  };
  const set = (part: Partial<Definition>, about = "") =>
    history.set({ name, definition: { ...definition, ...part } }, about);
  const setName = (next: string) => history.set({ name: next, definition });
  /** Puts somebody else's version on screen. */
  const reset = (form: Form) => {
    take(form);
    setKept({ name: form.name, definition: form.definition });
    history.reset({ name: form.name, definition: form.definition });
    save.reset();
    open.reset();
  };
  const [settled] = useDebouncedValue(history.now, 350);
  return { base, name, definition, settled, changed, history, set, setName, keep, publish, take, reset, save, open };
}

export type Draft = ReturnType<typeof useDraft>;

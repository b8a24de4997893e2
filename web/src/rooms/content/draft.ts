import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useMemo, useRef, useState } from "react";
import { useApi, useLooseGet, useLooseSend, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";

export type Template = Shape<"TemplateOut">;
export type Source = Pick<Template, "subject" | "preheader" | "body" | "text">;
type Check = Shape<"TemplateCheck">;
type Preview = Shape<"TemplatePreview">;

const parts = ["subject", "preheader", "body", "text"] as const;
export const sourceOf = (from: Source): Source => ({
  subject: from.subject,
  preheader: from.preheader,
  body: from.body,
  text: from.text,
});
const same = (one: Source, other: Source) => parts.every((part) => one[part] === other[part]);

/** What is being written: the text on screen, the saved version it comes from, and how to save it. */
export function useDraft(saved: Template) {
  const { put } = useApi();
  const [base, setBase] = useState(saved);
  const [name, setName] = useState(saved.name);
  const [source, setSource] = useState(sourceOf(saved));
  const save = useSend("put", "/templates/{template_id}");
  const changed = name !== base.name || !same(source, base);

  /** Makes this version the one on screen, after saving, restoring or taking somebody else's. */
  const take = (template: Template) => {
    setBase(template);
    setName(template.name);
    setSource(sourceOf(template));
    put("/templates/{template_id}", { path: { template_id: template.id } }, template);
  };
  /** Saves what is on screen as a new version and gives its number; `over` replaces a newer version of somebody else. */
  const keep = async (over?: number): Promise<number> => {
    if (!changed && over === undefined) return base.version;
    const sent = { name, source };
    const answer = await save.mutateAsync({
      path: { template_id: base.id },
      body: { name, version: over ?? base.version, ...source },
    });
    // What was typed while the answer was on its way stays on screen, as unsaved.
    setBase(answer);
    put("/templates/{template_id}", { path: { template_id: answer.id } }, answer);
    setSource((now) => (same(now, sent.source) ? sourceOf(answer) : now));
    return answer.version;
  };
  const set = (part: Partial<Source>) => setSource((now) => ({ ...now, ...part }));
  return { base, name, setName, source, set, changed, save, keep, take };
}

/** What the server says of the text on screen, a moment after typing stops: mistakes, and how a person would see it. */
export function useJudgement(source: Source, personId: number | undefined) {
  const [settled] = useDebouncedValue(source, 350);
  const check = useAnswer<Check>("/templates/check", settled);
  const asked = useMemo(() => ({ ...settled, person_id: personId ?? null }), [settled, personId]);
  const preview = useAnswer<Preview>("/templates/preview", asked);
  return { check, preview, stale: settled !== source };
}

/** Posts a body and keeps the newest answer; while an answer is on its way the last good one stays. */
function useAnswer<T>(path: string, body: object) {
  const ask = useLooseSend<T>("post", path, { asks: true });
  const [data, setData] = useState<T>();
  const [error, setError] = useState<unknown>();
  const newest = useRef(0);
  const { mutateAsync } = ask;
  useEffect(() => {
    const mine = ++newest.current;
    mutateAsync({ body })
      .then((answer) => {
        if (mine !== newest.current) return;
        setData(answer);
        setError(undefined);
      })
      .catch((failure) => {
        if (mine === newest.current) setError(failure);
      });
  }, [body, mutateAsync]);
  return { data, error };
}

interface Field {
  key: string;
  label: string;
}

/** The fields of a person that a mail can take. */
export function useFields(): Field[] {
  return useLooseGet<Field[]>("/attributes", {}, { slow: true }).data ?? [];
}

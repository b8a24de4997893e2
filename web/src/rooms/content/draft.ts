import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useMemo, useRef, useState } from "react";
import { useApi, useLooseGet, useLooseSend, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useHistory } from "@/lib/history";
import { type Mail, toApi } from "./blocks/tree";

export type Template = Shape<"TemplateOut">;
export type Source = Pick<Template, "subject" | "preheader" | "body" | "text">;
export type Sample = Shape<"Sample">;
type Check = Shape<"TemplateCheck">;
export type Preview = Shape<"TemplatePreview">;

const parts = ["subject", "preheader", "body", "text"] as const;
export const sourceOf = (from: Source): Source => ({
  subject: from.subject,
  preheader: from.preheader,
  body: from.body,
  text: from.text,
});
const same = (one: Source, other: Source) => parts.every((part) => one[part] === other[part]);

/** What is asked of the server about a mail: its source, of which blocks stand for the body while it is written in them. */
export type Asked = Source & { blocks?: Record<string, unknown> };

/**
 * What is being written: the text on screen, the saved version it comes from, and how to save it. While the mail is written
 * in blocks these are the truth and the source's body is made of them.
 */
export function useDraft(saved: Template) {
  const { put } = useApi();
  const [base, setBase] = useState(saved);
  const [name, setName] = useState(saved.name);
  const [source, setSource] = useState(sourceOf(saved));
  const history = useHistory<Mail | undefined>(() => undefined);
  const [kept, setKept] = useState<Mail>();
  const save = useSend("put", "/templates/{template_id}");
  const blocks = history.now;
  const rewritten = blocks ? blocks !== kept : source.body !== base.body;
  const changed = name !== base.name || rewritten || !same({ ...source, body: base.body }, base);
  const asked = useMemo<Asked>(
    () => (blocks ? { ...source, body: "", blocks: toApi(blocks) } : source),
    [source, blocks],
  );

  /** Makes this version the one on screen, after saving, restoring or taking somebody else's. */
  const take = (template: Template) => {
    setBase(template);
    setName(template.name);
    setSource(sourceOf(template));
    history.reset(undefined);
    put("/templates/{template_id}", { path: { template_id: template.id } }, template);
  };
  /** Goes on in blocks that were made of the source's body. */
  const toBlocks = (mail: Mail) => {
    setKept(source.body === base.body ? mail : undefined);
    history.reset(mail);
  };
  /** Goes on in the source, which was made of the blocks. */
  const toCode = (body: string) => {
    setSource((now) => ({ ...now, body: blocks === kept ? base.body : body }));
    history.reset(undefined);
  };
  /** Saves what is on screen as a new version and gives its number; `over` replaces a newer version of somebody else. */
  const keep = async (over?: number): Promise<number> => {
    if (!changed && over === undefined) return base.version;
    const sent = { name, source, blocks };
    const answer = await save.mutateAsync({
      path: { template_id: base.id },
      body: { name, version: over ?? base.version, ...asked },
    });
    setKept(blocks);
    // What was typed while the answer was on its way stays on screen, as unsaved.
    setBase(answer);
    put("/templates/{template_id}", { path: { template_id: answer.id } }, answer);
    setSource((now) => (same(now, sent.source) ? sourceOf(answer) : now));
    return answer.version;
  };
  const set = (part: Partial<Source>) => setSource((now) => ({ ...now, ...part }));
  return { base, name, setName, source, asked, set, changed, save, keep, take, blocks, history, toBlocks, toCode };
}

export type Draft = ReturnType<typeof useDraft>;

/** What the server says of the text on screen, a moment after typing stops: mistakes, and how a person would see it. */
export function useJudgement(source: Asked, person: { id?: number; sample?: Sample }) {
  const [settled] = useDebouncedValue(source, 250);
  const check = useAnswer<Check>("/templates/check", settled);
  const { id, sample } = person;
  const asked = useMemo(
    () => ({ ...settled, person_id: id ?? null, sample: sample ?? "usual" }),
    [settled, id, sample],
  );
  const preview = useAnswer<Preview>("/templates/preview", asked);
  return { check, preview, stale: settled !== source };
}

/** Posts a body and keeps the newest answer; while an answer is on its way the last good one stays. */
export function useAnswer<T>(path: string, body: object) {
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

import { SegmentedControl, Select, TagsInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { type Page, useApi, useLooseGet, useSend } from "@/api/hooks";
import { useGo } from "@/lib/links";
import { FormDialog } from "@/ui/Dialog";
import { attend } from "@/ui/longWork";
import type { Selection } from "@/ui/table/DataTable";
import { say } from "@/ui/tray";
import { choiceOf, type Question } from "./choice";
import { useT } from "./useT";

interface Props {
  selection: Selection;
  onClose: () => void;
}

/** Gives tags to the chosen people, or takes them. */
export function TagDialog({ selection, question, known, onClose }: Props & { question: Question; known: string[] }) {
  const t = useT();
  const [mode, setMode] = useState<"add" | "remove">("add");
  const [tags, setTags] = useState<string[]>([]);
  const send = useSend("post", "/people/tags", {
    changes: ["/people", "/tags", "/audiences"],
    onSuccess: () => {
      selection.clear();
      onClose();
    },
  });
  const title = t(mode === "add" ? "bulk.tag.title" : "bulk.tag.removeAction", { count: selection.count });
  const submit = () => {
    const [add, remove] = mode === "add" ? [tags, []] : [[], tags];
    const work = send.mutateAsync({ body: { ...choiceOf(selection, question), add, remove } });
    attend(title, work, ({ changed }) => t("bulk.tagged", { count: changed })).catch(() => {
      // The form says why.
    });
  };
  return (
    <FormDialog
      title={t("bulk.tag.title", { count: selection.count })}
      onClose={onClose}
      onSubmit={submit}
      action={t(mode === "add" ? "bulk.tag.action" : "bulk.tag.removeAction", { count: selection.count })}
      busy={send.isPending}
      disabled={tags.length === 0}
      error={send.error}
    >
      <SegmentedControl
        aria-label={t("bulk.tag")}
        value={mode}
        onChange={(value) => setMode(value as typeof mode)}
        data={[
          { value: "add", label: t("bulk.tag.add") },
          { value: "remove", label: t("bulk.tag.remove") },
        ]}
      />
      <TagsInput
        label={t("person.tags")}
        data={known}
        value={tags}
        onChange={setTags}
        acceptValueOnBlur
        data-autofocus
      />
    </FormDialog>
  );
}

interface Named {
  id: string;
  name: string;
}

/** Puts the chosen people, or everybody who matches the filters, on a list: one that is there or a new one. */
export function ListDialog({ selection, rule, onClose }: Props & { rule: Record<string, unknown> | undefined }) {
  const t = useT();
  const go = useGo();
  const { loose } = useApi();
  const lists = useLooseGet<Page<Named>>("/audiences", { query: { kind: "list", limit: 200 } }).data?.items ?? [];
  const [list, setList] = useState<string | null>(null);
  const [name, setName] = useState("");
  const add = useSend("post", "/audiences/{audience_id}/members", { changes: ["/audiences", "/people"] });
  const [error, setError] = useState<unknown>();
  const submit = async () => {
    setError(undefined);
    try {
      const target =
        list ?? (await loose<Named>("post", "/audiences", { body: { kind: "list", name, description: "" } })).id;
      const body = selection.all && rule ? { rule } : { people: [...selection.keys].map(Number) };
      const { added } = await add.mutateAsync({ path: { audience_id: target }, body });
      say(t("bulk.listed", { count: added }), {
        action: { label: t("bulk.open"), act: () => go(`/audiences/${target}?tab=people`) },
      });
      selection.clear();
      onClose();
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <FormDialog
      title={t("bulk.list.title", { count: selection.count })}
      onClose={onClose}
      onSubmit={submit}
      action={t("bulk.list.action", { count: selection.count })}
      busy={add.isPending}
      error={error}
    >
      {lists.length > 0 && (
        <Select
          label={t("bulk.list.which")}
          placeholder={t("bulk.list.new")}
          clearable
          searchable
          value={list}
          onChange={setList}
          data={lists.map((one) => ({ value: one.id, label: one.name }))}
        />
      )}
      {list === null && (
        <TextInput
          label={t("bulk.list.name")}
          required
          withAsterisk={false}
          data-autofocus
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
    </FormDialog>
  );
}

import { Checkbox, SegmentedControl, Select, TagsInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { ApiError } from "@/api/errors";
import { type Page, useApi, useGet, useLooseGet, useSend } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { useGo } from "@/lib/links";
import { useWorkspaceSettings } from "@/lib/workspace";
import { wallToInstant } from "@/lib/zones";
import { DayField } from "@/ui/DateField";
import { ConfirmDanger, FormDialog } from "@/ui/Dialog";
import { attend } from "@/ui/longWork";
import type { Selection } from "@/ui/table/DataTable";
import { say } from "@/ui/tray";
import { choiceOf, type Question } from "./choice";
import { AttributeField } from "./fields";
import type { Attribute } from "./imports/types";
import css from "./people.module.css";
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

/** Gives the chosen people one value of an attribute, or forgets it. */
export function ValueDialog({
  selection,
  question,
  attributes,
  onClose,
}: Props & { question: Question; attributes: Attribute[] }) {
  const t = useT();
  const [key, setKey] = useState<string | null>(null);
  const [value, setValue] = useState<string | number | boolean | null>(null);
  const send = useSend("post", "/people/attributes", {
    onSuccess: () => {
      selection.clear();
      onClose();
    },
  });
  const attribute = attributes.find((one) => one.key === key);
  const title = t("bulk.value.title", { count: selection.count });
  const submit = () => {
    if (!attribute) return;
    const work = send.mutateAsync({ body: { ...choiceOf(selection, question), key: attribute.key, value } });
    attend(title, work, ({ changed }) => t("bulk.tagged", { count: changed })).catch(() => {
      // The form says why.
    });
  };
  return (
    <FormDialog
      title={title}
      onClose={onClose}
      onSubmit={submit}
      action={t(value === null ? "bulk.value.forget" : "bulk.value.action", { count: selection.count })}
      busy={send.isPending}
      disabled={!attribute}
      error={send.error}
    >
      <Select
        label={t("bulk.value.which")}
        searchable
        data-autofocus
        value={key}
        onChange={(next) => {
          setKey(next);
          setValue(null);
        }}
        data={attributes.map((one) => ({ value: one.key, label: one.label }))}
      />
      {attribute && (
        <div>
          <p className={css.label}>{t("bulk.value.value")}</p>
          <AttributeField
            key={attribute.key}
            type={attribute.type}
            label={t("bulk.value.value")}
            choices={attribute.choices ?? []}
            value={value}
            onChange={setValue}
          />
          <p className={css.note}>{t("bulk.value.note")}</p>
        </div>
      )}
    </FormDialog>
  );
}

/** Records what the chosen people said about topics: that they agreed, with the proof, or that they withdrew it. */
export function ConsentDialog({ selection, question, onClose }: Props & { question: Question }) {
  const t = useT();
  const format = useFormat();
  const { timezone } = useWorkspaceSettings();
  const topics = useGet("/topics", { query: {} }, { slow: true }).data ?? [];
  const [state, setState] = useState<"granted" | "withdrawn">("granted");
  const [about, setAbout] = useState<string[]>([]);
  const [day, setDay] = useState<string | null>(null);
  const [origin, setOrigin] = useState("");
  const [wording, setWording] = useState("");
  const send = useSend("post", "/people/consents", {
    onSuccess: () => {
      selection.clear();
      onClose();
    },
  });
  const granted = state === "granted";
  const title = t("bulk.consent.title", { count: selection.count });
  const submit = () => {
    const proof = granted && day ? { at: wallToInstant(day, timezone), origin: origin.trim(), wording } : {};
    const topic_ids = about.map(Number);
    const work = send.mutateAsync({
      body: { ...choiceOf(selection, question), channel: "email", topic_ids, state, ...proof },
    });
    attend(title, work, ({ changed }) => t("bulk.consent.done", { count: changed })).catch(() => {
      // The form says why.
    });
  };
  return (
    <FormDialog
      title={title}
      onClose={onClose}
      onSubmit={submit}
      action={t(granted ? "bulk.consent.grant" : "bulk.consent.withdraw", { count: selection.count })}
      busy={send.isPending}
      disabled={about.length === 0 || (granted && (!day || !origin.trim()))}
      error={send.error}
    >
      <SegmentedControl
        aria-label={t("bulk.consent")}
        value={state}
        onChange={(value) => setState(value as typeof state)}
        data={[
          { value: "granted", label: t("consent.record") },
          { value: "withdrawn", label: t("consent.withdraw") },
        ]}
      />
      <p className={css.note}>{t(granted ? "bulk.consent.grantNote" : "bulk.consent.withdrawNote")}</p>
      <Checkbox.Group label={t("bulk.consent.topics")} value={about} onChange={setAbout}>
        <div className={css.topics}>
          {topics.map(({ id, name }) => (
            <Checkbox key={id} value={String(id)} label={name} />
          ))}
        </div>
      </Checkbox.Group>
      {granted && (
        <>
          <DayField label={t("import.consent.day")} required value={day} onChange={setDay} max={format.dayIn()} />
          <TextInput
            label={t("import.consent.origin")}
            description={t("add.origin.note")}
            required
            withAsterisk={false}
            maxLength={500}
            value={origin}
            onChange={(event) => setOrigin(event.currentTarget.value)}
          />
          <TextInput
            label={t("import.consent.wording")}
            maxLength={10_000}
            value={wording}
            onChange={(event) => setWording(event.currentTarget.value)}
          />
        </>
      )}
    </FormDialog>
  );
}

interface Named {
  id: string;
  name: string;
}

/** Erases the chosen people for good: says what is lost, and asks for their number to be typed. */
export function EraseManyDialog({ selection, question, onClose }: Props & { question: Question }) {
  const t = useT();
  const [count, setCount] = useState(selection.count);
  const erase = useSend("post", "/people/erase");
  return (
    <ConfirmDanger
      opened
      onClose={onClose}
      title={t("erase.many.title", { count })}
      loses={[t("erase.many.identities"), t("erase.many.attributes"), t("erase.many.events"), t("erase.many.lists")]}
      keeps={[t("erase.keeps.messages"), t("erase.many.block")]}
      action={t("erase.many.action", { count })}
      type={String(count)}
      onConfirm={async () => {
        try {
          const { erased } = await erase.mutateAsync({ body: { ...choiceOf(selection, question), confirmed: count } });
          say(t("erase.many.done", { count: erased }));
          selection.clear();
        } catch (error) {
          // Others are meant by now: their number is asked for.
          if (error instanceof ApiError && typeof error.more.people === "number") setCount(error.more.people);
          throw error;
        }
      }}
    />
  );
}

/** Puts the chosen people, or everybody who matches the filters, on a list: one that is there or a new one. */
export function ListDialog({ selection, rule, onClose }: Props & { rule: Record<string, unknown> | undefined }) {
  const t = useT();
  const go = useGo();
  const { call } = useApi();
  const lists = useLooseGet<Page<Named>>("/audiences", { query: { kind: "list", limit: 200 } }).data?.items ?? [];
  const [list, setList] = useState<string | null>(null);
  const [name, setName] = useState("");
  const add = useSend("post", "/audiences/{audience_id}/members");
  const [error, setError] = useState<unknown>();
  const submit = async () => {
    setError(undefined);
    try {
      const target = list ?? (await call("post", "/audiences", { body: { kind: "list", name, description: "" } })).id;
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

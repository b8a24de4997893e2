import { Checkbox, NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { useLooseGet } from "@/api/hooks";
import { DayField } from "@/ui/DateField";
import { allFields, attributeTypes, type Field, isAsked, keyFor, renameId } from "./definition";
import type { Draft } from "./draft";
import fields from "./Fields.module.css";
import css from "./forms.module.css";
import { OptionsField } from "./OptionsField";
import { ShowIf } from "./ShowIf";
import { Topics } from "./Topics";
import { useT } from "./useT";

interface Props {
  field: Field;
  above: Field[];
  draft: Draft;
  onOpen: (id: string) => void;
  onChange: (field: Field, about: string) => void;
}

interface Attribute {
  key: string;
  label: string;
  type: string;
}

/** Everything about one field. */
export function FieldSettings({ field, above, draft, onOpen, onChange }: Props) {
  const t = useT();
  const set = (part: Partial<Field>, about = Object.keys(part).join()) =>
    onChange({ ...field, ...part }, `${field.id} ${about}`);
  /** Gives the field another key, wherever it is named; nobody has answered it under the old one. */
  const rename = (words: string) => {
    const others = allFields(draft.definition)
      .map(({ id }) => id)
      .filter((id) => id !== field.id);
    const id = keyFor(words, others, field.id);
    if (id === field.id) return;
    draft.history.set({ name: draft.name, definition: renameId(draft.definition, field.id, id) });
    onOpen(id);
  };
  const fresh = draft.base.published === null;
  return (
    <>
      {isAsked(field) && (
        <Textarea
          label={t(field.kind === "consent" ? "consent.wording" : "label")}
          description={field.kind === "consent" ? t("consent.wording.note") : undefined}
          autosize
          minRows={1}
          maxLength={500}
          data-autofocus
          value={field.label ?? ""}
          onChange={(event) => set({ label: event.currentTarget.value })}
          onBlur={(event) => fresh && rename(event.currentTarget.value)}
        />
      )}
      {field.kind === "note" && (
        <>
          <TextInput
            label={t("note.title")}
            maxLength={200}
            value={field.title ?? ""}
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
          <Textarea
            label={t("note.text")}
            autosize
            minRows={2}
            maxLength={5000}
            value={field.text ?? ""}
            onChange={(event) => set({ text: event.currentTarget.value })}
          />
        </>
      )}
      {field.kind === "hidden" && (
        <TextInput
          label={t("hidden.parameter")}
          description={t("hidden.note", { example: `?${field.parameter || "source"}=fair` })}
          value={field.parameter ?? ""}
          onChange={(event) => set({ parameter: event.currentTarget.value.replace(/[^A-Za-z0-9_-]/g, "") })}
        />
      )}
      {isAsked(field) && (
        <TextInput
          label={t("help")}
          maxLength={1000}
          value={field.help ?? ""}
          onChange={(event) => set({ help: event.currentTarget.value })}
        />
      )}
      <OfKind field={field} set={set} />
      {attributeTypes[field.kind] && <AttributeField field={field} set={set} />}
      {isAsked(field) && (
        <Checkbox
          label={t(field.kind === "tick" || field.kind === "consent" ? "required.tick" : "required")}
          checked={field.required ?? false}
          onChange={(event) => set({ required: event.currentTarget.checked })}
        />
      )}
      {field.kind !== "hidden" && above.some(isAsked) && (
        <ShowIf
          condition={field.show_if ?? null}
          above={above.filter(isAsked)}
          onChange={(show_if) => set({ show_if })}
        />
      )}
      <details className={fields.more}>
        <summary>{t("more")}</summary>
        <TextInput
          label={t("key")}
          description={t(fresh ? "key.note" : "key.fixed")}
          readOnly={!fresh}
          defaultValue={field.id}
          key={field.id}
          onBlur={(event) => fresh && rename(event.currentTarget.value)}
        />
      </details>
    </>
  );
}

interface KindProps {
  field: Field;
  set: (part: Partial<Field>, about?: string) => void;
}

const numberOrNull = (value: number | string) => (value === "" ? null : Number(value));

/** What only some kinds have. */
function OfKind({ field, set }: KindProps) {
  const t = useT();
  switch (field.kind) {
    case "number":
      return (
        <div className={css.pair}>
          <NumberInput label={t("least")} value={field.least ?? ""} onChange={(v) => set({ least: numberOrNull(v) })} />
          <NumberInput label={t("most")} value={field.most ?? ""} onChange={(v) => set({ most: numberOrNull(v) })} />
          <Checkbox
            label={t("whole")}
            checked={field.whole ?? false}
            onChange={(event) => set({ whole: event.currentTarget.checked })}
          />
        </div>
      );
    case "date":
      return (
        <div className={css.pair}>
          <DayField label={t("earliest")} value={field.earliest ?? null} onChange={(earliest) => set({ earliest })} />
          <DayField label={t("latest")} value={field.latest ?? null} onChange={(latest) => set({ latest })} />
        </div>
      );
    case "choice":
    case "choices":
      return (
        <>
          <OptionsField
            label={t("options")}
            options={field.options ?? []}
            tags
            onChange={(options) => set({ options })}
          />
          <Checkbox
            label={t("other")}
            checked={field.other ?? false}
            onChange={(event) => set({ other: event.currentTarget.checked })}
          />
          {field.kind === "choice" ? (
            <Checkbox
              label={t("asMenu")}
              checked={field.menu ?? false}
              onChange={(event) => set({ menu: event.currentTarget.checked })}
            />
          ) : (
            <NumberInput
              label={t("mostChoices")}
              min={1}
              max={60}
              value={field.most ?? ""}
              onChange={(value) => set({ most: numberOrNull(value) })}
            />
          )}
        </>
      );
    case "scale":
    case "nps":
      return (
        <div className={css.pair}>
          {field.kind === "scale" && (
            <NumberInput
              label={t("scale.most")}
              min={2}
              max={10}
              value={field.most ?? 5}
              onChange={(value) => set({ most: Number(value) || 5 })}
            />
          )}
          <TextInput
            label={t("scale.low")}
            maxLength={200}
            value={field.low ?? ""}
            onChange={(event) => set({ low: event.currentTarget.value })}
          />
          <TextInput
            label={t("scale.high")}
            maxLength={200}
            value={field.high ?? ""}
            onChange={(event) => set({ high: event.currentTarget.value })}
          />
        </div>
      );
    case "matrix":
      return (
        <>
          <OptionsField label={t("matrix.rows")} options={field.rows ?? []} onChange={(rows) => set({ rows })} />
          <OptionsField label={t("options")} options={field.options ?? []} onChange={(options) => set({ options })} />
        </>
      );
    case "consent":
      return <Topics field={field} set={set} />;
    default:
      return null;
  }
}

/** Where the answer is kept of the person. */
function AttributeField({ field, set }: KindProps) {
  const t = useT();
  const fitting = attributeTypes[field.kind] ?? [];
  const attributes = useLooseGet<Attribute[]>("/attributes", {}, { fresh: 60_000 }).data ?? [];
  return (
    <Select
      label={t("attribute")}
      description={t("attribute.note")}
      placeholder={t("attribute.none")}
      clearable
      searchable
      data={attributes.filter(({ type }) => fitting.includes(type)).map(({ key, label }) => ({ value: key, label }))}
      value={field.attribute ?? null}
      onChange={(attribute) => set({ attribute })}
    />
  );
}

import { Button, Select, TagsInput, Textarea, TextInput } from "@mantine/core";
import { IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { ApiError } from "@/api/errors";
import { useGet, useSend } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { useOpening } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { ConfirmDanger, FormDialog } from "@/ui/Dialog";
import { QuietMenu } from "@/ui/PageHead";
import { SettingsFrame } from "@/ui/SettingsFrame";
import { SettingsItem, SettingsList } from "@/ui/SettingsList";
import { Tag } from "@/ui/StateBadge";
import { Await, EmptyState } from "@/ui/states";
import type { Attribute } from "../imports/types";
import { useT } from "../useT";
import { type AttributeType, attributeTypes } from "../values";
import { TraitProposals } from "./TraitProposals";

/** What is kept about people beside their addresses: each attribute with its type. */
export default function AttributesPage() {
  const t = useT();
  const may = useMay("people.write");
  const attributes = useGet("/attributes", {});
  const [making, setMaking] = useOpening("make");
  const [editing, setEditing] = useState<Attribute>();
  const [leaving, setLeaving] = useState<Attribute>();
  const make = may && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking("1")}>
      {t("attributes.make")}
    </Button>
  );
  return (
    <SettingsFrame
      title={t("attributes.title")}
      meaning={t("attributes.meaning")}
      action={attributes.data?.length ? make : undefined}
    >
      <Await query={attributes}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState picture="file" action={make}>
              {t("attributes.empty")}
            </EmptyState>
          ) : (
            <SettingsList label={t("attributes.title")}>
              {(found as Attribute[]).map((one) => (
                <SettingsItem
                  key={one.key}
                  name={
                    <>
                      {one.label} <code>{one.key}</code>
                    </>
                  }
                  note={one.description || <Choices attribute={one} />}
                >
                  <Tag>{t(`type.${one.type}`)}</Tag>
                  {may && (
                    <QuietMenu
                      label={t("attributes.menu", { name: one.label })}
                      entries={[
                        { label: t("attributes.edit"), icon: IconPencil, act: () => setEditing(one) },
                        { label: t("attributes.delete"), icon: IconTrash, danger: true, act: () => setLeaving(one) },
                      ]}
                    />
                  )}
                </SettingsItem>
              ))}
            </SettingsList>
          )
        }
      </Await>
      <TraitProposals />
      {making && <AttributeDialog onClose={() => setMaking("")} />}
      {editing && <AttributeDialog attribute={editing} onClose={() => setEditing(undefined)} />}
      {leaving && <DeleteDialog attribute={leaving} onClose={() => setLeaving(undefined)} />}
    </SettingsFrame>
  );
}

function Choices({ attribute }: { attribute: Attribute }) {
  const format = useFormat();
  const choices = attribute.choices ?? [];
  if (!choices.length) return null;
  return <>{choices.length > 6 ? `${choices.slice(0, 6).join(", ")} …` : format.list(choices)}</>;
}

function AttributeDialog({ attribute, onClose }: { attribute?: Attribute; onClose: () => void }) {
  const t = useT();
  const [label, setLabel] = useState(attribute?.label ?? "");
  const [type, setType] = useState<AttributeType>(attribute?.type ?? "text");
  const [choices, setChoices] = useState<string[]>(attribute?.choices ?? []);
  const [description, setDescription] = useState(attribute?.description ?? "");
  const create = useSend("post", "/attributes", { onSuccess: onClose });
  const update = useSend("put", "/attributes/{key}", { onSuccess: onClose });
  const values = { label, description, choices: type === "choice" ? choices : [] };
  return (
    <FormDialog
      title={attribute ? t("attributes.edit.title", { name: attribute.label }) : t("attributes.make")}
      onClose={onClose}
      onSubmit={() => {
        if (attribute) update.mutate({ path: { key: attribute.key }, body: values });
        else create.mutate({ body: { ...values, type } });
      }}
      action={attribute ? t("save") : t("attributes.make.action")}
      busy={create.isPending || update.isPending}
      error={create.error ?? update.error}
    >
      <TextInput
        label={t("attributes.label")}
        description={t("attributes.label.note")}
        required
        withAsterisk={false}
        data-autofocus
        maxLength={120}
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      <Select
        label={t("attributes.type")}
        description={attribute ? t("attributes.type.fixed") : t(`type.${type}.note`)}
        disabled={!!attribute}
        allowDeselect={false}
        value={type}
        data={attributeTypes.map((value) => ({ value, label: t(`type.${value}`) }))}
        onChange={(value) => value && setType(value as AttributeType)}
      />
      {type === "choice" && (
        <TagsInput
          label={t("attributes.choices")}
          description={t("attributes.choices.note")}
          value={choices}
          onChange={setChoices}
          acceptValueOnBlur
        />
      )}
      <Textarea
        label={t("attributes.description")}
        autosize
        minRows={2}
        maxLength={1000}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

/** Says where the attribute is used before it goes; the first refusal names the audiences. */
function DeleteDialog({ attribute, onClose }: { attribute: Attribute; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const [used, setUsed] = useState<string[]>();
  const remove = useSend("delete", "/attributes/{key}");
  const name = attribute.label;
  return (
    <ConfirmDanger
      opened
      onClose={onClose}
      title={t("attributes.delete.title", { name })}
      loses={[
        t("attributes.delete.loses", { name }),
        ...(used?.length ? [t("attributes.delete.breaks", { audiences: format.list(used), count: used.length })] : []),
      ]}
      keeps={[t("attributes.delete.keeps")]}
      action={used?.length ? t("attributes.delete.anyway", { name }) : t("attributes.delete.action", { name })}
      onConfirm={async () => {
        try {
          await remove.mutateAsync({ path: { key: attribute.key }, query: { even_if_used: !!used } });
        } catch (error) {
          const by = error instanceof ApiError ? error.more.audiences : undefined;
          if (!used && Array.isArray(by)) setUsed(by.map(String));
          throw error;
        }
      }}
    />
  );
}

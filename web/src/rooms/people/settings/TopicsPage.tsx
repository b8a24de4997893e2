import { ActionIcon, Button, Checkbox, Textarea, TextInput } from "@mantine/core";
import { IconArchive, IconArrowDown, IconArrowUp, IconPencil, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useOpening } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { FormDialog } from "@/ui/Dialog";
import { NumberField } from "@/ui/numbers";
import { QuietMenu } from "@/ui/PageHead";
import { SettingsFrame } from "@/ui/SettingsFrame";
import { SettingsItem, SettingsList } from "@/ui/SettingsList";
import { StateBadge } from "@/ui/StateBadge";
import { Await, FormError } from "@/ui/states";
import { say } from "@/ui/tray";
import { useT } from "../useT";

type Topic = Shape<"Topic">;

/** What people can agree to hear about, in the order of the preference page. */
export default function TopicsPage() {
  const t = useT();
  const may = useMay("workspace.manage");
  const [archived, setArchived] = useState(false);
  const topics = useGet("/topics", { query: { archived } });
  const [making, setMaking] = useOpening("make");
  const [editing, setEditing] = useState<Topic>();
  const move = useSend("put", "/topics/{topic_id}");
  const restore = useSend("post", "/topics/{topic_id}/restore");
  const archive = useSend("delete", "/topics/{topic_id}");
  const error = move.error ?? restore.error ?? archive.error;
  const open = (topics.data ?? []).filter(({ archived_at }) => !archived_at);
  /** Trades places with the neighbour; both get the place they stand at, so that equal places sort out by themselves. */
  const swap = async (topic: Topic, step: -1 | 1) => {
    const order = [...open];
    const at = order.findIndex(({ id }) => id === topic.id);
    const other = order[at + step];
    if (!other) return;
    order[at] = other;
    order[at + step] = topic;
    for (const [position, one] of order.entries()) {
      if ((one.position ?? 0) === position) continue;
      await move.mutateAsync({
        path: { topic_id: one.id },
        body: { name: one.name, description: one.description, position, lasts_months: one.lasts_months },
      });
    }
  };
  const putAway = (topic: Topic) =>
    archive.mutate(
      { path: { topic_id: topic.id } },
      {
        onSuccess: () =>
          say(t("topics.archived", { name: topic.name }), {
            action: { label: t("undo"), act: () => restore.mutate({ path: { topic_id: topic.id } }) },
          }),
      },
    );
  return (
    <SettingsFrame
      title={t("topics.title")}
      meaning={t("topics.meaning")}
      action={
        may && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking("1")}>
            {t("topics.make")}
          </Button>
        )
      }
    >
      <FormError error={error} />
      <Await query={topics}>
        {(found) => (
          <SettingsList label={t("topics.title")}>
            {found.map((topic) => {
              const at = open.findIndex(({ id }) => id === topic.id);
              return (
                <SettingsItem
                  key={topic.id}
                  name={
                    <>
                      {topic.name} <code>{topic.key}</code>{" "}
                      {topic.archived_at && <StateBadge tone="quiet">{t("topics.isArchived")}</StateBadge>}
                    </>
                  }
                  note={[
                    topic.description || t("topics.noDescription"),
                    topic.lasts_months ? t("topics.lasts.for", { count: topic.lasts_months }) : "",
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                >
                  {may && topic.archived_at && (
                    <Button
                      size="xs"
                      variant="default"
                      onClick={() => restore.mutate({ path: { topic_id: topic.id } })}
                    >
                      {t("topics.restore")}
                    </Button>
                  )}
                  {may && !topic.archived_at && (
                    <>
                      <ActionIcon
                        aria-label={t("topics.up", { name: topic.name })}
                        title={at <= 0 ? t("topics.first") : undefined}
                        disabled={at <= 0 || move.isPending}
                        onClick={() => void swap(topic, -1)}
                      >
                        <IconArrowUp size={16} />
                      </ActionIcon>
                      <ActionIcon
                        aria-label={t("topics.down", { name: topic.name })}
                        title={at === open.length - 1 ? t("topics.last") : undefined}
                        disabled={at === open.length - 1 || move.isPending}
                        onClick={() => void swap(topic, 1)}
                      >
                        <IconArrowDown size={16} />
                      </ActionIcon>
                      <QuietMenu
                        label={t("topics.menu", { name: topic.name })}
                        entries={[
                          { label: t("topics.edit"), icon: IconPencil, act: () => setEditing(topic) },
                          { label: t("topics.archive"), icon: IconArchive, act: () => putAway(topic) },
                        ]}
                      />
                    </>
                  )}
                </SettingsItem>
              );
            })}
          </SettingsList>
        )}
      </Await>
      <Checkbox
        size="xs"
        label={t("topics.showArchived")}
        checked={archived}
        onChange={(event) => setArchived(event.currentTarget.checked)}
      />
      {making && <TopicDialog onClose={() => setMaking("")} />}
      {editing && <TopicDialog topic={editing} onClose={() => setEditing(undefined)} />}
    </SettingsFrame>
  );
}

function TopicDialog({ topic, onClose }: { topic?: Topic; onClose: () => void }) {
  const t = useT();
  const [name, setName] = useState(topic?.name ?? "");
  const [description, setDescription] = useState(topic?.description ?? "");
  const [months, setMonths] = useState(topic?.lasts_months ?? null);
  const create = useSend("post", "/topics", { onSuccess: onClose });
  const update = useSend("put", "/topics/{topic_id}", { onSuccess: onClose });
  return (
    <FormDialog
      title={topic ? t("topics.edit.title", { name: topic.name }) : t("topics.make")}
      onClose={onClose}
      onSubmit={() => {
        if (topic)
          update.mutate({
            path: { topic_id: topic.id },
            body: { name, description, position: topic.position ?? 0, lasts_months: months || null },
          });
        else create.mutate({ body: { name, description } });
      }}
      action={topic ? t("save") : t("topics.make.action")}
      busy={create.isPending || update.isPending}
      error={create.error ?? update.error}
    >
      <TextInput
        label={t("topics.name")}
        description={t("topics.name.note")}
        required
        withAsterisk={false}
        data-autofocus
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label={t("topics.description")}
        description={t("topics.description.note")}
        autosize
        minRows={2}
        maxLength={1000}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      {topic && (
        <NumberField
          label={t("topics.lasts")}
          description={t("topics.lasts.note")}
          value={months}
          max={120}
          onChange={setMonths}
        />
      )}
    </FormDialog>
  );
}

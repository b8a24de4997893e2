import { Button, TextInput } from "@mantine/core";
import { IconBoxMultiple, IconUnlink } from "@tabler/icons-react";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { Act } from "@/ui/Act";
import { FormError } from "@/ui/states";
import { say } from "@/ui/tray";
import { useT } from "../useT";
import { useBench } from "./context";
import css from "./inspector.module.css";
import { type Node, newId, replace, rowsToApi } from "./tree";
import { useSharedRows } from "./useSharedRows";

/** Keeps a row for all mails; from then on it is the shared one. */
export function ShareRow({ node }: { node: Node }) {
  const t = useT();
  const { mail, change, select } = useBench();
  const [name, setName] = useState("");
  const create = useSend("post", "/mail-rows");
  const share = async () => {
    const { id } = await create.mutateAsync({ body: { name, rows: rowsToApi([node]) as never } });
    const shared: Node = { id: newId(), type: "shared", attributes: {}, row: id, rows: [node] };
    change(replace(mail, node.id, [shared]));
    select(shared.id);
    say(t("blocks.shared.made", { name }));
  };
  return (
    <div className={css.share}>
      <TextInput
        label={t("blocks.share")}
        description={t("blocks.share.note")}
        placeholder={t("blocks.share.name")}
        value={name}
        maxLength={120}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Act
        why="missing"
        variant="default"
        size="compact-sm"
        leftSection={<IconBoxMultiple size={14} />}
        disabled={!name.trim()}
        loading={create.isPending}
        onClick={() => share().catch(() => {})}
      >
        {t("blocks.share.do")}
      </Act>
      <FormError error={create.error} />
    </div>
  );
}

/** What can be done with a shared row: change it in all mails, take what it is now, or make it this mail's own. */
export function SharedFields({ node }: { node: Node }) {
  const t = useT();
  const { mail, change, select, unlocked, unlock, template } = useBench();
  const rows = useSharedRows();
  const found = rows?.find(({ id }) => id === node.row);
  const save = useSend("put", "/mail-rows/{mail_row_id}");
  const open = unlocked === node.id;
  const keep = async () => {
    if (!found) return;
    const { mails } = await save.mutateAsync({
      path: { mail_row_id: found.id },
      body: {
        name: found.name,
        version: found.version,
        rows: rowsToApi(node.rows ?? []) as never,
        beside: template,
      },
    });
    unlock(undefined);
    say(t("blocks.shared.saved", { count: mails }));
  };
  return (
    <>
      <p className={css.note}>
        {found
          ? t("blocks.shared.note", { name: found.name, count: found.mails })
          : rows
            ? t("blocks.shared.gone")
            : "…"}
      </p>
      {found &&
        (open ? (
          <Button size="compact-sm" loading={save.isPending} onClick={() => keep().catch(() => {})}>
            {t("blocks.shared.save")}
          </Button>
        ) : (
          <Button variant="default" size="compact-sm" onClick={() => unlock(node.id)}>
            {t("blocks.shared.edit")}
          </Button>
        ))}
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconUnlink size={14} />}
        onClick={() => {
          change(replace(mail, node.id, node.rows ?? []));
          select(undefined);
        }}
      >
        {t("blocks.shared.own")}
      </Button>
      <FormError error={save.error} />
    </>
  );
}

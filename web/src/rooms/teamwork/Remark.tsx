import { IconDots, IconPencil, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useMe } from "@/lib/session";
import { useMay } from "@/lib/workspace";
import { ConfirmDanger } from "@/ui/Dialog";
import { Menu, type MenuEntry } from "@/ui/Menu";
import { Face, When } from "@/ui/values";
import { CommentText } from "./CommentText";
import { Composer } from "./Composer";
import css from "./Remark.module.css";
import { type Mentioned, unpack } from "./text";
import { useT } from "./useT";

/** One comment: who, when, the words; its author may change or remove it. */
export function Remark({ comment, extra = [] }: { comment: Shape<"CommentOut">; extra?: MenuEntry[] }) {
  const t = useT();
  const me = useMe();
  const manages = useMay("workspace.manage");
  const [editing, setEditing] = useState(false);
  const [removing, setRemoving] = useState(false);
  const path = { comment_id: comment.id };
  const edit = useSend("put", "/comments/{comment_id}");
  const remove = useSend("delete", "/comments/{comment_id}", { onSuccess: () => setRemoving(false) });
  const mine = comment.author.id === me.id;
  const mentions = comment.mentions.filter((one): one is typeof one & { id: string } => one.id !== null);
  const entries: MenuEntry[] = [...extra];
  if (mine && !comment.removed) entries.push({ label: t("edit"), icon: IconPencil, act: () => setEditing(true) });
  if ((mine || manages) && !comment.removed)
    entries.push({ label: t("remove"), icon: IconTrash, danger: true, act: () => setRemoving(true) });
  return (
    <div className={css.remark}>
      <Face name={comment.author.name || "?"} size={26} />
      <div>
        <header>
          <b>{comment.author.name || t("someone")}</b>
          {comment.author.id && !comment.author.member && <small>{t("left")}</small>}
          <small>
            <When at={comment.created_at} />
            {comment.edited_at && !comment.removed && ` · ${t("edited")}`}
          </small>
          {entries.length > 0 && (
            <Menu
              entries={entries}
              className={css.remarkMenu}
              label={t("comment.menu", { name: comment.author.name || t("someone") })}
            >
              <IconDots size={16} />
            </Menu>
          )}
        </header>
        {comment.removed ? (
          <p className={css.removed}>{t("removed")}</p>
        ) : editing ? (
          <Editing comment={comment} mentions={mentions} end={() => setEditing(false)} save={edit.mutateAsync} />
        ) : (
          <CommentText body={comment.body} mentions={mentions} />
        )}
      </div>
      {removing && (
        <ConfirmDanger
          opened
          onClose={() => setRemoving(false)}
          title={t("remove.title")}
          loses={[t("remove.loses")]}
          keeps={[t("remove.keeps")]}
          action={t("remove")}
          onConfirm={() => remove.mutateAsync({ path })}
        />
      )}
    </div>
  );
}

interface EditingProps {
  comment: Shape<"CommentOut">;
  mentions: readonly Mentioned[];
  end: () => void;
  save: (args: { path: { comment_id: string }; body: { body: string; version: number } }) => Promise<unknown>;
}

function Editing({ comment, mentions, end, save }: EditingProps) {
  const t = useT();
  // The version the words were read at: if somebody changes them meanwhile, saving says so instead of overwriting.
  const [version] = useState(comment.version);
  return (
    <Composer
      focus
      first={{ text: unpack(comment.body, mentions), picked: mentions }}
      label={t("edit.label")}
      action={t("save")}
      onLeave={end}
      send={async (body) => {
        await save({ path: { comment_id: comment.id }, body: { body, version } });
        end();
      }}
    />
  );
}

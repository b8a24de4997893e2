import { Button } from "@mantine/core";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import { useWorkspaceSettings } from "@/lib/workspace";
import { ConfirmDanger, Dialog } from "@/ui/Dialog";
import { LiquidText, useFieldNames } from "@/ui/LiquidText";
import { Tag } from "@/ui/StateBadge";
import { Await, FormError } from "@/ui/states";
import { Name, When } from "@/ui/values";
import type { Template } from "./draft";
import css from "./editor.module.css";
import { useT } from "./useT";

interface Props {
  template: Template;
  may: boolean;
  unsaved: boolean;
  onRestored: (template: Template) => void;
}

/** Every saved version; an old one can become the newest again. */
export function Versions({ template, may, unsaved, onRestored }: Props) {
  const t = useT();
  const path = { template_id: template.id };
  const versions = useGet("/templates/{template_id}/versions", { path });
  const restore = useSend("post", "/templates/{template_id}/versions/{number}/restore", {
    onSuccess: onRestored,
  });
  const nameOf = useFieldNames();
  const [asking, setAsking] = useState<number>();
  const [looking, setLooking] = useState<number>();
  const { slug } = useWorkspaceSettings();
  const bring = (number: number) =>
    restore.mutateAsync({ path: { ...path, number }, body: { version: template.version } });
  return (
    <>
      <FormError error={restore.error} />
      <Await query={versions}>
        {(found) => (
          <ol className={css.versions}>
            {found.map(({ number, subject, saved_by, created_at }) => (
              <li key={number}>
                <span>
                  <strong>{t("version", { number })}</strong>
                  <span className={css.muted}>
                    <Name>{saved_by}</Name> · <When at={created_at} />
                  </span>
                  <span>
                    <LiquidText source={subject} nameOf={nameOf} />
                  </span>
                </span>
                <Button size="xs" variant="subtle" onClick={() => setLooking(number)}>
                  {t("version.look")}
                </Button>
                {number === template.version ? (
                  <Tag>{t("version.newest")}</Tag>
                ) : (
                  may && (
                    <Button
                      size="xs"
                      variant="default"
                      loading={restore.isPending && restore.variables?.path.number === number}
                      onClick={() => (unsaved ? setAsking(number) : void bring(number).catch(() => {}))}
                    >
                      {t("version.restore")}
                    </Button>
                  )
                )}
              </li>
            ))}
          </ol>
        )}
      </Await>
      <Dialog
        opened={looking !== undefined}
        onClose={() => setLooking(undefined)}
        title={t("version.look.title", { number: looking ?? 0 })}
        size={720}
      >
        {looking !== undefined && (
          <iframe
            className={css.version}
            title={t("version.look.title", { number: looking })}
            sandbox="allow-popups allow-popups-to-escape-sandbox"
            referrerPolicy="no-referrer"
            src={`/api/v1/workspaces/${slug}/templates/${template.id}/versions/${looking}/preview.html`}
          />
        )}
      </Dialog>
      <ConfirmDanger
        opened={asking !== undefined}
        onClose={() => setAsking(undefined)}
        title={t("version.restore.title", { number: asking ?? 0 })}
        loses={[t("version.restore.loses")]}
        keeps={[t("version.restore.keeps")]}
        action={t("version.restore")}
        onConfirm={() => bring(asking ?? 0)}
      />
    </>
  );
}

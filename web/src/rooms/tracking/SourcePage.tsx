import { Button, MultiSelect } from "@mantine/core";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useGo } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { ConfirmDanger, FormDialog } from "@/ui/Dialog";
import { Facts, Section } from "@/ui/Page";
import { SettingsFrame } from "@/ui/SettingsFrame";
import { SettingsItem, SettingsList } from "@/ui/SettingsList";
import { StateBadge, Tag } from "@/ui/StateBadge";
import { Await } from "@/ui/states";
import { Unknown, When } from "@/ui/values";
import { InstallCheck } from "./InstallCheck";
import { Snippet } from "./Snippet";
import { SourceDialog } from "./SourceDialog";
import css from "./tracking.module.css";
import { useT } from "./useT";

export type View = Shape<"DataSourceViewOut">;
const PAGES = ["site", "shop", "app", "form", "survey"];

/** One source: what is said of it, how its pages send, whether they do, and what else brings its data. */
export default function SourcePage() {
  const t = useT();
  const go = useGo();
  const may = useMay("people.write");
  const { id } = useParams({ strict: false }) as { id: string };
  const [editing, setEditing] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const source = useGet("/sources/{source_id}", { path: { source_id: id } }, { every: 4000 });
  const remove = useSend("delete", "/sources/{source_id}");
  const found = source.data;
  return (
    <SettingsFrame
      title={found?.name ?? t("source.title")}
      meaning={found?.note || undefined}
      crumbs={[{ label: t("sources.title"), to: "/settings/sources" }]}
      action={
        may &&
        found && (
          <Button variant="default" leftSection={<IconPencil size={16} />} onClick={() => setEditing(true)}>
            {t("source.edit")}
          </Button>
        )
      }
      menu={
        may && found ? [{ label: t("source.delete"), icon: IconTrash, danger: true, act: () => setLeaving(true) }] : []
      }
    >
      <Await query={source}>
        {(view) => (
          <>
            <SourceFacts view={view} />
            {PAGES.includes(view.kind) && <Snippet view={view} />}
            {view.write_key && <InstallCheck view={view} />}
            <Bringers view={view} may={may} />
            {editing && <SourceDialog source={view} onClose={() => setEditing(false)} />}
            {leaving && (
              <ConfirmDanger
                opened
                onClose={() => setLeaving(false)}
                title={t("source.delete.title", { name: view.name })}
                loses={[t("source.delete.loses")]}
                keeps={[t("source.delete.keeps")]}
                action={t("source.delete.action", { name: view.name })}
                onConfirm={async () => {
                  await remove.mutateAsync({ path: { source_id: view.id } });
                  go("/settings/sources");
                }}
              />
            )}
          </>
        )}
      </Await>
    </SettingsFrame>
  );
}

function SourceFacts({ view }: { view: View }) {
  const t = useT();
  return (
    <Facts
      items={[
        [t("source.kind"), t(`kind.${view.kind}`)],
        [t("source.owner"), view.owner?.name ?? <Unknown why={t("source.nobody.why")} />],
        [
          t("source.ground"),
          view.legal_ground ? t(`ground.${view.legal_ground}`) : <Unknown why={t("source.ground.why")} />,
        ],
        [
          t("source.last"),
          <span key="last" className={css.row}>
            <When at={view.last_at} why={t("source.unseen")} />
            {view.silent && <StateBadge tone="bad">{t("source.silent")}</StateBadge>}
          </span>,
        ],
        [
          t("source.quiet"),
          view.quiet_hours ? t("source.quiet.after", { count: view.quiet_hours }) : t("source.quiet.never"),
        ],
      ]}
    />
  );
}

function Bringers({ view, may }: { view: View; may: boolean }) {
  const t = useT();
  const [choosing, setChoosing] = useState(false);
  return (
    <Section
      title={t("links.title")}
      note={t("links.note")}
      action={
        may && (
          <Button variant="default" size="xs" onClick={() => setChoosing(true)}>
            {t("links.choose")}
          </Button>
        )
      }
    >
      {view.links.length === 0 ? (
        <p className={css.muted}>{t("links.none")}</p>
      ) : (
        <SettingsList label={t("links.title")}>
          {view.links.map((one) => (
            <SettingsItem
              key={one.kind + one.ref}
              name={one.name}
              note={one.last_at ? t.rich("source.seen", { when: <When at={one.last_at} /> }) : t("source.unseen")}
            >
              <Tag>{t(`link.${one.kind}`)}</Tag>
            </SettingsItem>
          ))}
        </SettingsList>
      )}
      {choosing && <LinksDialog view={view} onClose={() => setChoosing(false)} />}
    </Section>
  );
}

function LinksDialog({ view, onClose }: { view: View; onClose: () => void }) {
  const t = useT();
  const [chosen, setChosen] = useState(view.links.map(({ kind, ref }) => `${kind} ${ref}`));
  const all = useGet("/sources/bringers", {});
  const save = useSend("put", "/sources/{source_id}/links", { onSuccess: onClose });
  const kinds = ["key", "form", "import"] as const;
  const data = kinds
    .map((kind) => ({
      group: t(`link.${kind}.many`),
      items: (all.data ?? [])
        .filter((one) => one.kind === kind)
        .map((one) => ({ value: `${kind} ${one.ref}`, label: one.name })),
    }))
    .filter(({ items }) => items.length);
  return (
    <FormDialog
      title={t("links.choose.title", { name: view.name })}
      onClose={onClose}
      onSubmit={() =>
        save.mutate({
          path: { source_id: view.id },
          body: {
            links: chosen.map((one) => {
              const [kind, ref] = one.split(" ") as [(typeof kinds)[number], string];
              return { kind, ref };
            }),
          },
        })
      }
      action={t("source.save")}
      busy={save.isPending}
      disabled={!all.data}
      error={save.error ?? all.error}
    >
      <MultiSelect
        label={t("links.title")}
        description={t("links.choose.note")}
        data-autofocus
        searchable
        clearable
        data={data}
        value={chosen}
        onChange={setChosen}
        nothingFoundMessage={t("links.nothing")}
      />
    </FormDialog>
  );
}

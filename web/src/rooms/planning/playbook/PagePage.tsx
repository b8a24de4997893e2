import { Button, Checkbox, MultiSelect, Select, TagsInput, Textarea, TextInput } from "@mantine/core";
import { IconEdit, IconEye } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useApi, useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useGo } from "@/lib/links";
import { useParam } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { Comments } from "@/rooms/teamwork/Comments";
import { ConfirmDanger, Dialog } from "@/ui/Dialog";
import { Facts, Page, Section, ThingLayout } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { SaveState } from "@/ui/SaveState";
import { Await, FormError } from "@/ui/states";
import { Name, When } from "@/ui/values";
import { ConflictNote } from "../ConflictNote";
import { useVersioned } from "../useVersioned";
import { Prose } from "./Prose";
import css from "./playbook.module.css";
import { useT } from "./useT";
import { pageKinds, places } from "./words";

type PageOut = Shape<"PlaybookPageOut">;
const PATH = "/playbook/pages/{page_id}" as const;

/** One page: read it, or write it and see how it reads. */
export default function PagePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useGet(PATH, { path: { page_id: id } }, { keep: false });
  return (
    <Await query={query} lines={10}>
      {(page) => <PageView key={id} page={page} />}
    </Await>
  );
}

const draftOf = ({ title, kind, body, tags, applies, for_guests }: PageOut) => ({
  title,
  kind,
  body,
  tags,
  applies,
  for_guests,
});

function PageView({ page }: { page: PageOut }) {
  const t = useT();
  const go = useGo();
  const api = useApi();
  const may = useMay("campaigns.write");
  const [edit, setEdit] = useParam("edit");
  const [html, setHtml] = useState(page.html);
  const [asking, setAsking] = useState<"delete" | "history">();
  const path = { page_id: page.id };
  const thing = useVersioned({
    server: page,
    draftOf,
    save: async (draft, version) => {
      const saved = await api.save(PATH, { path, body: { ...draft, version } });
      setHtml(saved.html);
      return saved;
    },
    load: () => api.call("get", PATH, { path }),
  });
  const remove = useSend("delete", PATH, { onSuccess: () => go("/playbook") });
  const { draft, change } = thing;
  const writing = may && edit === "1";
  const names = {
    title: t("page.title"),
    kind: t("page.kind"),
    body: t("page.body"),
    tags: t("page.tags"),
    applies: t("page.applies"),
    for_guests: t("page.guests"),
  };
  return (
    <Page>
      <PageHead
        title={draft.title}
        crumbs={[{ label: t("title"), to: "/playbook" }]}
        meaning={
          <>
            {t(`kind.${draft.kind}`)} · <When at={page.updated_at} />{" "}
            {page.updated_by && (
              <>
                · <Name>{page.updated_by}</Name>
              </>
            )}{" "}
            {thing.state !== "saved" && <SaveState state={thing.state} />}
          </>
        }
        action={
          may && (
            <Button
              leftSection={writing ? <IconEye size={16} /> : <IconEdit size={16} />}
              variant={writing ? "default" : "filled"}
              onClick={() => {
                thing.flush();
                setEdit(writing ? "" : "1");
              }}
            >
              {t(writing ? "page.read" : "page.edit")}
            </Button>
          )
        }
        menu={[
          { label: t("page.history"), act: () => setAsking("history") },
          ...(may ? [{ label: t("page.delete"), danger: true, act: () => setAsking("delete") }] : []),
        ]}
      />
      <ConflictNote thing={thing} names={names} />
      <FormError error={thing.error} />
      <ThingLayout
        factsTitle={t("page.about")}
        facts={
          <>
            {writing ? (
              <div className={css.fields}>
                <Select
                  label={names.kind}
                  allowDeselect={false}
                  data={pageKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
                  value={draft.kind}
                  onChange={(kind) => kind && change({ kind }, true)}
                />
                <MultiSelect
                  label={names.applies}
                  description={t("page.applies.note")}
                  data={places.map((value) => ({ value, label: t(`place.${value}`) }))}
                  value={draft.applies}
                  onChange={(applies) => change({ applies: applies as PageOut["applies"] }, true)}
                />
                <TagsInput
                  label={names.tags}
                  maxTags={20}
                  value={draft.tags}
                  onChange={(tags) => change({ tags }, true)}
                />
                <Checkbox
                  label={names.for_guests}
                  checked={draft.for_guests}
                  onChange={(event) => change({ for_guests: event.currentTarget.checked }, true)}
                />
              </div>
            ) : (
              <Facts
                items={[
                  [names.applies, draft.applies.map((place) => t(`place.${place}`)).join(", ") || "–"],
                  [names.tags, draft.tags.join(", ") || "–"],
                  [names.for_guests, t(draft.for_guests ? "yes" : "no")],
                ]}
              />
            )}
            <Section title={t("talk")}>
              <Comments thing={{ kind: "page", id: page.id }} />
            </Section>
          </>
        }
      >
        {writing ? (
          <div className={css.editor}>
            <TextInput
              label={names.title}
              maxLength={200}
              value={draft.title}
              onBlur={thing.flush}
              onChange={(event) => change({ title: event.currentTarget.value })}
            />
            <div className={css.both}>
              <Textarea
                label={names.body}
                description={t("page.body.note")}
                autosize
                minRows={18}
                value={draft.body}
                onBlur={thing.flush}
                onChange={(event) => change({ body: event.currentTarget.value })}
              />
              <section aria-label={t("page.preview")}>
                <h2 className={css.label}>{t("page.preview")}</h2>
                <Prose html={html} />
              </section>
            </div>
          </div>
        ) : (
          <Prose html={html} />
        )}
      </ThingLayout>
      {asking === "history" && <History id={page.id} onClose={() => setAsking(undefined)} />}
      <ConfirmDanger
        opened={asking === "delete"}
        onClose={() => setAsking(undefined)}
        title={t("page.delete.title", { title: page.title })}
        loses={[t("page.delete.loses")]}
        action={t("page.delete")}
        onConfirm={() => remove.mutateAsync({ path })}
      />
    </Page>
  );
}

function History({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useT();
  const query = useGet("/playbook/pages/{page_id}/versions", { path: { page_id: id } });
  return (
    <Dialog opened onClose={onClose} title={t("page.history")} size={720}>
      <Await query={query} lines={4}>
        {(versions) =>
          versions.length === 0 ? (
            <p>{t("page.history.none")}</p>
          ) : (
            <ol className={css.history}>
              {versions.map((one) => (
                <li key={one.version}>
                  <small>
                    <Name>{one.by}</Name> · <When at={one.at} />
                  </small>
                  <details>
                    <summary>{one.title}</summary>
                    <pre>{one.body}</pre>
                  </details>
                </li>
              ))}
            </ol>
          )
        }
      </Await>
    </Dialog>
  );
}

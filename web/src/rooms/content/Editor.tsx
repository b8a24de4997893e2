import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { IconArchiveOff, IconDeviceFloppy, IconSend } from "@tabler/icons-react";
import { lazy, Suspense, useMemo, useRef, useState } from "react";
import { ApiError } from "@/api/errors";
import { useApi, useSend } from "@/api/hooks";
import { useShortcut } from "@/lib/keys";
import { useGo } from "@/lib/links";
import { useParam } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { Act } from "@/ui/Act";
import { Beside } from "@/ui/Beside";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { BuilderLayout } from "@/ui/Page";
import { PageHead, TabPanel, Tabs } from "@/ui/PageHead";
import { SaveState } from "@/ui/SaveState";
import { ErrorState, FormError, SkeletonLines } from "@/ui/states";
import { say, sayRefused } from "@/ui/tray";
import { Checks } from "./Checks";
import { ConflictDialog } from "./ConflictDialog";
import { type Template, useDraft, useJudgement } from "./draft";
import css from "./Editor.module.css";
import shared from "./editor.module.css";
import { useFaultWords } from "./faults";
import { InsertMenus } from "./InsertMenus";
import { PersonPicker, type Seen } from "./PersonPicker";
import { PreviewFrame } from "./PreviewFrame";
import type { SourceHandle } from "./SourceEditor";
import { TestDialog } from "./TestDialog";
import { useT } from "./useT";
import { Versions } from "./Versions";

const ReviewLine = lazy(() => import("./reviewing/ReviewLine").then(({ ReviewLine }) => ({ default: ReviewLine })));
const Blocks = lazy(() => import("./Blocks"));
const SourceEditor = lazy(() => import("./SourceEditor").then(({ SourceEditor }) => ({ default: SourceEditor })));

/** Notes stand under their field, so that fields side by side begin on one line. */
const below = ["label", "input", "error", "description"] satisfies ("label" | "input" | "error" | "description")[];

/** Whether a source is MJML, or nothing yet. */
const isMjml = (body: string) => /<mjml[\s>]/.test(body) || !body.trim();

/** The text at the left, at the right how it looks, what is wrong with it, its text part and its versions. */
export function Editor({ saved }: { saved: Template }) {
  const t = useT();
  const go = useGo();
  const mayWrite = useMay("content.write");
  const may = mayWrite && !saved.archived_at;
  const draft = useDraft(saved);
  const [person, setPerson] = useState<Seen>({});
  const { check, preview, stale } = useJudgement(draft.asked, person);
  const [edit, setEdit] = useParam("edit", isMjml(saved.body) ? "blocks" : "code");
  const inBlocks = edit === "blocks";
  const [face, setFace] = useParam("face", inBlocks ? "block" : "preview");
  const [place, setPlace] = useState<HTMLElement | null>(null);
  const write = useSend("post", "/templates/source", { asks: true });
  const choose = async (next: string) => {
    if (next === "code" && draft.blocks) {
      const { body } = await write.mutateAsync({ body: draft.asked as never });
      draft.toCode(body ?? "");
    }
    setFace(next === "code" ? "preview" : "block");
    setEdit(next);
  };
  const [testing, setTesting] = useState(false);
  const handle = useRef<SourceHandle>(null);
  const { archive, restore } = useArchive(draft);
  const copy = useSend("post", "/templates/{template_id}/duplicate", {
    onSuccess: ({ id }) => go(`/content/${id}`),
  });
  const save = () => {
    draft.keep().then(
      () => say(t("saved")),
      () => {},
    );
  };
  useShortcut("mod+s", t("save"), t("nav"), save);

  const problems = check.data?.problems ?? [];
  const wrong = useMemo(
    () =>
      problems
        .filter(({ part, line, level }) => part === "body" && line && level === "error")
        .map(({ line }) => line as number),
    [problems],
  );
  const faultWords = useFaultWords();
  const wordsOf = (part: string) => {
    const found = problems.find((one) => one.part === part && one.level === "error");
    return found && faultWords({ ...found, part: "body" });
  };
  const errors = problems.filter(({ level }) => level === "error").length;
  const conflict = draft.save.error instanceof ApiError && draft.save.error.status === 409;
  const state = draft.save.isPending ? "saving" : draft.save.isError ? "failed" : draft.changed ? "unsaved" : "saved";
  const path = { template_id: saved.id };

  return (
    <>
      <BuilderLayout
        wide={!inBlocks || face === "preview"}
        head={
          <PageHead
            title={draft.name}
            onRename={may ? draft.setName : undefined}
            crumbs={[{ label: t("nav"), to: "/content" }]}
            meaning={
              <span className={shared.meaning}>
                {t("version", { number: draft.base.version })} <SaveState state={state} />
                {!saved.archived_at && (
                  <Suspense>
                    <ReviewLine kind="template" id={saved.id} />
                  </Suspense>
                )}
                {state !== "saved" && <LeaveGuard name={draft.name} />}
              </span>
            }
            action={
              may ? (
                <span className={shared.buttons}>
                  <Act
                    why="errors"
                    variant="default"
                    leftSection={<IconSend size={16} />}
                    onClick={() => setTesting(true)}
                    disabled={errors > 0}
                  >
                    {t("test")}
                  </Act>
                  <Act
                    why="unchanged"
                    leftSection={<IconDeviceFloppy size={16} />}
                    onClick={save}
                    loading={draft.save.isPending}
                    disabled={!draft.changed}
                  >
                    {t("save")}
                  </Act>
                </span>
              ) : (
                mayWrite && (
                  <Button
                    leftSection={<IconArchiveOff size={16} />}
                    loading={restore.isPending}
                    onClick={() => restore.mutate({ path })}
                  >
                    {t("version.restore")}
                  </Button>
                )
              )
            }
            menu={
              mayWrite
                ? [
                    {
                      label: t("copy"),
                      act: () => copy.mutate({ path, body: { name: t("copy.name", { name: draft.name }) } }),
                    },
                    ...(may ? [{ label: t("archive"), act: () => archive.mutate({ path }) }] : []),
                  ]
                : undefined
            }
          />
        }
        inspectorTitle={t("result")}
        inspector={
          <div className={css.side}>
            <Tabs
              param="face"
              tabs={[
                ...(inBlocks ? [{ id: "block", label: t("tab.block") }] : []),
                { id: "preview", label: t("tab.preview") },
                { id: "checks", label: t("tab.checks"), count: problems.length || undefined },
                { id: "text", label: t("tab.text") },
                { id: "versions", label: t("tab.versions") },
              ]}
            />
            <TabPanel param="face" open={face}>
              {inBlocks && face === "block" && <div ref={setPlace} />}
              {face === "preview" &&
                (preview.data ? (
                  <PreviewFrame {...preview.data} stale={stale || Boolean(preview.error)}>
                    <PersonPicker seen={person} onPick={setPerson} />
                  </PreviewFrame>
                ) : preview.error ? (
                  <ErrorState inline error={preview.error} />
                ) : (
                  <SkeletonLines lines={8} />
                ))}
              {face === "checks" && (
                <Checks
                  check={check.data}
                  gaps={preview.data?.gaps ?? []}
                  source={draft.asked}
                  onGo={inBlocks ? undefined : (line) => handle.current?.goTo(line)}
                />
              )}
              {face === "text" && <pre className={css.text}>{preview.data?.text}</pre>}
              {face === "versions" && (
                <Versions template={draft.base} may={may} onRestored={draft.take} unsaved={draft.changed} />
              )}
            </TabPanel>
            <Beside place="content" />
          </div>
        }
      >
        <div className={css.writing}>
          {mayWrite && !may && <p role="status">{t("isArchived")}</p>}
          {(archive.error ?? restore.error) && <FormError error={archive.error ?? restore.error} />}
          {draft.save.error && !conflict ? <FormError error={draft.save.error} /> : null}
          <div className={css.lines}>
            <TextInput
              label={t("subject")}
              inputWrapperOrder={below}
              value={draft.source.subject}
              readOnly={!may}
              maxLength={1000}
              description={t("subject.note")}
              error={wordsOf("subject")}
              onChange={(event) => draft.set({ subject: event.currentTarget.value })}
            />
            <TextInput
              label={t("preheader")}
              inputWrapperOrder={below}
              description={t("preheader.note")}
              value={draft.source.preheader}
              readOnly={!may}
              maxLength={1000}
              error={wordsOf("preheader")}
              onChange={(event) => draft.set({ preheader: event.currentTarget.value })}
            />
          </div>
          <div className={css.bar}>
            <SegmentedControl
              size="xs"
              aria-label={t("edit")}
              value={edit}
              onChange={choose}
              data={[
                { value: "blocks", label: t("edit.blocks") },
                { value: "code", label: t("edit.code") },
              ]}
            />
            {may && !inBlocks && (
              <InsertMenus
                mjml={isMjml(draft.source.body)}
                onInsert={(text) => handle.current?.insert(text)}
                onBlock={(text) => handle.current?.insertBlock(text)}
              />
            )}
          </div>
          <Suspense fallback={<SkeletonLines lines={12} />}>
            {inBlocks ? (
              <Blocks
                draft={draft}
                may={may}
                inspector={place}
                offers={face !== "preview"}
                onInspect={() => setFace("block")}
                onCode={() => choose("code")}
              />
            ) : (
              <SourceEditor
                value={draft.source.body}
                onChange={(body) => draft.set({ body })}
                label={t("body")}
                wrong={wrong}
                readOnly={!may}
                handle={handle}
              />
            )}
          </Suspense>
        </div>
      </BuilderLayout>
      {testing && (
        <TestDialog
          template={saved.id}
          keep={draft.keep}
          unsaved={draft.changed}
          person={person.id === undefined ? undefined : { id: person.id, name: person.name ?? "" }}
          onClose={() => setTesting(false)}
        />
      )}
      {conflict && (
        <ConflictDialog
          template={saved.id}
          onTake={draft.take}
          onOver={draft.keep}
          onClose={() => draft.save.reset()}
        />
      )}
    </>
  );
}

/** Takes the mail out of the lists, with a way back at once and later. */
function useArchive({ base, name, take }: ReturnType<typeof useDraft>) {
  const t = useT();
  const go = useGo();
  const { put } = useApi();
  const path = { template_id: base.id };
  const restore = useSend("post", "/templates/{template_id}/unarchive", {
    onSuccess: (found) => {
      take(found);
      say(t("restored", { name }));
    },
  });
  const archive = useSend("post", "/templates/{template_id}/archive", {
    onSuccess: (found) => {
      put("/templates/{template_id}", { path }, found);
      go("/content");
      const act = () => void restore.mutateAsync({ path }).catch(sayRefused);
      say(t("archived", { name }), { action: { label: t("undo"), undo: true, act } });
    },
  });
  return { archive, restore };
}

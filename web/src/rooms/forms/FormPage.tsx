import {
  IconArchive,
  IconArchiveOff,
  IconCopy,
  IconDeviceFloppy,
  IconDoor,
  IconExternalLink,
} from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { ApiError } from "@/api/errors";
import { useGet, useSend } from "@/api/hooks";
import { useShortcut } from "@/lib/keys";
import { useGo } from "@/lib/links";
import { useParam } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { Act } from "@/ui/Act";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { Page } from "@/ui/Page";
import { type MenuEntry, PageHead, type Tab, TabPanel } from "@/ui/PageHead";
import { SaveState } from "@/ui/SaveState";
import { Await, FormError } from "@/ui/states";
import { say, sayRefused } from "@/ui/tray";
import { UndoRedo } from "@/ui/UndoRedo";
import { Answers } from "./Answers";
import { Build } from "./Build";
import { Conflict } from "./Conflict";
import type { Form } from "./definition";
import { type Draft, useDraft } from "./draft";
import { FormState } from "./FormsPage";
import css from "./forms.module.css";
import { Results } from "./Results";
import { Share } from "./Share";
import { useT } from "./useT";

/** One form: what it asks, where it is shown, who answered and what they say together. */
export default function FormPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const form = useGet("/forms/{form_id}", { path: { form_id: id } });
  return <Await query={form}>{(found) => <Loaded key={found.id} saved={found} />}</Await>;
}

function Loaded({ saved }: { saved: Form }) {
  const t = useT();
  const may = useMay("content.write") && !saved.archived_at;
  const draft = useDraft(saved);
  const tabs = useTabs(saved);
  const [tab] = useParam("tab", "build");
  const { base, changed, save, open } = draft;
  const state = save.isPending ? "saving" : save.isError ? "failed" : changed ? "unsaved" : "saved";
  const failed = [save.error, open.error].find((error) => error && !isConflict(error));
  return (
    <Page kind={tab === "answers" ? "list" : "page"}>
      <PageHead
        title={draft.name}
        onRename={may ? draft.setName : undefined}
        crumbs={[{ label: t("nav"), to: "/forms" }]}
        meaning={
          <span className={css.meaning}>
            <FormState form={saved} />
            <span>{t("answers.count", { count: saved.taken })}</span>
            {may && <SaveState state={state} />}
            {state !== "saved" && <LeaveGuard name={draft.name} />}
          </span>
        }
        action={may && <Actions draft={draft} />}
        menu={useMenu(saved)}
        tabs={tabs}
      />
      {failed ? <FormError error={failed} /> : null}
      <TabPanel open={tab}>
        {tab === "build" && <Build draft={draft} may={may} />}
        {tab === "share" && <Share form={{ ...saved, definition: base.definition }} />}
        {tab === "results" && <Results form={saved} />}
        {tab === "answers" && <Answers form={saved} />}
      </TabPanel>
      {(isConflict(save.error) || isConflict(open.error)) && <Conflict draft={draft} />}
    </Page>
  );
}

function useTabs(form: Form): Tab[] {
  const t = useT();
  const people = useMay("people.read");
  return [
    { id: "build", label: t("tab.build") },
    { id: "share", label: t("tab.share") },
    { id: "results", label: t("tab.results") },
    ...(people ? [{ id: "answers", label: t("tab.answers"), count: form.held || undefined }] : []),
  ];
}

const isConflict = (error: unknown) => error instanceof ApiError && error.code === "changed_meanwhile";

function Actions({ draft }: { draft: Draft }) {
  const t = useT();
  const { base, changed, history, save, open } = draft;
  const keep = () => void draft.keep().then(() => say(t("saved")), ignore);
  const publish = () => void draft.publish().then(() => say(t("opened")), ignore);
  useShortcut("mod+s", t("save"), t("nav"), () => changed && keep());
  useShortcut("mod+z", t("undo"), t("nav"), history.undo);
  useShortcut("mod+shift+z", t("redo"), t("nav"), history.redo);
  const shown = base.state === "open" && !base.changed && !changed;
  return (
    <span className={css.buttons}>
      <span className={css.steps}>
        <UndoRedo history={history} />
      </span>
      <Act
        why="unchanged"
        variant="default"
        leftSection={<IconDeviceFloppy size={16} />}
        onClick={keep}
        loading={save.isPending && !open.isPending}
        disabled={!changed}
      >
        {t("save")}
      </Act>
      <Act
        why={shown ? { sentence: t("open.already") } : { sentence: t("open.notReady") }}
        leftSection={<IconDoor size={16} />}
        onClick={publish}
        loading={open.isPending}
        disabled={shown || (!changed && base.problems.length > 0)}
      >
        {t(base.state === "open" ? "open.again" : "open")}
      </Act>
    </span>
  );
}

/** What went wrong stands on the page already. */
const ignore = () => {};

function useMenu(form: Form): MenuEntry[] | undefined {
  const t = useT();
  const go = useGo();
  const may = useMay("content.write");
  const path = { form_id: form.id };
  const close = useSend("post", "/forms/{form_id}/close", { onSuccess: () => say(t("closed")) });
  const restore = useSend("post", "/forms/{form_id}/restore", {
    onSuccess: () => say(t("restored", { name: form.name })),
  });
  const archive = useSend("post", "/forms/{form_id}/archive", {
    onSuccess: () => {
      go("/forms");
      const action = { label: t("undo"), undo: true, act: () => void restore.mutateAsync({ path }).catch(sayRefused) };
      say(t("archived", { name: form.name }), { action });
    },
  });
  const copy = useSend("post", "/forms/{form_id}/duplicate", { once: true, onSuccess: ({ id }) => go(`/forms/${id}`) });
  if (!may) return undefined;
  const name = t("copy.name", { name: form.name }).slice(0, 200);
  const duplicate = { label: t("copy"), icon: IconCopy, act: () => copy.mutate({ path, body: { name } }) };
  if (form.archived_at)
    return [duplicate, { label: t("restore"), icon: IconArchiveOff, act: () => restore.mutate({ path }) }];
  return [
    ...(form.published
      ? [{ label: t("visit"), icon: IconExternalLink, act: () => window.open(form.url, "_blank") }]
      : []),
    ...(form.state === "open" ? [{ label: t("close"), act: () => close.mutate({ path }) }] : []),
    duplicate,
    { label: t("archive"), icon: IconArchive, act: () => archive.mutate({ path }) },
  ];
}

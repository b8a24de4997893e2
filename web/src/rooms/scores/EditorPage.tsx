import { Button, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconClick, IconPlus } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { useMemo, useRef, useState } from "react";
import { ApiError } from "@/api/errors";
import { useLooseGet, useSend } from "@/api/hooks";
import { useHistory } from "@/lib/history";
import { useShortcut } from "@/lib/keys";
import { A, useGo } from "@/lib/links";
import { type Fault, useFaultWords } from "@/rooms/audiences/faults";
import { PersonPicker } from "@/rooms/teamwork/PersonPicker";
import { Act } from "@/ui/Act";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { BuilderLayout, Section } from "@/ui/Page";
import { SaveState } from "@/ui/SaveState";
import { Await, FormError } from "@/ui/states";
import { say } from "@/ui/tray";
import { UndoRedo } from "@/ui/UndoRedo";
import { type Draft, fromScore, newBehaviour, newCondition, type RuleDraft, type Score, toDefinition } from "./draft";
import css from "./editor.module.css";
import { RuleCard } from "./RuleCard";
import { Simulation, useSimulation } from "./Simulation";
import { StageFields } from "./StageFields";
import shared from "./scores.module.css";
import { useT } from "./useT";
import { useScoreWords } from "./words";

/** The rules and stages of a score, with a trial on everybody beside them. */
export default function EditorPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const score = useLooseGet<Score>("/scores/{score_id}", { path: { score_id: id } }, { fresh: 0, keep: false });
  return <Await query={score}>{(found) => <Editor key={found.id} score={found} />}</Await>;
}

function Editor({ score }: { score: Score }) {
  const t = useT();
  const go = useGo();
  const tools = useScoreWords();
  const history = useHistory<Draft>(() => fromScore(score));
  const draft = history.now;
  const begun = useRef(draft);
  const leaving = useRef(false);
  const [open, setOpen] = useState("");
  const written = useMemo(() => toDefinition(draft), [draft]);
  const [asked] = useDebouncedValue(written, 300);
  const trial = useSimulation(asked.definition);
  const save = useSend("put", "/scores/{score_id}", {
    onSuccess: ({ name }) => {
      leaving.current = true;
      say(t("saved", { name }));
      go(`/scores/${score.id}`);
    },
  });
  const faults = useFaults(draft, [trial.error, save.error]);
  const dirty = draft !== begun.current;
  const ready = written.unfinished === 0 && !!written.definition && draft.name.trim() !== "";
  const set = (change: Partial<Draft>, about = "") => history.set({ ...draft, ...change }, about);
  const setRule = (next: RuleDraft) =>
    set({ rules: draft.rules.map((one) => (one.id === next.id ? next : one)) }, next.id);
  const add = (rule: RuleDraft) => {
    set({ rules: [...draft.rules, rule] });
    setOpen(rule.id);
  };
  const keep = () => {
    if (!ready || !written.definition) return;
    const { name, description, owner_id } = draft;
    const body = { name, description, owner_id, version: score.version, definition: written.definition };
    save.mutate({ path: { score_id: score.id }, body });
  };
  useShortcut("mod+s", t("save"), t("title"), keep);
  useShortcut("mod+z", t("undo"), t("title"), history.undo);
  useShortcut("mod+shift+z", t("redo"), t("title"), history.redo);
  return (
    <>
      <BuilderLayout
        head={
          <Head title={draft.name || score.name} score={score}>
            {dirty && <SaveState state={save.isPending ? "saving" : save.error ? "failed" : "unsaved"} />}
            <UndoRedo history={history} />
            <Act
              why={dirty ? { sentence: t("unfinished") } : "unchanged"}
              loading={save.isPending}
              disabled={!dirty || !ready}
              onClick={keep}
            >
              {t("save")}
            </Act>
          </Head>
        }
        inspector={<Simulation found={trial} waits={!asked.definition} />}
        inspectorTitle={t("trial")}
      >
        <div className={css.middle}>
          <FormError error={save.error && faults.size === 0 ? save.error : undefined} />
          <div className={css.about}>
            <TextInput
              label={t("name")}
              maxLength={200}
              value={draft.name}
              error={draft.name.trim() ? undefined : t("name.missing")}
              onChange={({ currentTarget }) => set({ name: currentTarget.value }, "name")}
            />
            <PersonPicker
              label={t("owner")}
              value={draft.owner_id}
              guests={false}
              formerName={score.owner_name ?? undefined}
              onChange={(owner_id) => set({ owner_id })}
            />
          </div>
          <Textarea
            label={t("description")}
            autosize
            minRows={1}
            maxRows={5}
            maxLength={2000}
            value={draft.description}
            onChange={({ currentTarget }) => set({ description: currentTarget.value }, "description")}
          />
          <Section title={t("rules")} note={t("rules.note")}>
            <ol className={css.rules}>
              {draft.rules.map((rule, index) => (
                <RuleCard
                  key={rule.id}
                  rule={rule}
                  number={index + 1}
                  open={open === rule.id}
                  fault={faults.get(rule.id)}
                  tools={tools}
                  onOpen={() => setOpen(open === rule.id ? "" : rule.id)}
                  onChange={setRule}
                  onRemove={() => set({ rules: draft.rules.filter(({ id }) => id !== rule.id) })}
                />
              ))}
            </ol>
            {draft.rules.length < 50 && (
              <div className={css.adders}>
                <Button
                  size="xs"
                  variant="light"
                  leftSection={<IconPlus size={14} />}
                  onClick={() => add(newCondition())}
                >
                  {t("rules.addCondition")}
                </Button>
                <Button
                  size="xs"
                  variant="light"
                  leftSection={<IconClick size={14} />}
                  onClick={() => add(newBehaviour())}
                >
                  {t("rules.addBehaviour")}
                </Button>
              </div>
            )}
          </Section>
          <Section title={t("stages")} note={t("stages.note")}>
            <StageFields stages={draft.stages} onChange={(stages) => set({ stages }, "stages")} />
          </Section>
        </div>
      </BuilderLayout>
      {dirty && <LeaveGuard name={draft.name || score.name} leaving={leaving} />}
    </>
  );
}

function Head({ title, score, children }: { title: string; score: Score; children: React.ReactNode }) {
  const t = useT();
  return (
    <div className={css.head}>
      <div>
        <nav className={css.crumbs} aria-label={t("title")}>
          <A to="/scores">{t("title")}</A>
          <span aria-hidden="true"> / </span>
          <A to={`/scores/${score.id}`}>{score.name}</A>
        </nav>
        <h1>{title}</h1>
      </div>
      <div className={shared.buttons}>{children}</div>
    </div>
  );
}

/** Why which rule cannot be asked, from the answers of the server: it counts the rules that were sent. */
function useFaults(draft: Draft, errors: (ApiError | null)[]): Map<string, string> {
  const faultWords = useFaultWords();
  return useMemo(() => {
    const found = new Map<string, string>();
    const sent = draft.rules.filter((rule) => toDefinition({ ...draft, rules: [rule] }).unfinished === 0);
    for (const error of errors) {
      if (!(error instanceof ApiError) || error.code !== "audience_rule_invalid") continue;
      const number = /^rules\[(\d+)\]/.exec(String(error.more.place ?? ""))?.[1];
      const rule = number === undefined ? undefined : sent[Number(number)];
      if (rule) found.set(rule.id, faultWords({ ...(error.more as unknown as Fault), sentence: error.detail }));
    }
    return found;
  }, [draft, errors, faultWords]);
}

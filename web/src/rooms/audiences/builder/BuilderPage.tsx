import { Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useParams } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import { ApiError } from "@/api/errors";
import { useGet, useLooseGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useHistory } from "@/lib/history";
import { useShortcut } from "@/lib/keys";
import { A, useGo } from "@/lib/links";
import { useParam } from "@/lib/url";
import { Act } from "@/ui/Act";
import { Beside } from "@/ui/Beside";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { BuilderLayout } from "@/ui/Page";
import { SaveState } from "@/ui/SaveState";
import { Await, FormError } from "@/ui/states";
import { say } from "@/ui/tray";
import { UndoRedo } from "@/ui/UndoRedo";
import { type Fault, useFaultWords } from "../faults";
import { useCount } from "../live";
import { useAudienceNames } from "../names";
import { fromJson, type Group, nodeAt, type RuleJson, toJson } from "../rule";
import { useT } from "../useT";
import { useRuleWords } from "../words";
import css from "./BuilderPage.module.css";
import { useCosts } from "./costs";
import { LiveResult } from "./LiveResult";
import { GroupBox } from "./RuleTree";
import { SentenceField } from "./SentenceField";
import { Starters } from "./Starters";
import { useSubjects } from "./subjects";

type Audience = Shape<"AudienceOut">;
type Vocabulary = Shape<"Vocabulary">;

/** The rule of an audience: a new one, or the one in the address. */
export default function BuilderPage() {
  const { id } = useParams({ strict: false }) as { id?: string };
  const audience = useLooseGet<Audience>("/audiences/{id}", { path: { id } }, { enabled: !!id, fresh: 0, keep: false });
  // Without it a rule would be shown in keys, and its values in fields of no type.
  const vocabulary = useGet("/audiences/vocabulary", {}, { slow: true });
  return (
    <Await query={vocabulary}>
      {(known) =>
        id ? (
          <Await query={audience}>{(found) => <Builder key={found.id} audience={found} vocabulary={known} />}</Await>
        ) : (
          <Builder key="new" vocabulary={known} />
        )
      }
    </Await>
  );
}

function Builder({ audience, vocabulary }: { audience?: Audience; vocabulary: Vocabulary }) {
  const t = useT();
  const go = useGo();
  const audiences = useAudienceNames(audience?.id);
  const words = useRuleWords({ vocabulary, audiences });
  const subjects = useSubjects(vocabulary);
  const [given] = useParam("rule");
  const history = useHistory<Group>(() => fromJson(audience?.rule ?? readRule(given)));
  const [name, setName] = useState(audience?.name ?? "");
  const [description, setDescription] = useState(audience?.description ?? "");
  const [nameError, setNameError] = useState("");
  const [told, setTold] = useState("");
  const focus = useRef<string>(undefined);
  const nameField = useRef<HTMLInputElement>(null);
  const root = history.now;

  const written = useMemo(() => toJson(root), [root]);
  const [asked] = useDebouncedValue(written, 250);
  const count = useCount(asked.rule);
  const costs = useCosts(asked);
  const saved = useRef({ name, description, rule: JSON.stringify(written.rule) });
  const leaving = useRef(false);
  const dirty =
    name !== saved.current.name ||
    description !== saved.current.description ||
    JSON.stringify(written.rule) !== saved.current.rule ||
    written.incomplete.length > 0;

  const done = (made: Audience) => {
    leaving.current = true;
    say(t(audience ? "builder.savedChange" : "builder.made", { name: made.name }));
    go(`/audiences/${made.id}`);
  };
  const create = useSend("post", "/audiences", { onSuccess: done });
  const update = useSend("put", "/audiences/{audience_id}", { onSuccess: done });
  const sending = create.isPending || update.isPending;
  const saveError = create.error ?? update.error;
  const faultWords = useFaultWords();
  const faults = useMemo(() => {
    const found = new Map<string, string>();
    for (const error of [count.error, saveError]) {
      if (!(error instanceof ApiError) || error.code !== "audience_rule_invalid") continue;
      const places = error === count.error ? asked.places : written.places;
      const id = nodeAt(places, String(error.more.place ?? ""));
      if (id) found.set(id, faultWords({ ...(error.more as unknown as Fault), sentence: error.detail }));
    }
    return found;
  }, [count.error, saveError, asked, written, faultWords]);

  const save = () => {
    if (!name.trim()) {
      setNameError(t("builder.nameMissing"));
      nameField.current?.focus();
      return;
    }
    const [open] = written.incomplete;
    if (open) {
      // Saving would silently mean other people than the page shows.
      focus.current = open;
      setTold(t("builder.unfinished", { count: written.incomplete.length }));
      history.set({ ...root });
      return;
    }
    const body = { name, description, rule: written.rule };
    if (audience) update.mutate({ path: { audience_id: audience.id }, body: { ...body, version: audience.version } });
    else create.mutate({ body: { ...body, kind: "segment" } });
  };
  const begin = (rule: RuleJson) => {
    history.set(fromJson(rule));
    setTold(t("sentence.used"));
  };
  const group = t("builder.keys");
  useShortcut("mod+z", t("builder.undo"), group, history.undo);
  useShortcut("mod+shift+z", t("builder.redo"), group, history.redo);
  useShortcut("mod+s", t("builder.save"), group, save);
  useEffect(() => {
    document.title = `${name || t("builder.new")} · Gonfalon`;
  }, [name, t]);

  const unfinished = written.incomplete.length;
  return (
    <>
      <BuilderLayout
        head={
          <div className={css.head}>
            <div className={css.headName}>
              <nav className={css.crumbs} aria-label={t("title")}>
                <A to="/audiences">{t("title")}</A>
                <span aria-hidden="true"> / </span>
                {audience && (
                  <>
                    <A to={`/audiences/${audience.id}`}>{audience.name}</A>
                    <span aria-hidden="true"> / </span>
                  </>
                )}
              </nav>
              <h1 className={css.hidden}>{audience ? t("builder.edit", { name: audience.name }) : t("builder.new")}</h1>
              <TextInput
                ref={nameField}
                className={css.name}
                aria-label={t("builder.name")}
                placeholder={t("builder.namePlace")}
                value={name}
                maxLength={200}
                error={nameError || undefined}
                onChange={(event) => {
                  setName(event.currentTarget.value);
                  setNameError("");
                }}
              />
            </div>
            <div className={css.headTools}>
              <span className={css.headCount}>{count.data && t("live.count", { count: count.data.total })}</span>
              {dirty && <SaveState state={sending ? "saving" : saveError ? "failed" : "unsaved"} />}
              <UndoRedo history={history} />
              <Act why="unchanged" onClick={save} loading={sending} disabled={!!audience && !dirty}>
                {audience ? t("builder.save") : t("builder.create")}
              </Act>
            </div>
          </div>
        }
        inspector={
          <>
            <LiveResult root={root} count={count} vocabulary={vocabulary} words={words} />
            <Beside place="audience" />
          </>
        }
        inspectorTitle={t("live.title")}
      >
        <div className={css.middle}>
          <FormError error={saveError && faults.size === 0 ? saveError : undefined} />
          <SentenceField words={words} replaces={root.nodes.length > 0} onUse={begin} />
          {!audience && root.nodes.length === 0 && (
            <Starters
              vocabulary={vocabulary}
              onUse={(rule, called) => {
                begin(rule);
                if (!name.trim()) setName(called);
              }}
            />
          )}
          <p className={css.sentence}>{words.sentence(root)}</p>
          <GroupBox
            group={root}
            tools={{
              ...{ root, change: history.set, subjects, vocabulary, audiences, words },
              ...{ faults, costs, focus, tell: setTold },
            }}
          />
          {unfinished > 0 && <p className={css.unfinished}>{t("builder.unfinished", { count: unfinished })}</p>}
          <Textarea
            className={css.description}
            label={t("builder.description")}
            autosize
            minRows={1}
            maxRows={5}
            maxLength={2000}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          <p role="status" className={css.hidden}>
            {told}
          </p>
        </div>
      </BuilderLayout>
      {dirty && <LeaveGuard name={name || t("builder.new")} leaving={leaving} />}
    </>
  );
}

/** The rule that a link brings along, such as the filters of the list of people. */
function readRule(text: string): RuleJson | null {
  try {
    const rule: unknown = text ? JSON.parse(text) : null;
    return rule !== null && typeof rule === "object" && "kind" in rule ? (rule as RuleJson) : null;
  } catch {
    return null;
  }
}

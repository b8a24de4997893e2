import { Select, Textarea, TextInput } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useApi, useGet, useSend } from "@/api/hooks";
import { A, useGo } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { useMetrics } from "@/rooms/insights/metrics";
import { Comments } from "@/rooms/teamwork/Comments";
import { Act } from "@/ui/Act";
import { DayField } from "@/ui/DateField";
import { ConfirmDanger } from "@/ui/Dialog";
import { FindField } from "@/ui/FindField";
import { Page, Section, ThingLayout } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { SaveState } from "@/ui/SaveState";
import { Await, FormError } from "@/ui/states";
import { ConflictNote } from "../ConflictNote";
import { useT as usePlanning } from "../useT";
import { useVersioned } from "../useVersioned";
import { withChosen } from "../withChosen";
import { campaignTypes, categories } from "../words";
import { EffectFields } from "./EffectFields";
import { LessonText } from "./LessonText";
import css from "./playbook.module.css";
import { useT } from "./useT";
import { channels, type Lesson, LessonBadge } from "./words";

const PATH = "/lessons/{lesson_id}" as const;

/** One lesson: the finding, where it holds, how much it did, and the evidence. */
export default function LessonPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useGet(PATH, { path: { lesson_id: id } }, { keep: false });
  return (
    <Await query={query} lines={10}>
      {(lesson) => <LessonView key={id} lesson={lesson} />}
    </Await>
  );
}

const draftOf = (lesson: Lesson) => ({
  title: lesson.title,
  situation: lesson.situation,
  change: lesson.change,
  category: lesson.category,
  type: lesson.type,
  channel: lesson.channel,
  audience_id: lesson.audience?.id ?? null,
  campaign_id: lesson.campaign?.id ?? null,
  effect: lesson.effect,
  evidence: lesson.evidence,
  expires_on: lesson.expires_on as string | null,
  owner_id: lesson.owner?.id ?? null,
});

function LessonView({ lesson }: { lesson: Lesson }) {
  const t = useT();
  const planning = usePlanning();
  const go = useGo();
  const api = useApi();
  const metrics = useMetrics();
  const may = useMay("campaigns.write");
  const [deleting, setDeleting] = useState(false);
  const path = { lesson_id: lesson.id };
  const thing = useVersioned({
    server: lesson,
    draftOf,
    save: (draft, version) => api.save(PATH, { path, body: { ...draft, version } }),
    load: () => api.call("get", PATH, { path }),
  });
  const move = useSend("put", "/lessons/{lesson_id}/state");
  const remove = useSend("delete", PATH, {
    onSuccess: () => go("/playbook?tab=lessons"),
  });
  const members = useGet("/members", {}, { slow: true, enabled: may });
  const { draft, change } = thing;
  const published = lesson.state !== "draft";
  return (
    <Page>
      <PageHead
        title={draft.title}
        crumbs={[{ label: t("title"), to: "/playbook?tab=lessons" }]}
        meaning={
          <>
            <LessonBadge state={lesson.state} />{" "}
            {lesson.campaign && (
              <>
                · {t("lesson.from")} <A to={`/campaigns/${lesson.campaign.id}`}>{lesson.campaign.name}</A>
              </>
            )}{" "}
            {thing.state !== "saved" && <SaveState state={thing.state} />}
          </>
        }
        action={
          may && (
            <Act
              why="saving"
              variant={published ? "default" : "filled"}
              loading={move.isPending}
              disabled={thing.state === "saving" || thing.state === "unsaved"}
              onClick={() =>
                move.mutate({ path, body: { state: published ? "draft" : "published", version: lesson.version } })
              }
            >
              {t(published ? "lesson.withdraw" : "lesson.publish")}
            </Act>
          )
        }
        menu={may ? [{ label: t("lesson.delete"), danger: true, act: () => setDeleting(true) }] : []}
      />
      <ConflictNote thing={thing} names={{ title: t("lesson.title"), change: t("lesson.change") }} />
      <FormError error={thing.error ?? move.error} />
      <ThingLayout
        factsTitle={t("lesson.where")}
        facts={
          <>
            <div className={css.fields}>
              <Select
                label={planning("campaign.type")}
                placeholder={t("lesson.everywhere")}
                clearable
                disabled={!may}
                data={campaignTypes.map((value) => ({ value, label: planning(`type.${value}`) }))}
                value={draft.type}
                onChange={(type) => change({ type }, true)}
              />
              <Select
                label={planning("campaign.category")}
                placeholder={t("lesson.everywhere")}
                clearable
                disabled={!may}
                data={categories.map((value) => ({ value, label: planning(`category.${value}`) }))}
                value={draft.category}
                onChange={(category) => change({ category }, true)}
              />
              <Select
                label={t("lesson.channel")}
                placeholder={t("lesson.everywhere")}
                clearable
                disabled={!may}
                data={channels.map((value) => ({ value, label: t(`channel.${value}`) }))}
                value={draft.channel}
                onChange={(channel) => change({ channel }, true)}
              />
              <FindField
                among="/audiences"
                label={t("lesson.audience")}
                placeholder={t("lesson.everywhere")}
                clearable
                disabled={!may}
                value={draft.audience_id}
                chosen={lesson.audience}
                onPick={(audience_id) => change({ audience_id }, true)}
              />
              <DayField
                label={t("lesson.expires")}
                description={t("lesson.expires.note")}
                value={draft.expires_on}
                disabled={!may}
                onChange={(expires_on) => change({ expires_on }, true)}
              />
              <Select
                label={t("lesson.owner")}
                clearable
                searchable
                disabled={!may}
                data={withChosen(
                  (members.data ?? []).map(({ user_id, name }) => ({ value: user_id, label: name })),
                  lesson.owner,
                )}
                value={draft.owner_id}
                onChange={(owner_id) => change({ owner_id }, true)}
              />
            </div>
            <Section title={t("talk")}>
              <Comments thing={{ kind: "lesson", id: lesson.id }} />
            </Section>
          </>
        }
      >
        <div className={css.fields}>
          <TextInput
            label={t("lesson.title")}
            description={t("lesson.title.note")}
            maxLength={300}
            readOnly={!may}
            value={draft.title}
            onBlur={thing.flush}
            onChange={(event) => change({ title: event.currentTarget.value })}
          />
          <Textarea
            label={t("lesson.situation")}
            description={t("lesson.situation.note")}
            autosize
            minRows={2}
            maxLength={5000}
            readOnly={!may}
            value={draft.situation}
            onBlur={thing.flush}
            onChange={(event) => change({ situation: event.currentTarget.value })}
          />
          <Textarea
            label={t("lesson.change")}
            description={t("lesson.change.note")}
            autosize
            minRows={2}
            maxLength={5000}
            readOnly={!may}
            value={draft.change}
            onBlur={thing.flush}
            onChange={(event) => change({ change: event.currentTarget.value })}
          />
          <EffectFields
            effect={draft.effect}
            metrics={metrics.all.filter((one) => one.goal).map((one) => ({ value: one.key, label: one.name }))}
            disabled={!may}
            onChange={(effect) => change({ effect })}
          />
          <TextInput
            label={t("lesson.evidence")}
            description={t("lesson.evidence.note")}
            placeholder="https://"
            type="url"
            readOnly={!may}
            value={draft.evidence?.url ?? ""}
            onBlur={thing.flush}
            onChange={(event) => {
              const url = event.currentTarget.value;
              const report = draft.campaign_id ? { kind: "report" as const, id: draft.campaign_id, url: "" } : null;
              change({ evidence: url ? { kind: "link", id: null, url } : report });
            }}
          />
          {draft.evidence && draft.evidence.kind !== "link" && (
            <p className={css.muted}>
              {t("lesson.evidence.is")}{" "}
              <A
                to={
                  draft.evidence.kind === "touchpoint"
                    ? `/touchpoints/${draft.evidence.id}`
                    : `/campaigns/${draft.evidence.id}${draft.evidence.kind === "report" ? "?tab=report" : ""}`
                }
              >
                {t(`evidence.${draft.evidence.kind}`)}
              </A>
            </p>
          )}
          {lesson.contradicts.length > 0 && (
            <Section title={t("lesson.contradicts.title")} note={t("lesson.contradicts.note")}>
              <ul className={css.lessons}>
                {lesson.contradicts.map((other) => (
                  <li key={other.id}>
                    <LessonText lesson={other} />
                  </li>
                ))}
              </ul>
            </Section>
          )}
        </div>
      </ThingLayout>
      <ConfirmDanger
        opened={deleting}
        onClose={() => setDeleting(false)}
        title={t("lesson.delete.title")}
        loses={[lesson.title]}
        action={t("lesson.delete")}
        onConfirm={() => remove.mutateAsync({ path })}
      />
    </Page>
  );
}

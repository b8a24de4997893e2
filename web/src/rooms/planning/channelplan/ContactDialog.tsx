import { Autocomplete, Button, Select, Textarea } from "@mantine/core";
import { IconArrowRight, IconTrash } from "@tabler/icons-react";
import { useApi, useGet, useSend } from "@/api/hooks";
import { useGo } from "@/lib/links";
import { Act } from "@/ui/Act";
import { Dialog, FormFoot } from "@/ui/Dialog";
import { SaveState } from "@/ui/SaveState";
import { FormError } from "@/ui/states";
import { ConflictNote } from "../ConflictNote";
import { useVersioned } from "../useVersioned";
import { type Campaign, TouchpointBadge } from "../words";
import { Checklist } from "./Checklist";
import css from "./ContactDialog.module.css";
import shared from "./channelplan.module.css";
import type { PlanHold } from "./usePlan";
import { useT } from "./useT";
import { type Contact, channels, nameOf, type Plan, stages, useContentName } from "./words";

const PATH = "/campaigns/{campaign_id}/channel-plan/contacts/{contact_id}" as const;

interface Props {
  campaign: Campaign;
  plan: Plan;
  contact: Contact;
  hold: PlanHold;
  mayEdit: boolean;
  onClose: () => void;
}

const draftOf = (contact: Contact) => ({
  segment_id: contact.segment_id,
  stage: contact.stage,
  channel: contact.channel,
  content: contact.content,
  note: contact.note,
  ticked: contact.ticked,
  touchpoint_id: contact.touchpoint?.id ?? null,
});

/** One contact of the plan: what it is, what its channel asks for, and the way to its touchpoint. Saves by itself. */
export function ContactDialog({ campaign, plan, contact, hold, mayEdit, onClose }: Props) {
  const t = useT();
  const go = useGo();
  const { call } = useApi();
  const content = useContentName();
  const types = useGet("/campaign-types", {}, { fresh: "static" });
  const path = { campaign_id: campaign.id, contact_id: contact.id };
  const pick = (answer: Plan) => {
    const found = hold.put(answer).contacts.find(({ id }) => id === contact.id);
    if (!found) throw new Error(t("contact.gone"));
    return found;
  };
  const thing = useVersioned<ReturnType<typeof draftOf>, Contact>({
    server: contact,
    draftOf,
    save: async (draft, version) => pick(await call("put", PATH, { path, body: { ...draft, version } })),
    load: async () =>
      pick(await call("get", "/campaigns/{campaign_id}/channel-plan", { path: { campaign_id: campaign.id } })),
  });
  // Whoever plans goes on with the next cell; the touchpoint's own page is one click away.
  const make = useSend("post", `${PATH}/touchpoint` as const);
  const { draft, change } = thing;
  const usual = types.data?.find(({ type }) => type === campaign.type)?.content ?? [];
  const chosen = contact.touchpoint;
  const called = content(draft.content) || t(`channel.${draft.channel}`);
  const touchpoints = [...(chosen ? [chosen] : []), ...plan.unplaced].map(({ id, name }) => ({
    value: id,
    label: name,
  }));
  return (
    <Dialog opened onClose={onClose} title={called} size={640}>
      <div className={shared.form}>
        <ConflictNote
          thing={thing}
          names={{ channel: t("contact.channel"), content: t("contact.content"), note: t("contact.note") }}
        />
        <div className={shared.two}>
          <Select
            label={t("contact.channel")}
            allowDeselect={false}
            disabled={!mayEdit}
            data={channels.map((value) => ({ value, label: t(`channel.${value}`) }))}
            value={draft.channel}
            onChange={(channel) => channel && change({ channel: channel as Contact["channel"] }, true)}
          />
          <Autocomplete
            label={t("contact.content")}
            placeholder={t("contact.content.hint")}
            disabled={!mayEdit}
            maxLength={24}
            data={usual.map(content)}
            value={content(draft.content)}
            onChange={(words) => change({ content: usual.find((one) => content(one) === words) ?? words })}
          />
          <Select
            label={t("segment")}
            allowDeselect={false}
            disabled={!mayEdit}
            data={plan.segments.map((one) => ({ value: one.id, label: nameOf(one) }))}
            value={draft.segment_id}
            onChange={(segment_id) => segment_id && change({ segment_id }, true)}
          />
          <Select
            label={t("contact.stage")}
            allowDeselect={false}
            disabled={!mayEdit}
            data={stages.map((value) => ({ value, label: t(`stage.${value}`) }))}
            value={draft.stage}
            onChange={(stage) => stage && change({ stage: stage as Contact["stage"] }, true)}
          />
        </div>
        <Textarea
          label={t("contact.note")}
          placeholder={t("contact.note.hint")}
          autosize
          minRows={2}
          maxLength={5000}
          readOnly={!mayEdit}
          value={draft.note}
          onBlur={thing.flush}
          onChange={({ currentTarget }) => change({ note: currentTarget.value })}
        />
        <section className={css.touchpoint} aria-label={t("contact.touchpoint")}>
          <Select
            label={t("contact.touchpoint")}
            placeholder={t("contact.touchpoint.none")}
            clearable
            disabled={!mayEdit}
            data={touchpoints}
            value={draft.touchpoint_id}
            onChange={(touchpoint_id) => change({ touchpoint_id }, true)}
          />
          {chosen && draft.touchpoint_id === chosen.id ? (
            <Button
              variant="default"
              rightSection={<IconArrowRight size={15} />}
              onClick={() => go(`/touchpoints/${chosen.id}`)}
            >
              {t("contact.touchpoint.open")}
            </Button>
          ) : (
            mayEdit && (
              <Act
                why="saving"
                loading={make.isPending}
                disabled={thing.state !== "saved" || draft.touchpoint_id !== null}
                onClick={() => make.mutate({ path, query: { content: called.slice(0, 60) } })}
              >
                {t("contact.touchpoint.make")}
              </Act>
            )
          )}
        </section>
        {chosen && draft.touchpoint_id === chosen.id && <TouchpointBadge touchpoint={chosen} plain />}
        <section>
          <h3 className={css.label}>{t("checklist")}</h3>
          <Checklist
            channel={draft.channel}
            ticked={draft.ticked}
            onTick={mayEdit ? (ticked) => change({ ticked }, true) : undefined}
          />
        </section>
        <FormError error={thing.error ?? make.error} />
        <FormFoot>
          {mayEdit && (
            <Button
              variant="subtle"
              color="red"
              style={{ marginRight: "auto" }}
              leftSection={<IconTrash size={15} />}
              onClick={() => void hold.removeContact(contact).then(onClose)}
            >
              {t("contact.remove")}
            </Button>
          )}
          {mayEdit && <SaveState state={thing.state} />}
          <Button variant="default" onClick={onClose}>
            {t("close")}
          </Button>
        </FormFoot>
      </div>
    </Dialog>
  );
}

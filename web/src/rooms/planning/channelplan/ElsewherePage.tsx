import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { IconArrowBackUp, IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { Act } from "@/ui/Act";
import { DayField, InstantField } from "@/ui/DateField";
import { FormDialog } from "@/ui/Dialog";
import { FindField } from "@/ui/FindField";
import { NumberRow, NumberTile } from "@/ui/NumberTile";
import { MoneyField, NumberField } from "@/ui/numbers";
import { Facts, Page, ThingLayout } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { SaveState } from "@/ui/SaveState";
import { FormError } from "@/ui/states";
import { When } from "@/ui/values";
import { ConflictNote } from "../ConflictNote";
import { PagesBeside } from "../playbook/PagesBeside";
import { useArchive } from "../touchpoints/useArchive";
import { useDuplicate } from "../touchpoints/useDuplicate";
import { useTouchpoint } from "../touchpoints/useTouchpoint";
import { useT as usePlanningT } from "../useT";
import { withChosen } from "../withChosen";
import { type Campaign, type Touchpoint, TouchpointBadge } from "../words";
import { ChannelWord } from "./ChannelWord";
import { Checklist } from "./Checklist";
import css from "./channelplan.module.css";
import { useT } from "./useT";

/** A touchpoint of a channel that Gonfalon does not send: planned here, carried out elsewhere, marked as done. */
export default function ElsewherePage({
  touchpoint,
  campaign,
}: {
  touchpoint: Touchpoint;
  campaign: Campaign | undefined;
}) {
  const t = useT();
  const p = usePlanningT();
  const format = useFormat();
  const archived = touchpoint.state === "archived";
  const mayWrite = useMay("campaigns.write");
  const may = mayWrite && !archived;
  const duplicate = useDuplicate(touchpoint);
  const thing = useTouchpoint(touchpoint);
  const [asking, setAsking] = useState(false);
  const archive = useArchive(touchpoint);
  const path = { touchpoint_id: touchpoint.id };
  const reopen = useSend("delete", "/touchpoints/{touchpoint_id}/done");
  const done = touchpoint.done_on !== null;
  const home = `/campaigns/${touchpoint.campaign_id}`;
  return (
    <Page>
      <PageHead
        title={thing.draft.name}
        crumbs={[
          { label: p("campaigns.title"), to: "/campaigns" },
          { label: campaign?.name ?? touchpoint.campaign_name, to: home },
        ]}
        onRename={may && !done ? (name) => thing.change({ name }, true) : undefined}
        meaning={
          <>
            <TouchpointBadge touchpoint={touchpoint} />
            <ChannelWord thing={thing} disabled={!may || done} />
            {may && !done && <SaveState state={thing.state} />}
          </>
        }
        action={
          may ? (
            <Act
              why="saving"
              leftSection={<IconCheck size={16} />}
              variant={done ? "default" : "filled"}
              disabled={thing.state !== "saved"}
              onClick={() => setAsking(true)}
            >
              {done ? t("done.correct") : t("done.mark")}
            </Act>
          ) : archived && mayWrite ? (
            <Button onClick={archive.act}>{archive.label}</Button>
          ) : undefined
        }
        menu={
          may
            ? done
              ? [duplicate, { label: t("done.takeBack"), icon: IconArrowBackUp, act: () => reopen.mutate({ path }) }]
              : [duplicate, archive]
            : archived && mayWrite
              ? [duplicate]
              : undefined
        }
      />
      <FormError error={thing.error ?? reopen.error} />
      <ConflictNote
        thing={thing}
        names={{ name: p("touchpoint.name"), audience_id: p("plan.audience"), note: t("contact.note") }}
      />
      <ThingLayout
        factsTitle={t("checklist")}
        facts={
          <>
            <Checklist channel={touchpoint.channel} />
            <PagesBeside place="touchpoint" />
          </>
        }
      >
        {done && (
          <NumberRow>
            <NumberTile label={t("done.on")} value={format.day(touchpoint.done_on ?? "")} />
            <NumberTile
              label={t("done.reached")}
              value={touchpoint.reached === null ? undefined : format.number(touchpoint.reached)}
              why={t("done.unknown")}
            />
            <NumberTile
              label={t("done.cost")}
              value={touchpoint.cost_minor === null ? undefined : format.money(touchpoint.cost_minor)}
              why={t("done.unknown")}
            />
            {touchpoint.told_conversions !== null && (
              <NumberTile
                label={t("done.told")}
                value={format.number(touchpoint.told_conversions)}
                base={touchpoint.told_revenue_minor === null ? undefined : format.money(touchpoint.told_revenue_minor)}
              />
            )}
          </NumberRow>
        )}
        {done ? (
          <Facts
            items={[
              [p("plan.audience"), touchpoint.audience?.name ?? "–"],
              [
                t("planned"),
                touchpoint.send_at ? <When key="w" at={touchpoint.send_at} absolute /> : t("planned.open"),
              ],
              [t("contact.note"), touchpoint.note || "–"],
              [t("line"), touchpoint.budget_line?.name ?? "–"],
              [t("code"), touchpoint.code || "–"],
              [t("done.by"), touchpoint.done_by],
            ]}
          />
        ) : (
          <Fields touchpoint={touchpoint} thing={thing} disabled={!may} />
        )}
        {!done && <p className={css.nothing}>{t("elsewhere")}</p>}
      </ThingLayout>
      {asking && <DoneDialog touchpoint={touchpoint} onClose={() => setAsking(false)} />}
    </Page>
  );
}

interface FieldsProps {
  touchpoint: Touchpoint;
  thing: ReturnType<typeof useTouchpoint>;
  disabled: boolean;
}

function Fields({ touchpoint, thing, disabled }: FieldsProps) {
  const t = useT();
  const p = usePlanningT();
  const { draft, change } = thing;
  const budget = useGet("/campaigns/{campaign_id}/budget", { path: { campaign_id: touchpoint.campaign_id } });
  return (
    <div className={css.form}>
      <Textarea
        label={t("contact.note")}
        placeholder={t("contact.note.hint")}
        autosize
        minRows={3}
        maxLength={5000}
        readOnly={disabled}
        value={draft.note}
        onBlur={thing.flush}
        onChange={({ currentTarget }) => change({ note: currentTarget.value })}
      />
      <div className={css.two}>
        <FindField
          among="/audiences"
          label={p("plan.audience")}
          placeholder={p("plan.audience.hint")}
          clearable
          disabled={disabled}
          value={draft.audience_id}
          chosen={touchpoint.audience}
          onPick={(audience_id) => change({ audience_id }, true)}
        />
        <InstantField
          label={t("planned")}
          value={draft.send_at}
          disabled={disabled}
          onChange={(send_at) => change({ send_at }, true)}
        />
        <Select
          label={t("line")}
          placeholder={t("line.hint")}
          clearable
          disabled={disabled}
          data={withChosen(
            (budget.data?.lines ?? []).map(({ id, name }) => ({ value: id, label: name })),
            touchpoint.budget_line,
          )}
          value={draft.budget_line_id}
          onChange={(budget_line_id) => change({ budget_line_id }, true)}
        />
        <TextInput
          label={t("code")}
          description={t("code.note")}
          maxLength={60}
          readOnly={disabled}
          value={draft.code}
          onBlur={thing.flush}
          onChange={({ currentTarget }) => change({ code: currentTarget.value })}
        />
      </div>
      {touchpoint.audience && <A to={`/audiences/${touchpoint.audience.id}`}>{p("reach.open")}</A>}
    </div>
  );
}

function DoneDialog({ touchpoint, onClose }: { touchpoint: Touchpoint; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const today = format.dayIn();
  const [on, setOn] = useState<string | null>(
    touchpoint.done_on ?? (touchpoint.send_at ? format.dayIn(touchpoint.send_at) : today),
  );
  const [reached, setReached] = useState(touchpoint.reached);
  const [cost, setCost] = useState(touchpoint.cost_minor);
  const [conversions, setConversions] = useState(touchpoint.told_conversions);
  const [revenue, setRevenue] = useState(touchpoint.told_revenue_minor);
  const [line, setLine] = useState(touchpoint.budget_line?.id ?? null);
  const budget = useGet("/campaigns/{campaign_id}/budget", { path: { campaign_id: touchpoint.campaign_id } });
  const send = useSend("put", "/touchpoints/{touchpoint_id}/done", {
    onSuccess: onClose,
  });
  return (
    <FormDialog
      title={t("done.title", { name: touchpoint.name })}
      onClose={onClose}
      onSubmit={() =>
        on &&
        send.mutate({
          path: { touchpoint_id: touchpoint.id },
          body: {
            on,
            reached,
            cost_minor: cost,
            told_conversions: conversions,
            told_revenue_minor: revenue,
            budget_line_id: line,
            version: touchpoint.version,
          },
        })
      }
      action={t("done.mark")}
      busy={send.isPending}
      disabled={!on}
      error={send.error}
    >
      <DayField label={t("done.on")} value={on} required max={today} onChange={setOn} />
      <NumberField
        label={t("done.reached")}
        description={t("done.reached.note")}
        value={reached}
        onChange={setReached}
      />
      <MoneyField label={t("done.cost")} description={t("done.cost.note")} value={cost} onChange={setCost} />
      <NumberField
        label={t("done.told")}
        description={t("done.told.note")}
        value={conversions}
        onChange={setConversions}
      />
      <MoneyField label={t("done.toldRevenue")} value={revenue} onChange={setRevenue} />
      {(budget.data?.lines.length ?? 0) > 0 && (
        <Select
          label={t("line")}
          description={t("done.line.note")}
          placeholder={t("line.hint")}
          value={line}
          data={budget.data?.lines.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setLine}
        />
      )}
    </FormDialog>
  );
}

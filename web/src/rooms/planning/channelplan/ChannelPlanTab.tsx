import { Button } from "@mantine/core";
import { IconAlertTriangle, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useGet } from "@/api/hooks";
import { useParam } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { Menu } from "@/ui/Menu";
import { Section } from "@/ui/Page";
import { QuietMenu } from "@/ui/PageHead";
import { Await, EmptyState } from "@/ui/states";
import { type Campaign, TouchpointBadge } from "../words";
import css from "./ChannelPlanTab.module.css";
import { ContactDialog } from "./ContactDialog";
import channelplan from "./channelplan.module.css";
import { SegmentDialog } from "./SegmentDialog";
import { type PlanHold, usePlan } from "./usePlan";
import { useT } from "./useT";
import {
  type Contact,
  channelIcons,
  channels,
  nameOf,
  type Plan,
  type Segment,
  stages,
  useChannels,
  useContentName,
} from "./words";

/** Touchpoints that a cell offers; the others are chosen in a contact. */
const MOST_OFFERED = 12;

/** The channel plan: whom the campaign speaks to, at which stage, by which channel, with what. */
export default function ChannelPlanTab({ campaign }: { campaign: Campaign }) {
  const hold = usePlan(campaign.id);
  return (
    <Await query={hold.query} lines={8}>
      {(plan) => <Grid campaign={campaign} plan={plan} hold={hold} />}
    </Await>
  );
}

function Grid({ campaign, plan, hold }: { campaign: Campaign; plan: Plan; hold: PlanHold }) {
  const t = useT();
  const may = useMay("campaigns.write");
  const [open, setOpen] = useParam("contact", "");
  const [segment, setSegment] = useState<Segment | "new">();
  const contact = plan.contacts.find(({ id }) => id === open);
  const dialogs = (
    <>
      {segment && (
        <SegmentDialog
          segment={segment === "new" ? undefined : segment}
          hold={hold}
          onClose={() => setSegment(undefined)}
        />
      )}
      {contact && (
        <ContactDialog
          key={contact.id}
          campaign={campaign}
          plan={plan}
          contact={contact}
          hold={hold}
          mayEdit={may}
          onClose={() => setOpen("")}
        />
      )}
    </>
  );
  const add = (
    <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setSegment("new")}>
      {t("segment.add")}
    </Button>
  );
  if (!plan.segments.length) {
    return (
      <>
        <EmptyState
          picture="people"
          title={t("empty.title")}
          action={
            may && (
              <div className={channelplan.ways}>
                <FromBrief campaign={campaign} hold={hold} />
                {add}
              </div>
            )
          }
        >
          {plan.unplaced.length ? t("unplaced.empty", { count: plan.unplaced.length }) : t("empty")}
        </EmptyState>
        {dialogs}
      </>
    );
  }
  return (
    <Section title={t("title")} note={t("note")} action={may && add}>
      <Gaps plan={plan} />
      <div className={css.wrap}>
        <table className={css.grid}>
          <thead>
            <tr>
              <th scope="col">{t("segment")}</th>
              {stages.map((stage) => (
                <th key={stage} scope="col">
                  {t(`stage.${stage}`)}
                  <small>{t(`stage.${stage}.meaning`)}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {plan.segments.map((one) => (
              <Row
                key={one.id}
                segment={one}
                contacts={plan.contacts.filter(({ segment_id }) => segment_id === one.id)}
                unplaced={plan.unplaced}
                hold={hold}
                mayEdit={may}
                onEdit={() => setSegment(one)}
                onOpen={setOpen}
              />
            ))}
          </tbody>
        </table>
      </div>
      {dialogs}
    </Section>
  );
}

/** The first line of a passage as a name: without its full stop. */
const firstLine = (text: string) => (text.trim().split("\n")[0] ?? "").replace(/[.。]\s*$/, "").slice(0, 200);

/** The audiences that the brief speaks of become the first segments. */
function FromBrief({ campaign, hold }: { campaign: Campaign; hold: PlanHold }) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const brief = useGet("/campaigns/{campaign_id}/brief", { path: { campaign_id: campaign.id } });
  const audiences = (brief.data?.passages ?? []).filter(
    ({ section, audience_id, text }) => section === "audience" && (audience_id || text.trim()),
  );
  if (!audiences.length) return null;
  const take = async () => {
    setBusy(true);
    for (const [position, { audience_id, text }] of audiences.entries()) {
      await hold.addSegment({ audience_id, name: firstLine(text), position });
    }
    setBusy(false);
  };
  return (
    <Button loading={busy} onClick={() => void take()}>
      {t("segment.brief", { count: audiences.length })}
    </Button>
  );
}

/** What is missing, in sentences. */
function Gaps({ plan }: { plan: Plan }) {
  const t = useT();
  // What waits for its place says more than that a row has nothing yet.
  const gaps = plan.gaps.filter(({ kind }) => kind !== "nothing" || !plan.unplaced.length);
  if (!gaps.length && !plan.unplaced.length) return null;
  return (
    <ul className={channelplan.gaps}>
      {plan.unplaced.length > 0 && (
        <li>
          <IconAlertTriangle size={15} stroke={1.8} />
          {t("unplaced", { count: plan.unplaced.length })}
        </li>
      )}
      {gaps.map(({ kind, segment_id }) => {
        const segment = plan.segments.find(({ id }) => id === segment_id);
        return (
          <li key={`${kind} ${segment_id}`}>
            <IconAlertTriangle size={15} stroke={1.8} />
            {t(`gap.${kind}`, { segment: segment ? nameOf(segment) : "" })}
          </li>
        );
      })}
    </ul>
  );
}

interface RowProps {
  segment: Segment;
  contacts: Contact[];
  unplaced: Plan["unplaced"];
  hold: PlanHold;
  mayEdit: boolean;
  onEdit: () => void;
  onOpen: (id: string) => void;
}

function Row({ segment, contacts, unplaced, hold, mayEdit, onEdit, onOpen }: RowProps) {
  const t = useT();
  return (
    <tr>
      <th scope="row">
        <div className={css.segment}>
          <span>
            {nameOf(segment)}
            {segment.name && segment.audience_name && <small>{segment.audience_name}</small>}
            {segment.audience_archived && <small data-tone="look">{t("audience.archived")}</small>}
          </span>
          {mayEdit && (
            <QuietMenu
              label={t("segment.menu", { name: nameOf(segment) })}
              entries={[
                { label: t("segment.change"), act: onEdit },
                {
                  label: t("segment.remove"),
                  note: contacts.length ? t("segment.remove.note", { count: contacts.length }) : undefined,
                  danger: true,
                  act: () => void hold.removeSegment(segment),
                },
              ]}
            />
          )}
        </div>
      </th>
      {stages.map((stage) => {
        const here = contacts.filter((one) => one.stage === stage);
        return (
          <td key={stage} data-empty={here.length === 0 || undefined}>
            <span className={css.stageName}>{t(`stage.${stage}`)}</span>
            {here.map((one) => (
              <Card key={one.id} contact={one} whom={nameOf(segment)} onOpen={() => onOpen(one.id)} />
            ))}
            {here.length === 0 && !mayEdit && <span className={channelplan.nothing}>{t("cell.nothing")}</span>}
            {mayEdit && (
              <Add
                segment={segment}
                stage={stage}
                unplaced={unplaced}
                hold={hold}
                first={here.length === 0}
                onOpen={onOpen}
              />
            )}
          </td>
        );
      })}
    </tr>
  );
}

function Add(props: {
  segment: Segment;
  stage: Contact["stage"];
  unplaced: Plan["unplaced"];
  hold: PlanHold;
  first: boolean;
  onOpen: (id: string) => void;
}) {
  const { segment, stage, unplaced, hold, first, onOpen } = props;
  const t = useT();
  const add = (channel: Contact["channel"], touchpoint_id: string | null) =>
    hold.addContact({ segment_id: segment.id, stage, channel, content: "", note: "", ticked: [], touchpoint_id });
  const begin = async (channel: Contact["channel"]) => {
    const made = (await add(channel, null))?.contacts.at(-1);
    if (made) onOpen(made.id);
  };
  return (
    <Menu
      className={css.add}
      side="bottom-start"
      width={unplaced.length ? 300 : undefined}
      label={`${first ? `${t("cell.nothing")}. ` : ""}${t("cell.add", { segment: nameOf(segment), stage: t(`stage.${stage}`) })}`}
      entries={[
        ...unplaced.slice(0, MOST_OFFERED).map(({ id, name, channel }, at) => ({
          label: name,
          icon: channelIcons[channel],
          heading: at === 0 ? t("cell.planned") : undefined,
          act: () => void add(channel, id),
        })),
        ...channels.map((channel, at) => ({
          label: t(`channel.${channel}`),
          icon: channelIcons[channel],
          heading: at === 0 && unplaced.length ? t("cell.new") : undefined,
          act: () => void begin(channel),
        })),
      ]}
    >
      <IconPlus size={14} />
      {first && <span>{t("cell.nothing")}</span>}
    </Menu>
  );
}

function Card({ contact, whom, onOpen }: { contact: Contact; whom: string; onOpen: () => void }) {
  const t = useT();
  const content = useContentName();
  const Icon = channelIcons[contact.channel];
  const of = useChannels()(contact.channel)?.checklist.length ?? 0;
  // Made from a cell it is called "Print – Young families"; whom it is for stands at the row already.
  const touchpoint = contact.touchpoint?.name.replace(` – ${whom}`, "");
  return (
    <button type="button" className={css.card} onClick={onOpen}>
      <span className={css.cardHead}>
        <Icon size={16} stroke={1.7} />
        <strong>{content(contact.content) || touchpoint || t(`channel.${contact.channel}`)}</strong>
        {of > 0 && (
          <span className={css.ticks} data-all={contact.ticked.length === of || undefined}>
            {t("ticks", { done: contact.ticked.length, of })}
          </span>
        )}
      </span>
      {contact.note && <span className={css.cardNote}>{contact.note}</span>}
      {contact.touchpoint && <TouchpointBadge touchpoint={contact.touchpoint} plain />}
    </button>
  );
}

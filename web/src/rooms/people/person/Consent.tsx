import { Button, Select, Textarea } from "@mantine/core";
import { IconBan, IconCircleCheck, IconCircleOff } from "@tabler/icons-react";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { useMay } from "@/lib/workspace";
import { InstantField } from "@/ui/DateField";
import { Dialog, FormDialog } from "@/ui/Dialog";
import { Section } from "@/ui/Page";
import { QuietMenu } from "@/ui/PageHead";
import { StateBadge } from "@/ui/StateBadge";
import { When } from "@/ui/values";
import { useT } from "../useT";
import { PastConsent } from "./PastConsent";
import css from "./person.module.css";
import type { Profile } from "./types";

type State = "granted" | "withdrawn";
type Stands = Profile["consents"][number]["state"];
/** A topic on a channel, or being measured. */
type About = Pick<Profile["consents"][number], "topic" | "channel"> | "tracking";
type Proof = Profile["proofs"][number];
const sources = ["import", "form", "preference_page", "one_click", "api", "member", "complaint", "expiry"] as const;
const bases = ["consent", "contract", "legitimate_interest", "customer"] as const;
const facts = ["origin", "file", "actor", "reason", "ip", "user_agent"] as const;
const blocks = ["hard_bounce", "complaint", "manual", "erased", "objection"] as const;

/** What the person allows, per channel and topic, with the proof of every statement. */
export function Consents({ person }: { person: Profile }) {
  const t = useT();
  const may = useMay("people.write");
  const [asking, setAsking] = useState<{ about: About; state: State }>();
  const measured = person.tracking_consent;
  const standings = useStandings(person);
  const [proofs, setProofs] = useState(false);
  return (
    <Section
      title={t("consent.title")}
      action={
        person.proofs.length > 0 && (
          <Button size="compact-xs" variant="subtle" onClick={() => setProofs(true)}>
            {t("consent.proofs", { count: person.proofs.length })}
          </Button>
        )
      }
    >
      {person.suppressions.map(({ channel, reason, created_at }) => {
        const known = blocks.find((one) => one === reason);
        return (
          <p key={`${channel} ${reason}`} className={css.block}>
            <StateBadge tone="bad" plain icon={IconBan}>
              {t("consent.blocked", { channel: sayChannel(t, channel) })}
            </StateBadge>
            <span>
              {known ? t(`block.${known}`) : reason}, <When at={created_at} />
            </span>
          </p>
        );
      })}
      <ul className={css.consents}>
        {standings.map(({ topic, channel, state, at, basis, expires_at }) => (
          <Standing
            key={`${channel} ${topic.id}`}
            name={t("consent.of", { topic: topic.name, channel: sayChannel(t, channel) })}
            state={state}
            at={at}
            basis={basis}
            until={state === "granted" ? expires_at : null}
            onChange={may ? (to) => setAsking({ about: { topic, channel }, state: to }) : undefined}
          />
        ))}
        <Standing
          name={t("consent.tracking")}
          state={measured === null ? null : measured ? "granted" : "withdrawn"}
          at={person.proofs.find(({ channel }) => channel === "tracking")?.at}
          onChange={may ? (to) => setAsking({ about: "tracking", state: to }) : undefined}
        />
      </ul>
      {!person.email && !person.phone && <p className={css.muted}>{t("consent.none")}</p>}
      {person.proofs.length > 0 && <PastConsent person={person.id} />}
      {asking && <ConsentDialog {...asking} person={person} onClose={() => setAsking(undefined)} />}
      {proofs && <Proofs proofs={person.proofs} onClose={() => setProofs(false)} />}
    </Section>
  );
}

/** Everything said, and what could still be said: each open topic on each channel that reaches the person. */
function useStandings({ consents, email, phone }: Profile): Profile["consents"] {
  const topics = useGet("/topics", { query: {} }, { slow: true }).data ?? [];
  const channels = [...(email ? ["email" as const] : []), ...(phone ? ["sms" as const] : [])];
  const unsaid = topics.flatMap((topic) =>
    channels
      .filter((channel) => !consents.some((said) => said.topic.id === topic.id && said.channel === channel))
      .map((channel) => ({ topic, channel, state: null, at: null, basis: "consent" as const, expires_at: null })),
  );
  return [...consents, ...unsaid];
}

interface StandingProps {
  name: string;
  state: Stands | undefined;
  at?: string | null;
  basis?: Profile["consents"][number]["basis"];
  until?: string | null;
  onChange?: (state: State) => void;
}

/** What the person has said about one thing, and the ways to record something else. */
function Standing({ name, state, at, basis, until, onChange }: StandingProps) {
  const t = useT();
  const format = useFormat();
  const ways = [
    { to: "granted", label: t("consent.record"), icon: IconCircleCheck },
    { to: "withdrawn", label: t("consent.withdraw"), icon: IconCircleOff },
  ] as const;
  return (
    <li>
      <div>
        <span>{name}</span>
        <span className={css.consentState}>
          <StateBadge
            plain
            tone={state === "granted" ? "good" : "quiet"}
            icon={state === "withdrawn" ? IconCircleOff : undefined}
          >
            {t(`consent.${state ?? "never"}`)}
          </StateBadge>
          {at && <When at={at} />}
          {until && <span>{t("consent.until", { when: format.date(until) })}</span>}
          {state && basis && basis !== "consent" && <span>{t(`basis.${basis}`)}</span>}
        </span>
      </div>
      {onChange && (
        <QuietMenu
          label={t("consent.change", { what: name })}
          entries={ways
            .filter(({ to }) => to !== state)
            .map(({ to, label, icon }) => ({ label, icon, act: () => onChange(to) }))}
        />
      )}
    </li>
  );
}

export function sayChannel(t: ReturnType<typeof useT>, channel: string): string {
  return channel === "email" || channel === "sms" || channel === "push" ? t(`channel.${channel}`) : channel;
}

interface AskProps {
  person: Profile;
  about: About;
  state: State;
  onClose: () => void;
}

/** A member records what a person told them; the words are kept as proof. */
function ConsentDialog({ person, about, state, onClose }: AskProps) {
  const t = useT();
  const [wording, setWording] = useState("");
  const [basis, setBasis] = useState<(typeof bases)[number]>("consent");
  const [until, setUntil] = useState<string | null>(null);
  const grants = about !== "tracking" && state === "granted";
  const options = { onSuccess: onClose };
  const tell = useSend("post", "/people/{person_id}/consents", options);
  const tellTracking = useSend("post", "/people/{person_id}/tracking-consent", options);
  const send = about === "tracking" ? tellTracking : tell;
  const path = { person_id: person.id };
  const submit = () =>
    about === "tracking"
      ? tellTracking.mutate({ path, body: { allowed: state === "granted", wording } })
      : tell.mutate({
          path,
          body: {
            channel: about.channel,
            topic_ids: [about.topic.id],
            state,
            wording,
            ...(grants && { basis, expires_at: until }),
          },
        });
  const name = person.name;
  const what = about !== "tracking" && { name, topic: about.topic.name, channel: sayChannel(t, about.channel) };
  const title = what ? t(`consent.${state}.title`, what) : t(`tracking.${state}.title`);
  const note = what ? t(`consent.${state}.note`, what) : t(`tracking.${state}.note`, { name });
  return (
    <FormDialog
      title={title}
      onClose={onClose}
      onSubmit={submit}
      action={t(`consent.${state}.action`)}
      busy={send.isPending}
      error={send.error}
    >
      <p className={css.muted}>{note}</p>
      <Textarea
        label={t("consent.wording")}
        description={t("consent.wording.note")}
        data-autofocus
        autosize
        minRows={3}
        maxLength={10_000}
        value={wording}
        onChange={(event) => setWording(event.currentTarget.value)}
      />
      {grants && (
        <>
          <Select
            label={t("basis.label")}
            data={bases.map((value) => ({ value, label: t(`basis.${value}`) }))}
            value={basis}
            allowDeselect={false}
            onChange={(value) => setBasis((value ?? "consent") as typeof basis)}
          />
          <InstantField
            label={t("consent.ends")}
            description={t("consent.ends.note")}
            value={until}
            onChange={setUntil}
          />
        </>
      )}
    </FormDialog>
  );
}

/** The proof ledger of one person, the newest statement first. */
function Proofs({ proofs, onClose }: { proofs: Proof[]; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  return (
    <Dialog opened onClose={onClose} title={t("consent.proofs.title")} size={640}>
      <ol className={css.proofs}>
        {proofs.map((proof) => (
          <li key={proof.id}>
            <p>
              <strong>
                {proof.channel === "tracking"
                  ? t("consent.tracking")
                  : t("consent.of", { topic: proof.topic ?? "", channel: sayChannel(t, proof.channel) })}
              </strong>{" "}
              <StateBadge
                plain
                tone={proof.state === "granted" ? "good" : "quiet"}
                icon={proof.state === "withdrawn" ? IconCircleOff : undefined}
              >
                {t(`consent.${proof.state}`)}
              </StateBadge>
            </p>
            <p className={css.muted}>
              {t("consent.said", {
                when: format.dateTime(proof.at),
                how: sources.includes(proof.source) ? t(`source.${proof.source}`) : proof.source,
              })}
              {" · "}
              {t("consent.written", { when: format.dateTime(proof.recorded_at) })}
            </p>
            {proof.wording && <blockquote>{proof.wording}</blockquote>}
            {facts.map((name) =>
              typeof proof.details[name] === "string" && proof.details[name] !== "" ? (
                <p key={name} className={css.muted}>
                  {t(`proof.${name}`, { value: proof.details[name] })}
                </p>
              ) : null,
            )}
          </li>
        ))}
      </ol>
    </Dialog>
  );
}

import { Button } from "@mantine/core";
import { IconAlertTriangle, IconPlayerPause, IconPlayerPlay, IconPlayerStop } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { useMay } from "@/lib/workspace";
import { TouchpointNumbers } from "@/rooms/insights/TouchpointNumbers";
import { ConfirmDanger } from "@/ui/Dialog";
import { Section } from "@/ui/Page";
import { Reasons } from "@/ui/Reasons";
import { Await } from "@/ui/states";
import { sayRefused } from "@/ui/tray";
import { InDoubt } from "./InDoubt";
import css from "./LiveTouchpoint.module.css";
import { NothingComesBack } from "./NothingComesBack";
import { ProblemWords, Trouble } from "./ProblemWords";
import { type Progress, useParts } from "./states";
import { useRate } from "./useRate";
import { useT } from "./useT";

interface Props {
  touchpointId: string;
  campaignId: string;
}

const LIVE = 1000;
/** It was stopped before its messages were written. */
const unwritten = (progress: Progress) =>
  !progress.started_at && (progress.state === "held" || progress.state === "paused");
/** How many messages a decision to go on is about: those that wait, or as many people as were planned. */
const decided = (progress: Progress) =>
  unwritten(progress) ? (progress.planned ?? 0) : progress.queued + progress.deferred;
const ended = (progress: Progress | undefined) => progress?.state === "finished" || progress?.state === "cancelled";

/** How a launched touchpoint stands; looks again every second while something happens. */
export function useProgress(touchpointId: string) {
  const [live, setLive] = useState<number | false>(LIVE);
  const query = useGet(
    "/touchpoints/{touchpoint_id}/delivery",
    { path: { touchpoint_id: touchpointId } },
    { every: live },
  );
  const done = ended(query.data);
  useEffect(() => setLive(done ? 15_000 : LIVE), [done]);
  return query;
}

/** A launched touchpoint, live: who got it and who did not, how fast it goes, and what came of it. */
export function LiveTouchpoint({ touchpointId, campaignId }: Props) {
  const progress = useProgress(touchpointId);
  return (
    <Await query={progress} lines={6}>
      {(data) => <Live progress={data} campaignId={campaignId} />}
    </Await>
  );
}

function Live({ progress, campaignId }: { progress: Progress; campaignId: string }) {
  const t = useT();
  const format = useFormat();
  const parts = useParts()(
    progress,
    (state, reason) =>
      `/touchpoints/${progress.touchpoint_id}?tab=messages&f.state=${state}${reason ? `&f.reason=${reason}` : ""}`,
  );
  const preparing = progress.state === "preparing" || unwritten(progress);
  return (
    <div className={css.live}>
      <Notice progress={progress} />
      <section className={css.progress} aria-label={t("progress")}>
        <Now progress={progress} />
        {!preparing && <Bar progress={progress} />}
      </section>
      {!preparing && (
        <Section title={t("who")} note={t("who.note")}>
          <Reasons
            parts={parts}
            total={progress.total}
            totalLabel={t("audience", { count: progress.total, shown: format.number(progress.total) })}
          />
          {progress.bounced === null && progress.accepted > 0 && <NothingComesBack />}
        </Section>
      )}
      {progress.unknown > 0 && <InDoubt progress={progress} />}
      {!preparing && (
        <TouchpointNumbers campaignId={campaignId} touchpointId={progress.touchpoint_id} live={!ended(progress)} />
      )}
    </div>
  );
}

/** What stands in the way, and what happens next. */
function Notice({ progress }: { progress: Progress }) {
  const t = useT();
  const format = useFormat();
  const blocked =
    progress.blocked_until && Date.parse(progress.blocked_until) > Date.now() ? progress.blocked_until : undefined;
  const waiting = decided(progress);
  if (progress.state === "held") {
    return (
      <div className={css.notice} data-tone="bad" role="alert">
        <IconAlertTriangle size={18} />
        <p>
          <strong>
            {progress.state_reason === "restored"
              ? t("held.restored", { count: waiting, shown: format.number(waiting) })
              : t("held")}
          </strong>{" "}
          <ProblemWords code={progress.state_reason} sentence={progress.state_detail} />
        </p>
      </div>
    );
  }
  if (blocked && progress.state === "running") {
    return (
      <div className={css.notice} data-tone="look" role="status">
        <IconAlertTriangle size={18} />
        <p>
          <strong>{t("breaker")}</strong> {t("breaker.next", { at: format.time(blocked) })}{" "}
          <Trouble code={progress.blocked_code} said={progress.blocked_reason} />
        </p>
      </div>
    );
  }
  return null;
}

/** The big line: what is happening now, how fast, and how long it takes. */
function Now({ progress }: { progress: Progress }) {
  const t = useT();
  const format = useFormat();
  const waiting = progress.queued + progress.deferred;
  const tried = progress.accepted + progress.rejected + progress.unknown;
  const rate = useRate(tried, progress.state === "running");
  const scheduled = progress.state === "running" && Date.parse(progress.send_at) > Date.now();
  // A message that is to be tried again waits for its hour, so only the queue tells how long it takes.
  const pace = progress.per_hour ? progress.per_hour / 3600 : rate;
  const left = pace > 0 ? progress.queued / pace : undefined;
  const headline = scheduled
    ? t("now.scheduled", { at: format.dateTime(progress.send_at) })
    : {
        preparing: t("now.preparing"),
        running: t("now.running", { sent: format.number(tried), of: format.number(tried + waiting) }),
        paused: unwritten(progress) ? t("now.paused.unwritten") : t("now.paused", { waiting: format.number(waiting) }),
        held: unwritten(progress) ? t("now.held.unwritten") : t("now.held", { waiting: format.number(waiting) }),
        finished: t("now.finished", { count: progress.accepted, shown: format.number(progress.accepted) }),
        cancelled: t("now.cancelled", { count: progress.accepted, shown: format.number(progress.accepted) }),
      }[progress.state];
  const details =
    progress.state === "running" && !scheduled
      ? [
          rate > 0 && t("now.rate", { rate: format.number(Math.round(rate * 60)) }),
          left !== undefined && progress.queued > 0 && t("now.left", { time: format.duration(left) }),
          progress.per_hour && t("now.pace", { pace: format.number(progress.per_hour) }),
          progress.queued === 0 && progress.deferred > 0 && t("now.deferred", { count: progress.deferred }),
        ]
      : progress.finished_at && progress.started_at
        ? [
            t("now.took", {
              time: format.duration(
                Math.max(1, (Date.parse(progress.finished_at) - Date.parse(progress.started_at)) / 1000),
              ),
              at: format.dateTime(progress.finished_at),
            }),
          ]
        : [];
  return (
    <div>
      <p className={css.headline}>{headline}</p>
      <p className={css.details}>{details.filter(Boolean).join(" · ")}</p>
      <Announce words={headline} every={10_000} />
    </div>
  );
}

/** Tells screen readers what the headline says, not more often than one can listen. */
function Announce({ words, every }: { words: string; every: number }) {
  const [said, setSaid] = useState(words);
  const [last, setLast] = useState(0);
  useEffect(() => {
    const wait = Math.max(0, last + every - Date.now());
    const timer = setTimeout(() => {
      setSaid(words);
      setLast(Date.now());
    }, wait);
    return () => clearTimeout(timer);
  }, [words, every, last]);
  return (
    <span className={css.hidden} role="status" aria-live="polite">
      {said}
    </span>
  );
}

function Bar({ progress }: { progress: Progress }) {
  const t = useT();
  const goal = progress.total - progress.withheld;
  const done = progress.accepted + progress.rejected + progress.unknown;
  const share = goal ? done / goal : 1;
  return (
    <div
      className={css.track}
      role="progressbar"
      aria-label={t("progress")}
      aria-valuenow={Math.round(share * 100)}
      aria-valuemin={0}
      aria-valuemax={100}
      data-state={progress.state}
    >
      <i style={{ width: `${share * 100}%` }} />
    </div>
  );
}

/** Pause, go on, or end it for good. */
export function LiveActions({ touchpointId, name }: { touchpointId: string; name: string }) {
  const t = useT();
  const format = useFormat();
  const may = useMay("delivery.control");
  const progress = useProgress(touchpointId);
  const [ending, setEnding] = useState(false);
  const path = { touchpoint_id: touchpointId };
  const pause = useSend("post", "/touchpoints/{touchpoint_id}/pause");
  const resume = useSend("post", "/touchpoints/{touchpoint_id}/resume");
  const cancel = useSend("post", "/touchpoints/{touchpoint_id}/cancel");
  const failed = {
    onError: sayRefused,
  };
  const { data } = progress;
  if (!may || !data || ended(data)) return null;
  const waiting = data.queued + data.deferred;
  const running = data.state === "running" || data.state === "preparing";
  // Before everybody has a message there is nothing to count.
  const unwritten = data.total === 0;
  const standing = data.state === "paused" || data.state === "held";
  return (
    <>
      {running && (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={16} />}
          loading={pause.isPending}
          onClick={() => pause.mutate({ path }, failed)}
        >
          {t("pause")}
        </Button>
      )}
      {standing && (
        <Button
          leftSection={<IconPlayerPlay size={16} />}
          loading={resume.isPending}
          onClick={() => resume.mutate({ path }, failed)}
        >
          {data.state_reason === "restored"
            ? t("resume.restored", { count: decided(data), shown: format.number(decided(data)) })
            : t("resume")}
        </Button>
      )}
      <Button variant="subtle" color="red" leftSection={<IconPlayerStop size={16} />} onClick={() => setEnding(true)}>
        {t("cancel")}
      </Button>
      <ConfirmDanger
        opened={ending}
        onClose={() => setEnding(false)}
        title={t("cancel.title", { name })}
        back={t("cancel.back")}
        loses={[
          unwritten ? t("cancel.all") : t("cancel.loses", { count: waiting, shown: format.number(waiting) }),
          t("cancel.final"),
        ]}
        keeps={unwritten ? [] : [t("cancel.keeps", { count: data.accepted, shown: format.number(data.accepted) })]}
        action={unwritten ? t("cancel") : t("cancel.action", { count: waiting, shown: format.number(waiting) })}
        onConfirm={() => cancel.mutateAsync({ path })}
      />
    </>
  );
}

import { Button, Radio, Tooltip } from "@mantine/core";
import { IconArrowRight, IconSend } from "@tabler/icons-react";
import { useState } from "react";
import type { Reply } from "@/api/client";
import { useGet, useSend } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { Dialog } from "@/ui/Dialog";
import { type Check, CheckList } from "@/ui/LaunchCheck";
import { ErrorState, FormError } from "@/ui/states";
import { AskApproval } from "../approvals/AskApproval";
import { useAsked } from "../approvals/words";
import { useT } from "../useT";
import type { Touchpoint } from "../words";
import { namesOf, useAnswer } from "./answers";
import css from "./LaunchPanel.module.css";
import { useWithheld } from "./withheld";

export type LaunchCheck = Reply<"get", "/touchpoints/{touchpoint_id}/check">;
export type Reach = NonNullable<LaunchCheck["reach"]>;

/** The answers to the questions of the launch check, asked again after every change that was stored. */
export function useCheck(touchpoint: Touchpoint, saved: boolean, asks = true) {
  const answer = useGet(
    "/touchpoints/{touchpoint_id}/check",
    { path: { touchpoint_id: touchpoint.id } },
    { fresh: 5000, every: saved ? 30_000 : false, enabled: asks && touchpoint.state === "draft" },
  );
  return { ...answer, old: !saved || answer.isFetching };
}
type CheckQuery = ReturnType<typeof useCheck>;

/** "2,418 of 3,102 people will get it; 684 won't: 512 no consent, 172 unsubscribed." */
function useSum(): (reach: Reach, holdout: number) => string {
  const t = useT();
  const format = useFormat();
  const withheld = useWithheld();
  return (reach, holdout) => {
    if (reach.withheld.no_topic) return t("sum.noTopic", { of: format.number(reach.audience) });
    const held = Math.round((reach.reachable * holdout) / 100);
    const others = Object.entries(reach.withheld).filter(([reason, count]) => count > 0 && reason !== "holdout");
    if (held) others.push(["holdout", held]);
    const not = others.reduce((sum, [, count]) => sum + count, 0);
    const said = {
      get: format.number(reach.reachable - held),
      of: format.number(reach.audience),
      about: held ? "yes" : "no",
    };
    if (!not) return t("sum.all", said);
    const list = others.map(([reason, count]) => `${format.number(count)} ${withheld(reason)}`).join(", ");
    return t("sum.some", { ...said, not: format.number(not), reasons: list });
  };
}

/** The launch check: what is in order, what to look at, what stands in the way, and who gets it. */
export function LaunchPanel({ touchpoint, check }: { touchpoint: Touchpoint; check: CheckQuery }) {
  const t = useT();
  const say = useAnswer(touchpoint);
  const sum = useSum();
  const nameOf = useAsked();
  const { data, error, refetch } = check;
  const checks: Check[] | undefined = data?.answers.map((answer) => {
    const { question, sentence, fix } = say(answer);
    return {
      id: answer.code,
      question,
      answer: sentence,
      state: answer.level === "ok" ? "good" : answer.level,
      fix: asksAgain(answer.code) ? (
        <AskApproval
          kind={answer.values.kind as "launch"}
          id={String(answer.values.subject)}
          who={namesOf(answer.values.by, nameOf)}
          again={answer.code !== "approval.needed"}
          className={css.fix}
        />
      ) : (
        fix &&
        (answer.level !== "ok" || answer.code === "approval.given") && (
          <Repair to={fix} here={`/touchpoints/${touchpoint.id}`} question={question} act={actOf(answer.code)} />
        )
      ),
    };
  });
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} inline />;
  return (
    <section aria-label={t("check")} aria-busy={check.old}>
      <h2 className={css.panelTitle}>{t("check")}</h2>
      <CheckList
        checks={checks}
        sum={data && (data.reach ? sum(data.reach, touchpoint.holdout_percent) : t("sum.nobody"))}
      />
    </section>
  );
}

/** Answers that are put right by asking for an approval, for the first time or once more. */
const asksAgain = (code: string) =>
  ["approval.needed", "approval.changes", "approval.refused", "approval.void"].includes(code);

/** What the link beside an answer is for: the sandbox and a given approval are nothing wrong. */
const actOf = (code: string) => (code === "sender.sandbox" ? "change" : code === "approval.given" ? "open" : "fix");

interface RepairProps {
  to: string;
  here: string;
  question: string;
  act: ReturnType<typeof actOf>;
}

/** Where something is put right: on this page the field itself, else the page that has it. */
function Repair({ to, here, question, act }: RepairProps) {
  const t = useT();
  const name = t(`check.act.of.${act}`, { question });
  const words = (
    <>
      {t(`check.act.${act}`)} <IconArrowRight size={13} />
    </>
  );
  if (!to.startsWith(`${here}#`)) {
    return (
      <A to={to} className={css.fix} aria-label={name}>
        {words}
      </A>
    );
  }
  const focus = () => {
    const block = document.getElementById(to.slice(here.length + 1));
    block?.scrollIntoView({ block: "center" });
    block?.querySelector<HTMLElement>("input:not([type=hidden])")?.focus();
  };
  return (
    <button type="button" className={css.fix} aria-label={name} onClick={focus}>
      {words}
    </button>
  );
}

/** "Launch to 2,418 people"; asks once more with the number, then hands over. */
export function LaunchButton({
  touchpoint,
  check,
  ready,
}: {
  touchpoint: Touchpoint;
  check: CheckQuery;
  ready: boolean;
}) {
  const t = useT();
  const format = useFormat();
  const may = useMay("campaigns.launch");
  const sum = useSum();
  const [asking, setAsking] = useState(false);
  const launch = useSend("post", "/touchpoints/{touchpoint_id}/launch", {
    once: true,
  });
  const { data } = check;
  const [freeze, setFreeze] = useState(false);
  const later = touchpoint.send_at !== null && Date.parse(touchpoint.send_at) > Date.now();
  const reach = data?.reach;
  const held = reach ? Math.round((reach.reachable * touchpoint.holdout_percent) / 100) : 0;
  const people = reach ? reach.reachable - held : 0;
  const blocking = data?.answers.filter(({ level }) => level === "blocking").length ?? 0;
  const why = !may
    ? t("launch.forbidden")
    : !data || !ready
      ? t("launch.checking")
      : blocking
        ? t("launch.blocked", { count: blocking })
        : people === 0
          ? t("launch.nobody")
          : undefined;
  const words = { count: people, shown: format.number(people), about: held ? "yes" : "no" };
  return (
    <>
      <Tooltip label={why} disabled={!why}>
        <Button
          leftSection={<IconSend size={16} />}
          data-disabled={why ? true : undefined}
          aria-disabled={why ? true : undefined}
          aria-describedby={why ? "launch-why" : undefined}
          onClick={(event) => (why ? event.preventDefault() : setAsking(true))}
        >
          {people > 0 && !blocking ? t("launch.people", words) : t("launch")}
        </Button>
      </Tooltip>
      {why && (
        <span id="launch-why" className={css.hidden}>
          {why}
        </span>
      )}
      <Dialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("launch.title", { name: touchpoint.name })}
        foot={
          <>
            <Button variant="default" onClick={() => setAsking(false)}>
              {t("launch.notYet")}
            </Button>
            <Button
              data-autofocus
              leftSection={<IconSend size={16} />}
              loading={launch.isPending}
              onClick={() =>
                launch.mutate(
                  { path: { touchpoint_id: touchpoint.id }, body: { freeze: later && freeze } },
                  { onSuccess: () => setAsking(false) },
                )
              }
            >
              {touchpoint.send_at ? t("launch.schedule", words) : t("launch.people", words)}
            </Button>
          </>
        }
      >
        <p className={css.ask}>{reach && sum(reach, touchpoint.holdout_percent)}</p>
        <ul className={css.askList}>
          <li>{touchpoint.send_at ? t("launch.at", { at: format.dateTime(touchpoint.send_at) }) : t("launch.now")}</li>
          {touchpoint.sender_identity && <li>{t("launch.from", { sender: touchpoint.sender_identity.name })}</li>}
          <li>{t("launch.frozen")}</li>
        </ul>
        {later && (
          <Radio.Group
            label={t("launch.who")}
            value={freeze ? "now" : "then"}
            onChange={(value) => setFreeze(value === "now")}
            className={css.askWho}
          >
            <div className={css.askRadios}>
              <Radio value="then" label={t("launch.who.then")} description={t("launch.who.then.note")} />
              <Radio value="now" label={t("launch.who.now")} description={t("launch.who.now.note")} />
            </div>
          </Radio.Group>
        )}
        <FormError error={launch.error} />
      </Dialog>
    </>
  );
}

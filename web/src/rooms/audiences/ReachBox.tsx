import { Select } from "@mantine/core";
import { makeStoredStore } from "@/api/store";
import { useFormat } from "@/lib/format";
import { Reasons } from "@/ui/Reasons";
import css from "./audiences.module.css";
import { type Counted, type Reach, reachId } from "./live";
import { useT } from "./useT";
import type { RuleWords } from "./words";

/** The channel and topic by which reach is shown, remembered on this machine. */
export const reachChoice = makeStoredStore("gonfalon.reach", "");

/** The chosen one of an answer's reaches, else its first. */
export function chosenReach(reach: Reach[], choice: string): Reach | undefined {
  return reach.find((one) => reachId(one) === choice) ?? reach.find(({ channel }) => channel === "email") ?? reach[0];
}

/** Names of topics by their key. */
export type TopicNames = (key: string) => string;

/** Which of the counted people can be reached on a channel and topic, and why not the others; always adds up. */
export function ReachBox({ count, topicName, words }: { count: Counted; topicName: TopicNames; words: RuleWords }) {
  const t = useT();
  const format = useFormat();
  const choice = reachChoice.use();
  const reach = chosenReach(count.reach, choice);
  if (!reach) return null;
  const named = { channel: words.channel(reach.channel), topic: topicName(reach.topic) };
  const noAddress = reach.channel === "sms" || reach.channel === "push" ? reach.channel : "email";
  return (
    <div className={css.reach}>
      <Select
        size="xs"
        aria-label={t("live.by")}
        allowDeselect={false}
        value={reachId(reach)}
        data={count.reach.map((one) => ({
          value: reachId(one),
          label: `${capital(words.channel(one.channel))} · ${topicName(one.topic)}`,
        }))}
        onChange={(value) => value && reachChoice.set(value)}
      />
      <p className={css.reachWords}>
        {t("live.reach.sentence", {
          ...named,
          reachable: format.number(reach.reachable),
          total: format.number(count.total),
        })}
      </p>
      <Reasons
        total={count.total}
        totalLabel={t("one.members")}
        parts={[
          { id: "reachable", label: t("reason.reachable"), count: reach.reachable, tone: "good" },
          { id: "no_consent", label: t("reason.no_consent"), count: reach.no_consent, tone: "look" },
          { id: "unsubscribed", label: t("reason.unsubscribed"), count: reach.unsubscribed, tone: "quiet" },
          { id: "suppressed", label: t("reason.suppressed"), count: reach.suppressed, tone: "bad" },
          { id: "no_address", label: t(`reason.no_address.${noAddress}`), count: reach.no_address, tone: "quiet" },
        ]}
      />
    </div>
  );
}

export const capital = (words: string) => words.charAt(0).toLocaleUpperCase() + words.slice(1);

import { Button, Checkbox, TextInput } from "@mantine/core";
import { useState } from "react";
import { useApi, useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { A, useGo } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { DayField } from "@/ui/DateField";
import { FormDialog } from "@/ui/Dialog";
import { NumberField } from "@/ui/numbers";
import { Page, Section } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { Await, EmptyState } from "@/ui/states";
import { say } from "@/ui/tray";
import { sayChannel } from "../person/Consent";
import { useT } from "../useT";
import css from "./standings.module.css";

type Standing = Shape<"ConsentStanding">;
type Topic = Shape<"Topic">;

/** How far consent reaches: by topic and channel, under stricter rules, on a past day, and what ends soon. */
export default function ConsentPage() {
  const t = useT();
  const [demands, setDemands] = useState<{ proof: boolean; confirmed: boolean; months: number | null }>({
    proof: false,
    confirmed: false,
    months: null,
  });
  const [on, setOn] = useState<string | null>(null);
  const [days, setDays] = useState<number | null>(30);
  const [asking, setAsking] = useState<Standing>();
  const asked = demands.proof || demands.confirmed || demands.months !== null;
  const standings = useGet(
    "/consent/standings",
    {
      query: {
        proof: demands.proof,
        confirmed: demands.confirmed,
        months: demands.months ?? undefined,
        days: days ?? 30,
      },
    },
    { slow: true },
  );
  const past = useGet("/consent/past", { query: { on: on ?? "" } }, { enabled: on !== null });
  const topics = useGet("/topics", { query: { archived: true } }, { slow: true }).data ?? [];
  return (
    <Page>
      <PageHead
        title={t("standings.title")}
        crumbs={[{ label: t("title"), to: "/people" }]}
        meaning={t("standings.meaning")}
      />
      <Section title={t("standings.whatIf")} note={t("standings.whatIf.note")}>
        <div className={css.bar}>
          <Checkbox
            label={t("standings.proof")}
            checked={demands.proof}
            onChange={(event) => setDemands({ ...demands, proof: event.currentTarget.checked })}
          />
          <Checkbox
            label={t("standings.confirmed")}
            checked={demands.confirmed}
            onChange={(event) => setDemands({ ...demands, confirmed: event.currentTarget.checked })}
          />
          <NumberField
            label={t("standings.months")}
            value={demands.months}
            min={1}
            max={120}
            onChange={(months) => setDemands({ ...demands, months: months === 0 ? null : months })}
          />
        </div>
      </Section>
      <Section title={t("standings.now")}>
        <div className={css.bar}>
          <NumberField label={t("standings.days")} value={days} min={1} max={365} onChange={setDays} />
          <DayField label={t("standings.on")} value={on} onChange={setOn} />
        </div>
        <Await query={standings} lines={6}>
          {(found) =>
            found.length === 0 ? (
              <EmptyState picture="people">{t("standings.empty")}</EmptyState>
            ) : (
              <Numbers
                found={found}
                topics={topics}
                asked={asked}
                past={on === null ? undefined : past.data}
                on={on}
                onAsk={setAsking}
              />
            )
          }
        </Await>
        <p className={css.muted}>
          {t("standings.lasts")} <A to="/settings/topics">{t("topics.title")}</A>
        </p>
      </Section>
      {asking && (
        <AskAgain
          one={asking}
          days={days ?? 30}
          topic={topics.find(({ id }) => id === asking.topic_id)}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Page>
  );
}

interface NumbersProps {
  found: Standing[];
  topics: Topic[];
  asked: boolean;
  past: Shape<"PastStanding">[] | undefined;
  on: string | null;
  onAsk: (one: Standing) => void;
}

function Numbers({ found, topics, asked, past, on, onAsk }: NumbersProps) {
  const t = useT();
  const format = useFormat();
  const may = useMay("audiences.write");
  const name = ({ topic_id, channel }: Standing) =>
    t("consent.of", {
      topic: topics.find(({ id }) => id === topic_id)?.name ?? `#${topic_id}`,
      channel: sayChannel(t, channel),
    });
  const then = (one: Standing) =>
    past?.find(({ topic_id, channel }) => topic_id === one.topic_id && channel === one.channel)?.granted ?? 0;
  return (
    <div className={css.scroll}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t("standings.topic")}</th>
            <th scope="col">{t("standings.reached")}</th>
            {asked && <th scope="col">{t("standings.lost")}</th>}
            {on && <th scope="col">{t("standings.granted.on", { day: format.day(on) })}</th>}
            <th scope="col">{t("standings.blocked")}</th>
            <th scope="col">{t("consent.withdrawn")}</th>
            <th scope="col">{t("consent.expired")}</th>
            <th scope="col">{t("standings.withoutProof")}</th>
            <th scope="col">{t("standings.soon")}</th>
          </tr>
        </thead>
        <tbody>
          {found.map((one) => (
            <tr key={`${one.topic_id} ${one.channel}`}>
              <th scope="row">{name(one)}</th>
              <td>{format.number(one.reached)}</td>
              {asked && (
                <td className={one.lost > 0 ? css.lost : undefined}>
                  {one.lost > 0 ? `−${format.number(one.lost)}` : format.number(0)}
                </td>
              )}
              {on && <td>{past ? format.number(then(one)) : "…"}</td>}
              <td>{format.number(one.blocked)}</td>
              <td>{format.number(one.withdrawn)}</td>
              <td>{format.number(one.expired)}</td>
              <td>{format.number(one.without_proof)}</td>
              <td>
                {format.number(one.soon)}
                {may && one.soon > 0 && (
                  <div>
                    <Button size="compact-xs" variant="default" onClick={() => onAsk(one)}>
                      {t("standings.ask")}
                    </Button>
                  </div>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface AskProps {
  one: Standing;
  days: number;
  topic: Topic | undefined;
  onClose: () => void;
}

/** Makes a list of those whose consent ends soon, to ask them again. */
function AskAgain({ one, days, topic, onClose }: AskProps) {
  const t = useT();
  const go = useGo();
  const { call } = useApi();
  const [name, setName] = useState(t("standings.ask.name", { topic: topic?.name ?? "" }));
  const list = useSend("post", "/consent/ending");
  const [error, setError] = useState<unknown>();
  const submit = async () => {
    setError(undefined);
    try {
      const { id } = await call("post", "/audiences", { body: { kind: "list", name, description: "" } });
      const body = { audience_id: id, topic_id: one.topic_id, channel: one.channel, days };
      const { added } = await list.mutateAsync({ body });
      say(t("standings.ask.done", { count: added }));
      onClose();
      go(`/audiences/${id}`);
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <FormDialog
      title={t("standings.ask")}
      onClose={onClose}
      onSubmit={submit}
      action={t("standings.ask.action", { count: one.soon })}
      busy={list.isPending}
      disabled={!name.trim()}
      error={error}
    >
      <p className={css.muted}>{t("standings.ask.note", { count: one.soon, days })}</p>
      <TextInput
        data-autofocus
        label={t("standings.ask.list")}
        value={name}
        maxLength={120}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

import { Button, Select, TextInput } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useState } from "react";
import { useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useParam } from "@/lib/url";
import { SettingsFrame } from "@/ui/SettingsFrame";
import { StateBadge } from "@/ui/StateBadge";
import { Await, EmptyState } from "@/ui/states";
import { ReceiptLine } from "./ReceiptLine";
import css from "./tracking.module.css";
import { useT } from "./useT";

type Outcome = Shape<"Outcome">;
const kinds = ["track", "page", "identify", "screen", "group", "alias", "batch"] as const;
const outcomes: Outcome[] = ["kept", "twice", "refused"];

/** Messages as they come to the collector: what was understood, what was changed, and why one was refused. */
export default function LivePage() {
  const t = useT();
  const [words, setWords] = useParam("q");
  const [kind, setKind] = useParam("kind");
  const [outcome, setOutcome] = useParam("outcome");
  const [source, setSource] = useParam("source");
  const [paused, setPaused] = useState(false);
  const sources = useGet("/sources", {}, { slow: true });
  const query = {
    q: words || undefined,
    kind: kind || undefined,
    outcome: (outcome || undefined) as Outcome | undefined,
    source_id: source || undefined,
  };
  const live = useGet("/events/live", { query }, { every: paused ? false : 2000 });
  const filtered = !!(words || kind || outcome || source);
  return (
    <SettingsFrame
      title={t("live.title")}
      meaning={t("live.meaning")}
      wide
      action={
        <Button
          variant="default"
          leftSection={paused ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
          onClick={() => setPaused(!paused)}
        >
          {paused ? t("live.go") : t("live.pause")}
        </Button>
      }
    >
      <div className={css.filters}>
        <TextInput
          aria-label={t("live.search")}
          placeholder={t("live.search")}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <Select
          aria-label={t("live.kind")}
          placeholder={t("live.kind")}
          clearable
          data={kinds.map((value) => ({ value, label: t(`message.${value}`) }))}
          value={kind || null}
          onChange={(value) => setKind(value ?? "")}
        />
        <Select
          aria-label={t("live.outcome")}
          placeholder={t("live.outcome")}
          clearable
          data={outcomes.map((value) => ({ value, label: t(`outcome.${value}`) }))}
          value={outcome || null}
          onChange={(value) => setOutcome(value ?? "")}
        />
        <Select
          aria-label={t("live.source")}
          placeholder={t("live.source")}
          clearable
          searchable
          data={(sources.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={source || null}
          onChange={(value) => setSource(value ?? "")}
        />
        <StateBadge tone={paused ? "paused" : "busy"} plain>
          {paused ? t("live.paused") : t("live.runs")}
        </StateBadge>
      </div>
      <Await query={live}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState picture={filtered ? "search" : "trail"}>
              {filtered ? t("live.nothing") : t("live.empty")}
            </EmptyState>
          ) : (
            <ul className={css.receipts} aria-label={t("live.title")}>
              {found.map((one) => (
                <ReceiptLine key={one.id} receipt={one} />
              ))}
            </ul>
          )
        }
      </Await>
    </SettingsFrame>
  );
}

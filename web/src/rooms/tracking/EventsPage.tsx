import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { matches } from "@/lib/text";
import { useParam } from "@/lib/url";
import { SettingsFrame } from "@/ui/SettingsFrame";
import { SettingsItem, SettingsList } from "@/ui/SettingsList";
import { StateBadge } from "@/ui/StateBadge";
import { Await, EmptyState } from "@/ui/states";
import { When } from "@/ui/values";
import { EventDialog } from "./EventDialog";
import css from "./tracking.module.css";
import { useT } from "./useT";

export type Kind = Shape<"EventKindOut">;

/** The catalogue of events: what comes, what it means, who answers for it, and what is not as usual. */
export default function EventsPage() {
  const t = useT();
  const [words, setWords] = useState("");
  const [open, setOpen] = useParam("event", "", true);
  const kinds = useGet("/events/catalogue", {}, { slow: true });
  return (
    <SettingsFrame title={t("events.title")} meaning={t("events.meaning")}>
      <Await query={kinds}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState picture="file">{t("events.empty")}</EmptyState>
          ) : (
            <>
              {found.length > 12 && (
                <TextInput
                  className={css.find}
                  aria-label={t("live.search")}
                  placeholder={t("live.search")}
                  value={words}
                  onChange={(event) => setWords(event.currentTarget.value)}
                />
              )}
              <SettingsList label={t("events.title")}>
                {found
                  .filter((one) => matches(`${one.name} ${one.description}`, words))
                  .sort((a, b) => odd(b) - odd(a))
                  .map((one) => (
                    <Line key={one.id} kind={one} onOpen={() => setOpen(one.id)} />
                  ))}
              </SettingsList>
            </>
          )
        }
      </Await>
      {open && <EventDialog id={open} onClose={() => setOpen("")} />}
    </SettingsFrame>
  );
}

/** What wants a look stands first. */
const odd = ({ stopped, unusual }: Kind) => (stopped ? 2 : 0) + (unusual ? 1 : 0);

function Line({ kind, onOpen }: { kind: Kind; onOpen: () => void }) {
  const t = useT();
  return (
    <SettingsItem
      name={
        <button type="button" className={css.name} onClick={onOpen}>
          {kind.name}
        </button>
      }
      note={
        <>
          {kind.description && `${kind.description} · `}
          {kind.owner?.name ?? t("source.nobody")}
          {" · "}
          {t.rich("events.last", { when: <When at={kind.last_at} /> })}
        </>
      }
    >
      {kind.stopped && <StateBadge tone="bad">{t("events.stopped")}</StateBadge>}
      {kind.unusual > 0 && <StateBadge tone="look">{t("events.changed")}</StateBadge>}
      <span className={css.muted}>{t("events.recent", { count: kind.recent })}</span>
    </SettingsItem>
  );
}

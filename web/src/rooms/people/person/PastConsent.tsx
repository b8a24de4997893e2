import { useState } from "react";
import { useGet } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { DayField } from "@/ui/DateField";
import { Await } from "@/ui/states";
import { useT } from "../useT";
import { sayChannel } from "./Consent";
import css from "./person.module.css";

/** What somebody's consent stood at on a past day, by the log alone. */
export function PastConsent({ person }: { person: number }) {
  const t = useT();
  const format = useFormat();
  const [on, setOn] = useState<string | null>(null);
  const past = useGet(
    "/people/{person_id}/consents/past",
    { path: { person_id: person }, query: { on: on ?? "" } },
    { enabled: on !== null },
  );
  return (
    <>
      <DayField label={t("consent.past.on")} description={t("consent.past.note")} value={on} onChange={setOn} />
      {on && (
        <Await query={past} lines={2}>
          {(found) =>
            found.length === 0 ? (
              <p className={css.muted}>{t("consent.past.none")}</p>
            ) : (
              <ul className={css.past}>
                {found.map(({ topic, channel, state, said_at }) => (
                  <li key={`${channel} ${topic}`}>
                    {channel === "tracking"
                      ? t("consent.tracking")
                      : t("consent.of", { topic: topic ?? "", channel: sayChannel(t, channel) })}
                    : {t(`consent.${state}`)} ({format.dateTime(said_at)})
                  </li>
                ))}
              </ul>
            )
          }
        </Await>
      )}
    </>
  );
}

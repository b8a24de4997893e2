import { useGet } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { StateBadge, type Tone } from "@/ui/StateBadge";
import { When } from "@/ui/values";
import shared from "./delivery.module.css";
import { NothingComesBack } from "./NothingComesBack";
import css from "./Queue.module.css";
import { useT } from "./useT";

/** The touchpoints that are under way, the next first. */
export function Queue() {
  const t = useT();
  const format = useFormat();
  const { data } = useGet("/delivery", {}, { every: 5000 });
  if (!data) return null;
  return (
    <section className={css.block} aria-label={t("queue")}>
      <h2>{t("queue")}</h2>
      {data.queue.length === 0 ? (
        <p className={shared.muted}>{t("queue.none")}</p>
      ) : (
        <ul className={css.queue}>
          {data.queue.map((one) => (
            <li key={one.touchpoint_id}>
              <A to={`/touchpoints/${one.touchpoint_id}`}>{one.name}</A>
              <Standing state={one.state} at={one.send_at} />
              <span className={shared.muted}>
                {one.begun ? (
                  t("provider.waiting", { count: one.waiting ?? 0 })
                ) : (
                  <>
                    <When at={one.send_at} />
                    {one.waiting !== null &&
                      ` · ${t("queue.planned", { count: one.waiting, shown: format.number(one.waiting) })}`}
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const tones: Record<string, Tone> = { running: "busy", preparing: "busy", paused: "paused", held: "bad" };

/** Where a touchpoint under way stands. */
function Standing({ state, at }: { state: string; at: string }) {
  const t = useT();
  const scheduled = (state === "running" || state === "preparing") && Date.parse(at) > Date.now();
  return (
    <StateBadge tone={scheduled ? "waiting" : (tones[state] ?? "quiet")} plain>
      {t("queue.state", { state: scheduled ? "scheduled" : state })}
    </StateBadge>
  );
}

/** Domains that messages of the last 30 days could not be delivered to. */
export function Domains() {
  const t = useT();
  const format = useFormat();
  const may = useMay("people.read");
  const { data } = useGet("/delivery/domains", {}, { enabled: may });
  if (!data) return null;
  return (
    <section className={css.block} aria-label={t("domains")}>
      <h2>{t("domains")}</h2>
      {data.length === 0 ? (
        <p className={shared.muted}>{t("domains.none")}</p>
      ) : (
        <div className={css.scroll}>
          <table className={css.domains}>
            <thead>
              <tr>
                <th scope="col">{t("domain")}</th>
                <th scope="col">{t("state.accepted")}</th>
                <th scope="col">{t("state.rejected")}</th>
                <th scope="col">{t("state.deferred")}</th>
                <th scope="col">{t("state.unknown")}</th>
              </tr>
            </thead>
            <tbody>
              {data.map((one) => (
                <tr key={one.domain}>
                  <th scope="row">{one.domain}</th>
                  <td>{format.number(one.accepted)}</td>
                  <td>{format.number(one.rejected)}</td>
                  <td>{format.number(one.deferred)}</td>
                  <td>{format.number(one.unknown)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <NothingComesBack />
    </section>
  );
}

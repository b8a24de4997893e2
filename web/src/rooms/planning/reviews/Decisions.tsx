import { useGet } from "@/api/hooks";
import { A } from "@/lib/links";
import type { ReviewProps } from "@/lib/rooms";
import { dotted } from "@/lib/text";
import { useWorkspaceSettings } from "@/lib/workspace";
import { todayIn } from "@/rooms/teamwork/dates";
import { StateBadge, type Tone } from "@/ui/StateBadge";
import { Await } from "@/ui/states";
import { Name, When } from "@/ui/values";
import { useT as useApprovalsT } from "../approvals/useT";
import { useAsked } from "../approvals/words";
import css from "./reviews.module.css";
import { useT } from "./useT";

const tones: Record<string, Tone> = { approve: "good", changes: "look", refuse: "bad" };

/** What was decided in the period, and what still waits for a decision. */
export default function Decisions({ from, to }: ReviewProps) {
  const t = useT();
  const kinds = useApprovalsT();
  const asked = useAsked();
  const { timezone } = useWorkspaceSettings();
  const going = to >= todayIn(timezone);
  const decided = useGet("/reviews/decisions", { query: { first: from, last: to } });
  const open = useGet("/approvals", { query: { state: "waiting", limit: 50 } }, { enabled: going });
  const waiting = going ? (open.data?.items ?? []) : [];
  const now = new Date().toISOString();
  return (
    <Await query={decided} lines={4}>
      {(items) => (
        <>
          {items.length === 0 && waiting.length === 0 && <p className={css.none}>{t("decisions.none")}</p>}
          {waiting.length > 0 && (
            <>
              <p className={css.part}>{t("decisions.open")}</p>
              <ul className={css.decisions} aria-label={t("decisions.open")}>
                {waiting.map((one) => (
                  <li key={one.id}>
                    <A to={`/approvals/${one.id}`}>{one.title}</A>
                    <small>
                      {dotted([
                        kinds(`kind.${one.kind}`),
                        one.campaign?.name,
                        asked(one.waits_for_kind, one.waits_for),
                      ])}
                    </small>
                    <span>
                      {one.due_at && one.due_at < now && (
                        <StateBadge tone="bad" plain>
                          {t("decisions.overdue")}
                        </StateBadge>
                      )}{" "}
                      {one.due_at && <When at={one.due_at} />}
                    </span>
                  </li>
                ))}
              </ul>
            </>
          )}
          {items.length > 0 && (
            <>
              <p className={css.part}>{t("decisions.taken")}</p>
              <ul className={css.decisions} aria-label={t("decisions.taken")}>
                {items.map((one) => (
                  <li key={`${one.request_id} ${one.at} ${one.by}`}>
                    <A to={`/approvals/${one.request_id}`}>{one.title}</A>
                    <small>
                      {dotted([kinds(`kind.${one.kind}`), one.campaign_name, one.reason && `“${one.reason}”`])}
                    </small>
                    <span>
                      <StateBadge tone={tones[one.verdict] ?? "quiet"} plain>
                        {t(`verdict.${one.verdict}`)}
                      </StateBadge>{" "}
                      <Name>{one.by}</Name>, <When at={one.at} />
                    </span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </Await>
  );
}

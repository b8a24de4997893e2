import { useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { Section } from "@/ui/Page";
import { AskApproval } from "./AskApproval";
import css from "./Standing.module.css";
import { useT } from "./useT";
import { type Kind, useAsked } from "./words";

/** Why a yes is needed, where that cannot be seen from what is there now. */
function Because({ because }: { because: Shape<"StandingOut">["because"] }) {
  const t = useT();
  return because.map((one) => (
    <p key={one} className={css.standing}>
      {t(`standing.because.${one}`)}
    </p>
  ));
}

/** What of a campaign needs an approval that nobody has asked for: its budget, goal or brief. */
export function Needed({ kind, campaign }: { kind: "budget" | "goal" | "brief"; campaign: string }) {
  const t = useT();
  const format = useFormat();
  const asked = useAsked();
  const may = useMay("campaigns.write");
  const { data } = useGet("/approvals/standing", { query: { kind, id: campaign } });
  if (data?.standing !== "missing") return null;
  return (
    <div className={css.needed}>
      <strong>{t(`standing.${kind}`)}</strong>
      <p>{t("standing.needed", { who: format.list(data.needs.map((step) => asked(step.kind, step.label))) })}</p>
      <Because because={data.because} />
      {may && <AskApproval kind={kind} id={campaign} />}
    </div>
  );
}

/** How the approval of something stands, beside it; nothing where it needs none. */
export function Standing({ kind, id }: { kind: Kind; id: string }) {
  const t = useT();
  const format = useFormat();
  const may = useMay("campaigns.write");
  const { data } = useGet("/approvals/standing", { query: { kind, id } }, { every: 30_000 });
  if (!data || data.standing === "not_needed") return null;
  const open = data.standing !== "approved" && data.standing !== "waiting";
  return (
    <Section title={t("standing")}>
      <p className={css.standing}>{t(`standing.${data.standing}`, { who: format.list(data.decided_by) })}</p>
      {open && <Because because={data.because} />}
      {data.request_id && <A to={`/approvals/${data.request_id}`}>{t("standing.open")}</A>}
      {open && may && <AskApproval kind={kind} id={id} again={data.request_id !== null} />}
    </Section>
  );
}

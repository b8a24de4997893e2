import { useGet } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { Section } from "@/ui/Page";
import { AskApproval } from "./AskApproval";
import css from "./approvals.module.css";
import { useT } from "./useT";
import type { Kind } from "./words";

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
      {data.request_id && <A to={`/approvals/${data.request_id}`}>{t("standing.open")}</A>}
      {open && may && <AskApproval kind={kind} id={id} again={data.request_id !== null} />}
    </Section>
  );
}

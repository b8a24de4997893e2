import { useGet, useKeyset } from "@/api/hooks";
import { EmptyState } from "@/ui/states";
import { PagesBeside } from "../playbook/PagesBeside";
import type { Campaign } from "../words";
import { ApprovalTable } from "./ApprovalTable";
import css from "./approvals.module.css";
import { Needed } from "./Standing";
import { useT } from "./useT";
import type { Row } from "./words";

/** Everything of the campaign that somebody had to say yes to. */
export default function ApprovalsTab({ campaign }: { campaign: Campaign }) {
  const t = useT();
  const brief = useGet("/campaigns/{campaign_id}/brief", { path: { campaign_id: campaign.id } });
  const written = brief.data?.passages.some(({ text }) => text.trim());
  const there = [
    ...(campaign.budget.lines > 0 ? (["budget"] as const) : []),
    ...(campaign.goal ? (["goal"] as const) : []),
    ...(written ? (["brief"] as const) : []),
  ];
  const list = useKeyset<Row>("/approvals", { query: { campaign_id: campaign.id } }, { every: 10_000 });
  return (
    <div className={css.bounded}>
      {there.map((kind) => (
        <Needed key={kind} kind={kind} campaign={campaign.id} />
      ))}
      <ApprovalTable
        id="campaign-approvals"
        list={list}
        empty={<EmptyState picture="plan">{t("empty.campaign")}</EmptyState>}
      />
      <PagesBeside place="approval" />
    </div>
  );
}

import { useKeyset } from "@/api/hooks";
import { EmptyState } from "@/ui/states";
import { PagesBeside } from "../playbook/Matching";
import type { Campaign } from "../words";
import { ApprovalTable } from "./ApprovalTable";
import css from "./approvals.module.css";
import { useT } from "./useT";
import type { Row } from "./words";

/** Everything of the campaign that somebody had to say yes to. */
export default function ApprovalsTab({ campaign }: { campaign: Campaign }) {
  const t = useT();
  const list = useKeyset<Row>("/approvals", { query: { campaign_id: campaign.id } }, { every: 10_000 });
  return (
    <div className={css.bounded}>
      <ApprovalTable
        id="campaign-approvals"
        list={list}
        empty={<EmptyState picture="plan">{t("empty.campaign")}</EmptyState>}
      />
      <PagesBeside place="approval" />
    </div>
  );
}

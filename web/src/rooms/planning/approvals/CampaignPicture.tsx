import { useGet } from "@/api/hooks";
import { A } from "@/lib/links";
import { Facts, Section } from "@/ui/Page";
import { Money } from "@/ui/values";
import { useT as useBriefT } from "../briefs/useT";
import css from "./approvals.module.css";
import { useT } from "./useT";

const MOST = 6;

/** Why the campaign is done and what it costs: the begin of its brief unless that is read already, and its money. */
export function CampaignPicture({ campaign, brief: shown }: { campaign: string; brief: boolean }) {
  const t = useT();
  const briefT = useBriefT();
  const found = useGet("/campaigns/{campaign_id}", { path: { campaign_id: campaign } });
  const brief = useGet("/campaigns/{campaign_id}/brief", { path: { campaign_id: campaign } }, { enabled: shown });
  const said = (shown && brief.data?.passages.filter(({ text }) => text.trim()).slice(0, MOST)) || [];
  return (
    <>
      {said.length > 0 && (
        <Section
          title={t("request.brief")}
          action={<A to={`/campaigns/${campaign}?tab=brief`}>{t("request.brief.open")}</A>}
        >
          <Facts
            items={said.map(({ id, section, kind, text }) => [
              kind ? briefT(`kind.${kind}`) : briefT(section),
              <span key={id} className={css.passage}>
                {text}
              </span>,
            ])}
          />
        </Section>
      )}
      {found.data && (
        <Section title={t("request.money")}>
          <Facts
            items={[
              [t("request.money.planned"), <Money key="p" minor={found.data.budget.planned_minor} />],
              [t("request.money.spent"), <Money key="s" minor={found.data.budget.spent_minor} />],
            ]}
          />
        </Section>
      )}
    </>
  );
}

import { Button } from "@mantine/core";
import { IconPlus, IconPrinter } from "@tabler/icons-react";
import { useApi } from "@/api/hooks";
import { useLanguage } from "@/lib/i18n";
import { useMay } from "@/lib/workspace";
import { Comments } from "@/rooms/teamwork/Comments";
import { FollowButton } from "@/rooms/teamwork/FollowButton";
import { Presence } from "@/rooms/teamwork/Presence";
import { Section, ThingLayout } from "@/ui/Page";
import { Await } from "@/ui/states";
import { Standing } from "../approvals/Standing";
import { MatchingLessons } from "../playbook/Matching";
import { PagesBeside } from "../playbook/PagesBeside";
import type { Campaign } from "../words";
import { AudienceCard } from "./AudienceCard";
import css from "./briefs.module.css";
import { Kept } from "./Kept";
import { PassageField } from "./PassageField";
import { RemoveButton } from "./RemoveButton";
import { Similar } from "./Similar";
import { useBrief } from "./useBrief";
import type { Passage } from "./usePassage";
import { useT } from "./useT";

/** The brief: one page that says what the campaign is to do, written together. */
export default function BriefTab({ campaign }: { campaign: Campaign }) {
  const t = useT();
  const { url } = useApi();
  const { language } = useLanguage();
  const may = useMay("campaigns.write");
  const brief = useBrief(campaign.id);
  const thing = { kind: "brief", id: campaign.id } as const;
  return (
    <ThingLayout
      factsTitle={t("beside")}
      facts={
        <>
          <div className={css.together}>
            <Presence thing={thing} />
            <FollowButton thing={thing} />
          </div>
          <Button
            component="a"
            href={url(`/campaigns/${campaign.id}/brief.pdf?language=${language}`)}
            target="_blank"
            variant="default"
            leftSection={<IconPrinter size={16} />}
          >
            {t("print")}
          </Button>
          {brief.passages.some(({ text, audience_id }) => text || audience_id) && (
            <Standing kind="brief" id={campaign.id} />
          )}
          <MatchingLessons campaignId={campaign.id} />
          <Similar campaignId={campaign.id} />
          <PagesBeside place="brief" />
          <Kept campaignId={campaign.id} mayWrite={may} onRestore={brief.restore} />
        </>
      }
    >
      <Await query={brief.query} lines={10}>
        {() => <Sheet campaignId={campaign.id} brief={brief} readOnly={!may} />}
      </Await>
      <Section title={t("talk")}>
        <Comments thing={thing} />
      </Section>
    </ThingLayout>
  );
}

const singles = ["objective", "value_proposition", "call_to_action", "timing", "owned", "paid", "earned"] as const;
type Single = (typeof singles)[number];

function Sheet(props: { campaignId: string; brief: ReturnType<typeof useBrief>; readOnly: boolean }) {
  const { campaignId, brief, readOnly } = props;
  const t = useT();
  const single = (section: Single) => {
    const passage = brief.passages.find((one) => one.section === section);
    return (
      passage && (
        <PassageField
          key={section}
          campaignId={campaignId}
          passage={passage}
          label={t(section)}
          hint={t(`hint.${section}`)}
          readOnly={readOnly}
        />
      )
    );
  };
  const audiences = brief.list("audience");
  return (
    <div className={css.sheet}>
      {single("objective")}
      <div className={css.two}>
        {single("value_proposition")}
        {single("call_to_action")}
      </div>
      <Section
        title={t("audiences")}
        note={t("audiences.note")}
        action={
          !readOnly && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPlus size={14} />}
              onClick={() => brief.add({ section: "audience" })}
            >
              {t("audience.add")}
            </Button>
          )
        }
      >
        {audiences.map((audience) => (
          <AudienceCard
            key={audience.id}
            campaignId={campaignId}
            audience={audience}
            messages={brief.list("message", audience.id)}
            brief={brief}
            readOnly={readOnly}
          />
        ))}
      </Section>
      {single("timing")}
      <div className={css.three}>
        {single("owned")}
        {single("paid")}
        {single("earned")}
      </div>
      <div className={css.two}>
        <Items {...props} section="hypothesis" items={brief.list("hypothesis")} />
        <Items {...props} section="mandatory" items={brief.list("mandatory")} />
      </div>
    </div>
  );
}

interface ItemsProps {
  campaignId: string;
  brief: ReturnType<typeof useBrief>;
  readOnly: boolean;
  section: "hypothesis" | "mandatory";
  items: Passage[];
}

/** A list of short passages. */
function Items({ campaignId, brief, readOnly, section, items }: ItemsProps) {
  const t = useT();
  return (
    <section className={css.items} aria-label={t(section)}>
      <h3 className={css.label}>{t(section)}</h3>
      <ol>
        {items.map((item) => (
          <li key={item.id}>
            <PassageField
              campaignId={campaignId}
              passage={item}
              label={t(section)}
              quiet
              hint={t(`hint.${section}`)}
              readOnly={readOnly}
            />
            {!readOnly && <RemoveButton label={t("item.remove")} onRemove={() => brief.remove(item)} />}
          </li>
        ))}
      </ol>
      {!readOnly && (
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={<IconPlus size={14} />}
          onClick={() => brief.add({ section })}
        >
          {t(`add.${section}`)}
        </Button>
      )}
    </section>
  );
}

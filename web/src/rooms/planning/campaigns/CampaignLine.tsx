import { Button } from "@mantine/core";
import { IconCalendar } from "@tabler/icons-react";
import { useGet } from "@/api/hooks";
import { DayField } from "@/ui/DateField";
import { FormFoot } from "@/ui/Dialog";
import { Face } from "@/ui/values";
import { WordChoice, WordForm } from "../InlineWord";
import css from "../planning.module.css";
import { useT } from "../useT";
import { type Campaign, CampaignBadge, CategoryName, campaignTypes, categories, useDates } from "../words";
import type { useCampaign } from "./useCampaign";

/** The line under a campaign's name: state, what for, who, when; each can be changed where it stands. */
export function CampaignLine(props: { campaign: Campaign; thing: ReturnType<typeof useCampaign>; disabled: boolean }) {
  const { campaign, thing, disabled } = props;
  const t = useT();
  const dates = useDates();
  const members = useGet("/members", {}, { slow: true });
  const { draft, change } = thing;
  const people = (members.data ?? []).map((one) => ({ value: one.user_id, label: one.name }));
  const leader = people.find(({ value }) => value === draft.leader_id)?.label ?? campaign.leader?.name;
  return (
    <>
      <CampaignBadge state={campaign.state} />
      <WordChoice
        label={t("campaign.category")}
        value={draft.category}
        disabled={disabled}
        options={categories.map((value) => ({
          value,
          label: t(`category.${value}`),
          note: t(`category.${value}.meaning`),
        }))}
        onChange={(category) => change({ category }, true)}
      >
        <CategoryName category={draft.category} />
      </WordChoice>
      <WordChoice
        label={t("campaign.type")}
        value={draft.type}
        disabled={disabled}
        options={campaignTypes.map((value) => ({ value, label: t(`type.${value}`) }))}
        onChange={(type) => change({ type }, true)}
      >
        {t(`type.${draft.type}`)}
      </WordChoice>
      <WordChoice
        label={t("campaign.leader")}
        value={draft.leader_id ?? ""}
        disabled={disabled}
        options={[...people, { value: "", label: t("campaign.noLeader") }]}
        onChange={(id) => change({ leader_id: id || null }, true)}
      >
        {draft.leader_id && leader ? (
          <span className={css.withIcon}>
            <Face name={leader} size={20} /> {leader}
          </span>
        ) : (
          t("campaign.noLeader")
        )}
      </WordChoice>
      <WordForm
        label={t("campaign.dates")}
        disabled={disabled}
        form={(close) => (
          <>
            <DayField
              label={t("campaign.starts")}
              value={draft.starts_on}
              max={draft.ends_on ?? undefined}
              onChange={(starts_on) => change({ starts_on })}
            />
            <DayField
              label={t("campaign.ends")}
              value={draft.ends_on}
              min={draft.starts_on ?? undefined}
              onChange={(ends_on) => change({ ends_on })}
            />
            <FormFoot>
              <Button
                onClick={() => {
                  thing.flush();
                  close();
                }}
              >
                {t("done")}
              </Button>
            </FormFoot>
          </>
        )}
      >
        <span className={css.withIcon}>
          <IconCalendar size={15} stroke={1.7} /> {dates(draft.starts_on, draft.ends_on)}
        </span>
      </WordForm>
    </>
  );
}

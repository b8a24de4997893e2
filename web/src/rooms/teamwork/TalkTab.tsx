import { Section } from "@/ui/Page";
import { Activity } from "./Activity";
import { Comments } from "./Comments";
import { FollowButton } from "./FollowButton";
import { Presence } from "./Presence";
import css from "./TalkTab.module.css";
import type { Thing } from "./text";
import { useT } from "./useT";

/** The talk of a campaign: comments at the left, at the right who is here and what happened. */
export default function TalkTab({ campaign }: { campaign: { id: string } }) {
  const t = useT();
  const thing: Thing = { kind: "campaign", id: campaign.id };
  return (
    <div className={css.talk}>
      <Section
        title={t("comments")}
        action={
          <span className={css.talkTools}>
            <Presence thing={thing} />
            <FollowButton thing={thing} />
          </span>
        }
      >
        <Comments thing={thing} />
      </Section>
      <Section title={t("activity")}>
        <Activity campaignId={campaign.id} />
      </Section>
    </div>
  );
}

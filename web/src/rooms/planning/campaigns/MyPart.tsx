import { useT } from "../useT";
import { type Campaign, CampaignBadge, useDates } from "../words";
import css from "./MyPart.module.css";

/** Where a guest's campaign stands, when it is, and what the guest does in it. */
export default function MyPart({ campaign: { state, starts_on, ends_on, my_part } }: { campaign: Campaign }) {
  const t = useT();
  const dates = useDates();
  return (
    <small className={css.mine}>
      <CampaignBadge state={state} />
      {[dates(starts_on, ends_on), my_part && t("home.part", { part: my_part })].filter(Boolean).join(" · ")}
    </small>
  );
}

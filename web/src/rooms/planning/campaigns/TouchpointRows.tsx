import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { type CampaignReport, figureOf } from "@/rooms/insights/report";
import { Rate } from "@/ui/values";
import { channelIcons } from "../channelplan/words";
import { useT } from "../useT";
import { type Touchpoint, TouchpointBadge } from "../words";
import css from "./CampaignPage.module.css";

interface Props {
  touchpoints: Touchpoint[];
  report: CampaignReport | undefined;
  onAdd: (() => void) | undefined;
}

/** The contacts of a campaign with its audiences: what, to whom, when, and what came of it. */
export function TouchpointRows({ touchpoints, report, onAdd }: Props) {
  const t = useT();
  const format = useFormat();
  if (!touchpoints.length) {
    return (
      <div className={css.noTouch}>
        <p>{t("touchpoints.empty")}</p>
        {onAdd && (
          <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={onAdd}>
            {t("touchpoint.add")}
          </Button>
        )}
      </div>
    );
  }
  return (
    <ul className={css.touchpoints}>
      {touchpoints.map((touchpoint) => {
        const Icon = channelIcons[touchpoint.channel];
        const numbers = report?.touchpoints.find(({ id }) => id === touchpoint.id);
        const clicks = numbers && figureOf(numbers.figures, "click_rate");
        const sent = numbers && figureOf(numbers.figures, "sent");
        const at = touchpoint.launched_at ?? touchpoint.send_at;
        const when = touchpoint.done_on ? format.day(touchpoint.done_on) : at && format.dateTime(at);
        return (
          <li key={touchpoint.id}>
            <span className={css.channel}>
              <Icon size={18} stroke={1.6} />
            </span>
            <div className={css.what}>
              <A to={`/touchpoints/${touchpoint.id}`}>{touchpoint.name}</A>
              <small>
                {touchpoint.audience?.name ?? t("touchpoint.noAudience")}
                {` · ${when || t(touchpoint.sent_here ? "touchpoint.atLaunch" : "touchpoint.noDay")}`}
              </small>
            </div>
            {touchpoint.launched_at && sent && (
              <div className={css.figures}>
                <span>
                  {sent.value === null ? "–" : format.number(sent.value)} <small>{t("touchpoint.sent")}</small>
                </span>
                {clicks?.value !== null && clicks !== undefined && (
                  <span>
                    <Rate share={clicks.value} /> <small>{t("touchpoint.clicked")}</small>
                  </span>
                )}
              </div>
            )}
            <TouchpointBadge touchpoint={touchpoint} />
          </li>
        );
      })}
    </ul>
  );
}

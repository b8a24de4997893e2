import { WordChoice } from "../InlineWord";
import css from "../planning.module.css";
import type { useTouchpoint } from "../touchpoints/useTouchpoint";
import { useT } from "./useT";
import { channelIcons, channels } from "./words";

/** The channel of a touchpoint, changed where it stands while it is a draft. */
export function ChannelWord({ thing, disabled }: { thing: ReturnType<typeof useTouchpoint>; disabled: boolean }) {
  const t = useT();
  const { channel } = thing.draft;
  const Icon = channelIcons[channel];
  return (
    <WordChoice
      label={t("contact.channel")}
      disabled={disabled}
      value={channel}
      options={channels.map((value) => ({
        value,
        label: t(`channel.${value}`),
        note: value === "email" ? t("sentHere") : t("sentElsewhere"),
      }))}
      onChange={(next) => thing.change({ channel: next }, true)}
    >
      <span className={css.withIcon}>
        <Icon size={15} stroke={1.7} />
        {t(`channel.${channel}`)}
      </span>
    </WordChoice>
  );
}

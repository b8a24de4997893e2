import type { Shape } from "@/api/schema";
import { deviceOf } from "@/lib/device";
import { SettingsItem, SettingsList } from "@/ui/SettingsList";
import { StateBadge, type Tone } from "@/ui/StateBadge";
import { When } from "@/ui/values";
import { useT } from "../useT";

type Line = Shape<"LogLine">;
const tones: Record<Line["kind"], Tone> = {
  signed_in: "good",
  sign_in_refused: "look",
  sign_in_limited: "bad",
  password_changed: "quiet",
  password_reset: "look",
  request_denied: "look",
};

/** Lines of the account log. `named`: of several people, so each says whose it is. */
export function LogList({ lines, label, named }: { lines: Line[]; label: string; named?: boolean }) {
  const t = useT();
  return (
    <SettingsList label={label}>
      {lines.map((line) => {
        const { browser, system } = deviceOf(line.user_agent);
        const device = browser && system ? t("sessions.device", { browser, system }) : "";
        const from = [device, line.ip].filter(Boolean).join(" · ");
        const about = line.kind === "request_denied" ? ` (${line.detail})` : "";
        return (
          <SettingsItem
            key={line.id}
            name={named ? (line.by_key ? t("log.key", { name: line.who }) : line.who) : t(`log.${line.kind}`) + about}
            note={
              <>
                {named && `${t(`log.${line.kind}`)}${about} · `}
                <When at={line.at} />
                {from && ` · ${from}`}
              </>
            }
          >
            {(named || line.count > 1) && (
              <StateBadge tone={tones[line.kind]} plain>
                {named && t(`log.short.${line.kind}`)}
                {line.count > 1 && ` ${t("log.times", { count: line.count })}`}
              </StateBadge>
            )}
          </SettingsItem>
        );
      })}
    </SettingsList>
  );
}

import { Button } from "@mantine/core";
import {
  IconBolt,
  IconCircleOff,
  IconClick,
  IconMail,
  IconMailExclamation,
  IconMailOff,
  IconMailOpened,
  IconRobot,
  IconShieldCheck,
  IconUserPlus,
  IconUsersGroup,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useKeyset } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { useNamed } from "@/lib/i18n";
import { A } from "@/lib/links";
import type { Icon } from "@/lib/rooms";
import { dotted } from "@/lib/text";
import { Section } from "@/ui/Page";
import { StateBadge } from "@/ui/StateBadge";
import { ErrorState, SkeletonLines } from "@/ui/states";
import { useT } from "../useT";
import { sayChannel } from "./Consent";
import css from "./person.module.css";
import type { Happening } from "./types";

/** Everything that happened with a person, the newest first, by day. */
export function Timeline({ person }: { person: number }) {
  const t = useT();
  const format = useFormat();
  const list = useKeyset<Happening>("/people/{person_id}/timeline", { path: { person_id: person } }, { limit: 50 });
  const days: { day: string; lines: Happening[] }[] = [];
  for (const line of list.rows) {
    const day = format.date(line.at);
    const last = days.at(-1);
    if (last?.day === day) last.lines.push(line);
    else days.push({ day, lines: [line] });
  }
  return (
    <Section title={t("timeline.title")}>
      {list.state === "loading" && <SkeletonLines lines={8} />}
      {list.state === "failed" && <ErrorState inline error={list.error} onRetry={list.retry} />}
      {days.map(({ day, lines }) => (
        <section key={day} className={css.dayOf}>
          <h3>{day}</h3>
          <ol className={css.timeline}>
            {lines.map((line) => (
              <Line key={`${line.kind} ${line.id}`} line={line} />
            ))}
          </ol>
        </section>
      ))}
      {list.more && (
        <div>
          <Button variant="default" loading={list.loadingMore} onClick={list.loadMore}>
            {t("timeline.more")}
          </Button>
        </div>
      )}
    </Section>
  );
}

function Line({ line }: { line: Happening }) {
  const format = useFormat();
  const say = useLine();
  const { icon: Icon, words, note, quiet, badge } = say(line);
  return (
    <li data-quiet={quiet || undefined}>
      <span className={css.mark}>
        <Icon size={16} stroke={1.7} />
      </span>
      <div className={css.words}>
        <p>
          {words} {badge}
        </p>
        {note && <p className={css.muted}>{note}</p>}
      </div>
      <time dateTime={line.at} title={format.exact(line.at)}>
        {format.time(line.at)}
      </time>
    </li>
  );
}

interface Said {
  icon: Icon;
  words: ReactNode;
  note?: ReactNode;
  quiet?: boolean;
  badge?: ReactNode;
}

const states = ["accepted", "rejected", "unknown", "withheld"] as const;
const messageIcons = {
  accepted: IconMail,
  rejected: IconMailExclamation,
  unknown: IconMailExclamation,
  withheld: IconMailOff,
};
const sources = ["import", "form", "preference_page", "one_click", "api", "member", "complaint"] as const;

/** A line of the timeline in words. */
function useLine(): (line: Happening) => Said {
  const t = useT();
  const format = useFormat();
  const named = useNamed("reason");
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  const sayReason = (reason: string) => reason && (named(reason) ?? reason.replaceAll("_", " "));
  return ({ kind, name, details }) => {
    switch (kind) {
      case "event": {
        const amount =
          typeof details.amount_minor === "number"
            ? format.money(details.amount_minor, text(details.currency) || undefined)
            : "";
        const properties = Object.entries((details.properties ?? {}) as Record<string, unknown>)
          .slice(0, 6)
          .map(([key, value]) => `${key}: ${typeof value === "object" ? JSON.stringify(value) : String(value)}`);
        return {
          icon: IconBolt,
          words: <strong>{name}</strong>,
          badge: amount && <span className="g-num">{amount}</span>,
          note: properties.join(" · "),
        };
      }
      case "message": {
        const state = states.find((one) => one === name) ?? "unknown";
        const campaign = text(details.campaign_id);
        return {
          icon: messageIcons[state],
          words: t(`timeline.message.${state}`, { channel: sayChannel(t, text(details.channel)) }),
          badge: campaign && <A to={`/campaigns/${campaign}`}>{text(details.campaign) || t("timeline.campaign")}</A>,
          note: dotted([text(details.address), sayReason(text(details.reason))]),
          quiet: state === "withheld",
        };
      }
      case "hit": {
        const machine = details.verdict !== "human";
        return {
          icon: machine ? IconRobot : name === "click" ? IconClick : IconMailOpened,
          words: t(name === "click" ? "timeline.click" : "timeline.open"),
          badge: machine && (
            <StateBadge tone="quiet" icon={IconRobot}>
              {t(details.verdict === "machine" ? "timeline.machine" : "timeline.likelyMachine", {
                rule: text(details.rule).replaceAll("_", " "),
              })}
            </StateBadge>
          ),
          note: text(details.label) || text(details.url),
          quiet: machine,
        };
      }
      case "consent": {
        const given = name === "granted";
        const source = sources.find((one) => one === details.source);
        const channel = text(details.channel);
        return {
          icon: given ? IconShieldCheck : IconCircleOff,
          words:
            channel === "tracking"
              ? t(given ? "timeline.measured" : "timeline.unmeasured")
              : t(given ? "timeline.granted" : name === "expired" ? "timeline.expired" : "timeline.withdrawn", {
                  topic: text(details.topic),
                  channel: sayChannel(t, channel),
                }),
          note: source && t(`source.${source}`),
        };
      }
      case "audience": {
        const { cause } = details;
        return {
          icon: IconUsersGroup,
          words: t.rich(details.entered ? "timeline.entered" : "timeline.left", {
            name,
            a: (words) => <A to={`/audiences/${text(details.audience_id)}`}>{words}</A>,
          }),
          note: cause === "time" || cause === "rule" ? t(`timeline.cause.${cause}`) : undefined,
        };
      }
      default:
        return { icon: IconUserPlus, words: t("timeline.created") };
    }
  };
}

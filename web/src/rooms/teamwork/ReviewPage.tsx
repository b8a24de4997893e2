import { ActionIcon, Button } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconPresentation } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { type ComponentType, useMemo, useState } from "react";
import { useFormat } from "@/lib/format";
import { roomWords, useWords } from "@/lib/i18n";
import { useShortcut } from "@/lib/keys";
import { A } from "@/lib/links";
import { type ReviewKind, type ReviewProps, useRooms } from "@/lib/rooms";
import { useDayParam } from "@/lib/url";
import { useWorkspaceSettings } from "@/lib/workspace";
import { later } from "@/ui/later";
import { Page, Section } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { EmptyState, SkeletonLines } from "@/ui/states";
import { periodOf, quarterOf, stepped, todayIn, weekOf } from "./dates";
import { Meeting } from "./Meeting";
import css from "./ReviewPage.module.css";
import { useT } from "./useT";

export interface Part {
  id: string;
  label: string;
  Show: ComponentType<ReviewProps>;
}

/** The parts of a review that rooms bring, for who may see them. Their code is loaded when they are shown. */
function useParts(kind: ReviewKind): Part[] {
  const rooms = useRooms();
  const { permissions } = useWorkspaceSettings();
  return useMemo(
    () =>
      rooms
        .flatMap(({ name, reviews }) => (reviews ?? []).map((one) => ({ ...one, room: name })))
        .filter(({ kinds, permission }) => kinds.includes(kind) && (!permission || permissions.has(permission)))
        .sort((a, b) => a.order - b.order)
        .map(({ id, label, load, room }) => {
          const whole = () => Promise.all([load(), roomWords([room])]).then(([part]) => part);
          return { id, label, Show: later(whole, () => <SkeletonLines lines={4} />) };
        }),
    [rooms, permissions, kind],
  );
}

/** The weekly and the quarterly review: ready-made pages of what the rooms know, and the same for a meeting. */
export default function ReviewPage() {
  const t = useT();
  const words = useWords();
  const format = useFormat();
  const params = useParams({ strict: false }) as { kind?: string };
  const kind: ReviewKind = params.kind === "quarter" ? "quarter" : "week";
  const { timezone } = useWorkspaceSettings();
  const today = todayIn(timezone);
  const [day, setDay] = useDayParam("on", today);
  const [meeting, setMeeting] = useState(false);
  const { from, to } = periodOf(kind, day);
  const parts = useParts(kind);
  const name =
    kind === "week"
      ? t("review.week", { week: weekOf(day), year: from.slice(0, 4) })
      : t("review.quarter", { quarter: quarterOf(day), year: from.slice(0, 4) });
  const span = `${format.day(from)} – ${format.day(to)}`;
  useShortcut("m", t("review.meeting"), t("review.keys"), () => setMeeting(true), !meeting && parts.length > 0);
  const shown = { kind, from, to };
  return (
    <Page>
      <PageHead
        title={name}
        meaning={span}
        action={
          parts.length > 0 && (
            <Button leftSection={<IconPresentation size={16} />} onClick={() => setMeeting(true)}>
              {t("review.meeting")}
            </Button>
          )
        }
      />
      <nav className={css.reviewNav} aria-label={t("review.keys")}>
        <span className={css.kinds}>
          <A to="/review/week" aria-current={kind === "week" ? "page" : undefined}>
            {t("review.weekly")}
          </A>
          <A to="/review/quarter" aria-current={kind === "quarter" ? "page" : undefined}>
            {t("review.quarterly")}
          </A>
        </span>
        <ActionIcon
          size={30}
          variant="default"
          aria-label={t("review.before")}
          title={t("review.before")}
          onClick={() => setDay(stepped(kind, day, -1))}
        >
          <IconChevronLeft size={16} />
        </ActionIcon>
        <ActionIcon
          size={30}
          variant="default"
          aria-label={t("review.after")}
          title={t("review.after")}
          disabled={to >= today}
          onClick={() => setDay(stepped(kind, day, 1))}
        >
          <IconChevronRight size={16} />
        </ActionIcon>
      </nav>
      {parts.length === 0 && <EmptyState picture="chart">{t("review.none")}</EmptyState>}
      {parts.map(({ id, label, Show }) => (
        <Section key={id} title={words(label)}>
          <Show {...shown} meeting={false} />
        </Section>
      ))}
      {meeting && <Meeting parts={parts} title={name} span={span} shown={shown} onClose={() => setMeeting(false)} />}
    </Page>
  );
}

import {
  IconAlertTriangle,
  IconBan,
  IconCircle,
  IconCircleCheck,
  IconEye,
  IconPackage,
  IconProgress,
  IconRoute,
  IconSquareRotated,
} from "@tabler/icons-react";
import { locales, useLanguage } from "@/lib/i18n";
import { keep } from "@/lib/keep";
import { ended, type TaskKind, type TaskRow, type TaskState } from "./model";
import { useT } from "./useT";
import css from "./words.module.css";

export const stateIcons = {
  todo: IconCircle,
  doing: IconProgress,
  review: IconEye,
  done: IconCircleCheck,
  cancelled: IconBan,
} satisfies Record<TaskState, unknown>;

/** What kind of line it is, where that is not the usual one. */
export function KindIcon({ kind }: { kind: TaskKind }) {
  const t = useT();
  if (kind === "task") return null;
  const Icon = kind === "milestone" ? IconSquareRotated : IconPackage;
  return <Icon size={14} stroke={1.8} aria-label={t(`kind.${kind}`)} className={css.kind} data-kind />;
}

/** Late, overdue or critical, in this order of weight: icon and word. */
export function Warning({ task, today }: { task: TaskRow; today: string }) {
  const t = useT();
  if (task.group || ended(task.state)) return null;
  if (task.late_days > 0) {
    return (
      <span className={css.warning} data-late>
        <IconAlertTriangle size={13} /> {t("late", { count: task.late_days })}
      </span>
    );
  }
  if (task.ends_on < today) {
    return (
      <span className={css.warning} data-late>
        <IconAlertTriangle size={13} /> {t("overdue")}
      </span>
    );
  }
  if (task.critical) {
    return (
      <span className={css.warning} data-critical>
        <IconRoute size={13} /> {t("critical")}
      </span>
    );
  }
  return null;
}

function makeDays(locale: string) {
  const short = new Intl.DateTimeFormat(locale, { timeZone: "UTC", day: "numeric", month: "short" });
  const long = new Intl.DateTimeFormat(locale, { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" });
  const year = String(new Date().getFullYear());
  const at = (iso: string) => new Date(`${iso}T00:00:00Z`);
  const day = (iso: string) => (iso.startsWith(year) ? short : long).format(at(iso));
  return {
    day,
    /** Without its year, where a head above names it. */
    short: (iso: string) => short.format(at(iso)),
    span: (first: string, last: string) =>
      first === last ? day(first) : (last.startsWith(year) ? short : long).formatRange(at(first), at(last)),
  };
}

/** "4 Mar" as `day`, "4 – 8 Mar" as `span`; the year only where it is another one. */
export function useDays() {
  const { language } = useLanguage();
  const locale = locales[language];
  return keep(`days ${locale}`, () => makeDays(locale));
}

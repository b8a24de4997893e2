import {
  IconAlertTriangle,
  IconCircle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClock,
  IconPlayerPause,
  IconProgress,
} from "@tabler/icons-react";
import type { ComponentType, ReactNode } from "react";
import css from "./bits.module.css";

/** What a state means to the reader; colour follows meaning, and icon and word always stand beside it. */
export type Tone = "good" | "look" | "bad" | "busy" | "waiting" | "paused" | "quiet" | "draft";

const icons: Record<Tone, ComponentType<{ size?: number; stroke?: number }>> = {
  good: IconCircleCheck,
  look: IconAlertTriangle,
  bad: IconCircleX,
  busy: IconProgress,
  waiting: IconClock,
  paused: IconPlayerPause,
  quiet: IconCircle,
  draft: IconCircleDashed,
};

interface Props {
  tone: Tone;
  children: ReactNode;
  icon?: ComponentType<{ size?: number; stroke?: number }>;
  /** Without the tinted ground: for table cells. */
  plain?: boolean;
}

/** A state: icon and word. */
export function StateBadge({ tone, children, icon, plain }: Props) {
  const Icon = icon ?? icons[tone];
  return (
    <span className={css.badge} data-tone={tone} data-plain={plain || undefined}>
      <Icon size={14} stroke={2} />
      {children}
    </span>
  );
}

/** A short label without a meaning of good or bad: a tag, a kind. */
export function Tag({
  children,
  onRemove,
  removeLabel,
}: {
  children: ReactNode;
  onRemove?: () => void;
  removeLabel?: string;
}) {
  return (
    <span className={css.tag}>
      {children}
      {onRemove && (
        <button type="button" onClick={onRemove} aria-label={removeLabel}>
          ×
        </button>
      )}
    </span>
  );
}

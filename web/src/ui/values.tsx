import type { ReactNode } from "react";
import { useFormat } from "@/lib/format";
import css from "./bits.module.css";
import { useT } from "./useT";

/** "–" with the reason on hover and for screen readers: an unknown number is never 0. */
export function Unknown({ why }: { why: string }) {
  return (
    <span className={css.unknown} role="img" aria-label={why} title={why}>
      –
    </span>
  );
}

interface Missing {
  /** Why there is no value, when there is none. */
  why?: string;
}

/** A number by locale: "64,000". */
export function Num({ value, digits, why }: { value: number | null | undefined; digits?: number } & Missing) {
  const format = useFormat();
  const t = useT();
  if (value === null || value === undefined) return <Unknown why={why ?? t("unknown")} />;
  return <span className="g-num">{format.number(value, digits)}</span>;
}

/** Minor units of a currency (the workspace's by default): "€12.50". */
export function Money({ minor, currency, why }: { minor: number | null | undefined; currency?: string } & Missing) {
  const format = useFormat();
  const t = useT();
  if (minor === null || minor === undefined) return <Unknown why={why ?? t("unknown")} />;
  return <span className="g-num">{format.money(minor, currency)}</span>;
}

/** A rate with its base: "18.3 % of 21,307". `share` is a part of one. */
export function Rate({ share, of, why }: { share: number | null | undefined; of?: number } & Missing) {
  const format = useFormat();
  const t = useT();
  if (share === null || share === undefined) return <Unknown why={why ?? t("unknown")} />;
  return (
    <span className="g-num">
      {format.percent(share)}
      {of !== undefined && <span className={css.muted}> {t("ofBase", { base: format.number(of) })}</span>}
    </span>
  );
}

/** An instant: "3 minutes ago" under a day, else "Tue 24 Nov, 09:30" in the workspace's zone; exact on hover. */
export function When({ at, absolute, why }: { at: string | null | undefined; absolute?: boolean } & Missing) {
  const format = useFormat();
  const t = useT();
  if (!at) return <Unknown why={why ?? t("never")} />;
  return (
    <time dateTime={at} title={format.exact(at)}>
      {absolute ? format.dateTime(at) : format.when(at)}
    </time>
  );
}

/** A calendar day without a time: "24 Nov 2026". */
export function Day({ on, why }: { on: string | null | undefined } & Missing) {
  const format = useFormat();
  const t = useT();
  if (!on) return <Unknown why={why ?? t("unknown")} />;
  return <time dateTime={on}>{format.day(on)}</time>;
}

/** The first letters of a name, in a circle; decoration beside the name. */
export function Face({ name, size = 24 }: { name: string; size?: number }) {
  const letters = name
    .split(/[\s@.]+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((part) => part[0]?.toUpperCase())
    .join("");
  return (
    <span
      className={css.face}
      style={{ width: size, height: size, fontSize: size * 0.4 }}
      data-letters={letters}
      aria-hidden="true"
    />
  );
}

/** A name in running words: whichever way it is written, what follows stays behind it. */
export function Name({ children }: { children: ReactNode }) {
  return <bdi>{children}</bdi>;
}

/** A face and a name. */
export function Someone({ name, note }: { name: string; note?: ReactNode }) {
  return (
    <span className={css.person}>
      <Face name={name} />
      <span>
        <Name>{name}</Name>
        {note && <span className={css.muted}> {note}</span>}
      </span>
    </span>
  );
}

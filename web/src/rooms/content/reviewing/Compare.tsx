import { SegmentedControl, Select } from "@mantine/core";
import { useMemo, useState } from "react";
import { useGet } from "@/api/hooks";
import { useParam } from "@/lib/url";
import { Await } from "@/ui/states";
import css from "./Compare.module.css";
import { compareLines } from "./lines";
import { Proof, type Version } from "./Proof";
import { useT } from "./useT";
import type { Review } from "./words";

/** Two versions side by side: as they look, or line by line as they are written. */
export function Compare({ review }: { review: Review }) {
  const t = useT();
  const newest = review.version;
  const handedIn = review.steps.flatMap(({ version }) => (version && version < newest ? [version] : []));
  const [before, setBefore] = useState(handedIn.at(-1) ?? Math.max(1, newest - 1));
  const [after, setAfter] = useState(newest);
  const [way, setWay] = useParam("way", "look");
  const path = (number: number) => ({ path: { review_id: review.id, number } });
  const one = useGet("/content-reviews/{review_id}/versions/{number}", path(before));
  const other = useGet("/content-reviews/{review_id}/versions/{number}", path(after));
  const versions = review.versions.map(({ number }) => ({ value: String(number), label: t("version", { number }) }));
  return (
    <section className={css.compare}>
      <div className={css.tools}>
        <Select
          size="xs"
          aria-label={t("compare.before")}
          data={versions}
          allowDeselect={false}
          value={String(before)}
          onChange={(value) => value && setBefore(Number(value))}
        />
        <Select
          size="xs"
          aria-label={t("compare.after")}
          data={versions}
          allowDeselect={false}
          value={String(after)}
          onChange={(value) => value && setAfter(Number(value))}
        />
        <SegmentedControl
          size="xs"
          aria-label={t("compare.way")}
          value={way}
          onChange={setWay}
          data={(["look", "source"] as const).map((value) => ({ value, label: t(`compare.${value}`) }))}
        />
      </div>
      <Await query={one} lines={8}>
        {(first) => (
          <Await query={other} lines={8}>
            {(second) =>
              way === "source" ? <Sources before={first} after={second} /> : <Looks versions={[first, second]} />
            }
          </Await>
        )}
      </Await>
    </section>
  );
}

function Looks({ versions }: { versions: [Version, Version] }) {
  const t = useT();
  return (
    // Both at their full height in one box, so that they scroll together.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
    <section className={css.looks} tabIndex={0} aria-label={t("compare.look")}>
      {versions.map((version, at) => (
        <div key={at}>
          <p className={css.subject}>
            <small>{t("version", { number: version.number })}</small>
            <strong>{version.subject}</strong>
          </p>
          <Proof key={version.number} version={version} device="desktop" />
        </div>
      ))}
    </section>
  );
}

function Sources({ before, after }: { before: Version; after: Version }) {
  const t = useT();
  const lines = useMemo(
    () =>
      compareLines(
        `${before.subject}\n${before.preheader}\n${before.source}`,
        `${after.subject}\n${after.preheader}\n${after.source}`,
      ),
    [before, after],
  );
  const changed = lines.filter(({ kind }) => kind !== "same").length;
  return (
    <>
      <p className={css.count} role="status">
        {t("compare.count", { count: changed })}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
      <pre className={css.lines} tabIndex={0}>
        {lines.map(({ kind, text }, at) => (
          <span key={at} data-kind={kind}>
            <i aria-hidden="true">{kind === "gone" ? "−" : kind === "new" ? "+" : " "}</i>
            {kind === "gone" ? <del>{text}</del> : kind === "new" ? <ins>{text}</ins> : text}
            {"\n"}
          </span>
        ))}
      </pre>
    </>
  );
}

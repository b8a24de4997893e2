import { useEffect } from "react";
import { useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { useMay } from "@/lib/workspace";
import { StateBadge } from "@/ui/StateBadge";
import { SkeletonLines } from "@/ui/states";
import css from "./Checks.module.css";
import type { Asked } from "./draft";
import shared from "./editor.module.css";
import { useFaultWords } from "./faults";
import { useT } from "./useT";

interface Props {
  check: Shape<"TemplateCheck"> | undefined;
  /** Fields that the person of the preview has nothing in. */
  gaps: string[];
  source: Asked;
  /** Shows a line of the source; none where it is not on screen. */
  onGo?: (line: number) => void;
}

/** What is wrong, what people's data leaves empty, where the links lead, how large it is. */
export function Checks({ check, gaps, source, onGo }: Props) {
  const t = useT();
  const format = useFormat();
  const may = useMay("people.read");
  const say = useFaultWords();
  const find = useSend("post", "/templates/gaps", { asks: true });
  const { mutate } = find;
  const sendable = check?.sendable ?? false;
  useEffect(() => {
    if (sendable && may) mutate({ body: source as never });
  }, [sendable, may, source, mutate]);
  if (!check) return <SkeletonLines lines={6} />;
  return (
    <div className={css.checks}>
      <p role="status">
        {check.sendable ? (
          <StateBadge tone="good">{t("checks.sendable")}</StateBadge>
        ) : (
          <StateBadge tone="bad">{t("checks.wrong")}</StateBadge>
        )}
      </p>
      {check.problems.length > 0 && (
        <ul className={shared.problems}>
          {check.problems.map((problem) => (
            <li key={`${problem.code}${problem.part}${problem.line}${problem.sentence}`}>
              <StateBadge plain tone={problem.level === "error" ? "bad" : "look"}>
                {t(problem.level === "error" ? "checks.error" : "checks.warning")}
              </StateBadge>
              <span>
                {say(problem)}
                {onGo && problem.line !== null && problem.part === "body" && (
                  <button type="button" className={css.go} onClick={() => onGo(problem.line as number)}>
                    {t("checks.line", { line: problem.line })}
                  </button>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      {(find.data?.length ?? 0) > 0 && (
        <section>
          <h3>{t("checks.gaps")}</h3>
          <ul className={shared.plain}>
            {find.data?.map(({ field, missing, people }) => (
              <li key={field}>
                <code>{field}</code>
                <span>{t("checks.gap", { missing: format.number(missing), people: format.number(people) })}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {gaps.length > 0 && <p className={shared.muted}>{t("checks.person", { fields: gaps.join(", ") })}</p>}
      <section>
        <h3>{t("checks.links", { count: check.links.length })}</h3>
        <ol className={shared.links}>
          {check.links.map(({ number, destination, label }) => (
            <li key={number}>
              <span>{label || t("checks.unnamed")}</span>
              <code>{destination}</code>
            </li>
          ))}
        </ol>
      </section>
      <p className={shared.muted}>{t("checks.size", { size: format.number(check.html_bytes / 1000, 1) })}</p>
    </div>
  );
}

import { ActionIcon } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { Facts } from "@/ui/Page";
import { StateBadge } from "@/ui/StateBadge";
import { Unknown } from "@/ui/values";
import { useT } from "../useT";
import css from "./library.module.css";

type Definition = Shape<"AudienceDefinition">;

/** One audience as the manual has it. */
export function Entry({ entry, rule, onEdit }: { entry: Definition; rule: string; onEdit?: () => void }) {
  const t = useT();
  const format = useFormat();
  const { overdue } = entry;
  const questions = (["problem", "frustration", "pays", "evidence"] as const).filter((key) => entry[key]);
  return (
    <article className={css.entry} aria-labelledby={entry.id}>
      <header>
        <h3 id={entry.id}>
          <A to={`/audiences/${entry.id}`}>{entry.name}</A>
        </h3>
        {overdue && (
          <StateBadge tone="look" plain>
            {t("library.overdue", { on: format.day(entry.due_on) })}
          </StateBadge>
        )}
        {onEdit && (
          <ActionIcon
            variant="subtle"
            color="gray"
            className="g-no-print"
            aria-label={`${t("library.edit")}: ${entry.name}`}
            title={t("library.edit")}
            onClick={onEdit}
          >
            <IconPencil size={16} />
          </ActionIcon>
        )}
      </header>
      {entry.description && <p>{entry.description}</p>}
      {entry.kind === "segment" && <p className={css.muted}>{rule}</p>}
      {questions.length > 0 && (
        <dl className={css.questions}>
          {questions.map((key) => (
            <div key={key}>
              <dt>{t(`library.${key}`)}</dt>
              <dd>{entry[key]}</dd>
            </div>
          ))}
        </dl>
      )}
      <Facts
        items={[
          [
            t("library.size"),
            entry.size === null ? <Unknown why={t("library.size.why")} /> : format.number(entry.size),
          ],
          [t("library.owner"), entry.owner?.name ?? t("library.owner.none")],
          ...(entry.source ? [[t("library.source"), entry.source] as [string, string]] : []),
          [t("library.uses"), t("library.uses.count", { count: entry.uses })],
        ]}
      />
      <p className={css.muted}>
        {entry.reviewed_on && `${t("library.reviewed", { on: format.day(entry.reviewed_on) })} · `}
        {!overdue && t("library.due", { on: format.day(entry.due_on) })}
      </p>
    </article>
  );
}

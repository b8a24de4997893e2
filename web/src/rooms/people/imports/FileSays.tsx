import { Button, Select } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useFormat } from "@/lib/format";
import { Section } from "@/ui/Page";
import { useT } from "../useT";
import css from "./FileSays.module.css";
import shared from "./imports.module.css";
import { consentColumn, undecided } from "./plan";
import type { Answer, ColumnPlan, DetectedColumn, Plan } from "./types";

const answers: Answer[] = ["granted", "open", "refused", "bounced", "blocked"];

interface Props {
  plan: Plan;
  detected: DetectedColumn[];
  channel: string;
  onPlan: (plan: Plan) => void;
}

/** What columns of the file say about permission: every text with its count and what it is taken for. */
export function FileSays({ plan, detected, channel, onPlan }: Props) {
  const t = useT();
  const format = useFormat();
  const asked = undecided(plan, detected, channel);
  const taken = detected.filter(
    ({ index, consent }) => consent && plan.columns.some(({ column, to }) => column === index && to === "consent"),
  );
  if (!asked.length && !taken.length) return null;
  const change = (index: number, next: (one: ColumnPlan) => ColumnPlan) =>
    onPlan({ ...plan, columns: plan.columns.map((one) => (one.column === index ? next(one) : one)) });
  const say = ({ consent }: DetectedColumn) =>
    format.list(
      (consent?.meanings ?? [])
        .slice(0, 4)
        .map(({ text, count }) => t("import.says.text", { text: text || t("import.says.empty"), count })),
    );
  return (
    <Section title={t("import.says.title")} note={t("import.says.note")}>
      {asked.map((column) => (
        <div key={column.index} className={css.ask} role="alert">
          <p>
            <IconAlertTriangle size={16} />
            <span>{t("import.says.asked", { column: column.name, texts: say(column) })}</span>
          </p>
          <Button size="xs" onClick={() => change(column.index, () => consentColumn(column))}>
            {t("import.says.take")}
          </Button>
          <Button
            size="xs"
            variant="default"
            onClick={() => change(column.index, (one) => ({ ...one, no_consent: true }))}
          >
            {t("import.says.not")}
          </Button>
        </div>
      ))}
      {taken.map((column) => {
        const chosen = plan.columns.find((one) => one.column === column.index)?.answers ?? {};
        return (
          <div key={column.index} className={css.says}>
            <strong>{column.name}</strong>
            <ul>
              {column.consent?.meanings.map(({ text, count, sure }) => (
                <li key={text}>
                  <span>{t("import.says.text", { text: text || t("import.says.empty"), count })}</span>
                  <Select
                    size="xs"
                    aria-label={t("import.says.means", { column: column.name, text: text || t("import.says.empty") })}
                    allowDeselect={false}
                    value={chosen[text] ?? "open"}
                    data={answers.map((value) => ({ value, label: t(`answer.${value}`) }))}
                    onChange={(value) =>
                      value &&
                      change(column.index, (one) => ({ ...one, answers: { ...chosen, [text]: value as Answer } }))
                    }
                  />
                  {!sure && <span className={shared.note}>{t("import.says.unsure")}</span>}
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </Section>
  );
}

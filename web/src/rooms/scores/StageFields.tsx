import { ActionIcon, Button, Checkbox, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { PersonPicker } from "@/rooms/teamwork/PersonPicker";
import { NumberField } from "@/ui/numbers";
import { newStage, type StageDraft, stageFault } from "./draft";
import css from "./editor.module.css";
import shared from "./scores.module.css";
import { useT } from "./useT";

const MOST = 8;

/** The stages, the lowest first: from how many points, and what happens to who rises into them. */
export function StageFields({ stages, onChange }: { stages: StageDraft[]; onChange: (stages: StageDraft[]) => void }) {
  const t = useT();
  const set = (id: string, change: Partial<StageDraft>) =>
    onChange(stages.map((one) => (one.id === id ? { ...one, ...change } : one)));
  return (
    <>
      <ol className={css.stageFields}>
        {stages.map((stage, index) => {
          const fault = stageFault(stages, index);
          const number = index + 1;
          return (
            <li key={stage.id} className={css.stageField}>
              <TextInput
                label={t("stage.name", { number })}
                maxLength={100}
                value={stage.name}
                error={fault === "unnamed" || fault === "twice" ? t(`stage.${fault}`) : undefined}
                onChange={({ currentTarget }) => set(stage.id, { name: currentTarget.value })}
              />
              {index === 0 ? (
                <p className={shared.muted}>{t("stage.first")}</p>
              ) : (
                <NumberField
                  label={t("stage.from", { number })}
                  value={stage.at_least}
                  min={-100_000}
                  max={100_000}
                  error={fault === "order" ? t("stage.order") : undefined}
                  onChange={(at_least) => set(stage.id, { at_least })}
                />
              )}
              {index > 0 && (
                <>
                  <PersonPicker
                    label={t("stage.tell", { number })}
                    value={stage.tell}
                    guests={false}
                    onChange={(tell) => set(stage.id, { tell })}
                  />
                  <Checkbox
                    label={t("stage.event")}
                    checked={stage.raise_event}
                    onChange={({ currentTarget }) => set(stage.id, { raise_event: currentTarget.checked })}
                  />
                </>
              )}
              {stages.length > 1 && (
                <ActionIcon
                  aria-label={t("stage.remove", { number })}
                  title={t("stage.remove", { number })}
                  onClick={() => onChange(stages.filter(({ id }) => id !== stage.id))}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              )}
            </li>
          );
        })}
      </ol>
      {stages.length < MOST && (
        <Button
          size="xs"
          variant="light"
          leftSection={<IconPlus size={14} />}
          onClick={() => onChange([...stages, newStage((stages.at(-1)?.at_least ?? 0) + 20)])}
        >
          {t("stage.add")}
        </Button>
      )}
    </>
  );
}

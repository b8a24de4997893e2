import { Button, Textarea, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { Menu } from "@/ui/Menu";
import { After } from "./After";
import {
  allFields,
  blankField,
  type Field,
  type Kind,
  kinds,
  moveField,
  type Step,
  stepsOf,
  withSteps,
} from "./definition";
import type { Draft } from "./draft";
import { FieldCard } from "./FieldCard";
import fields from "./Fields.module.css";
import css from "./forms.module.css";
import { kindIcons } from "./icons";
import { Preview } from "./Preview";
import { Problems } from "./Problems";
import { useT } from "./useT";

/** What a form asks, field by field, beside how visitors see it. */
export function Build({ draft, may }: { draft: Draft; may: boolean }) {
  const t = useT();
  const { definition } = draft;
  const steps = stepsOf(definition);
  const [open, setOpen] = useState<string>();
  const list = useRef<HTMLDivElement>(null);
  const change = (next: Step[], about = "") =>
    draft.history.set({ name: draft.name, definition: withSteps(definition, next) }, about);
  const changeStep = (at: number, part: Partial<Step>, about = "") =>
    change(
      steps.map((step, index) => (index === at ? { ...step, ...part } : step)),
      about,
    );
  const add = (at: number, kind: Kind) => {
    const taken = allFields(definition).map(({ id }) => id);
    const field = blankField(kind, t(`field.${kind}.begin`), (number) => t("option.begin", { number }), taken);
    changeStep(at, { fields: [...(steps[at]?.fields ?? []), field] });
    setOpen(field.id);
  };
  const move = (at: number, index: number, by: -1 | 1) => {
    const id = steps[at]?.fields[index]?.id;
    change(moveField(steps, at, index, by));
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-id="${id}"] [data-move="${by}"]`)?.focus(),
    );
  };
  return (
    <div className={css.columns}>
      <div className={css.build} ref={list}>
        <TextInput
          label={t("title")}
          maxLength={200}
          readOnly={!may}
          value={definition.title ?? ""}
          onChange={(event) => draft.set({ title: event.currentTarget.value }, "title")}
        />
        <Textarea
          label={t("intro")}
          autosize
          minRows={1}
          maxRows={8}
          maxLength={5000}
          readOnly={!may}
          value={definition.intro ?? ""}
          onChange={(event) => draft.set({ intro: event.currentTarget.value }, "intro")}
        />
        {steps.map((step, at) => (
          <section key={at} className={fields.step} aria-label={t("step", { number: at + 1 })}>
            {steps.length > 1 && (
              <header className={fields.stepHead}>
                <TextInput
                  label={t("step", { number: at + 1 })}
                  placeholder={t("step.title")}
                  maxLength={200}
                  readOnly={!may}
                  value={step.title ?? ""}
                  onChange={(event) => changeStep(at, { title: event.currentTarget.value }, `step ${at}`)}
                />
                {may && step.fields.length === 0 && (
                  <Button variant="subtle" onClick={() => change(steps.filter((_, index) => index !== at))}>
                    {t("step.remove")}
                  </Button>
                )}
              </header>
            )}
            {step.fields.map((field, index) => (
              <FieldCard
                // Its key may follow its words while they are typed: the card stays, and the focus with it.
                key={index}
                field={field}
                above={above(steps, at, index)}
                draft={draft}
                may={may}
                open={open === field.id}
                onOpen={(id) => setOpen(id)}
                onChange={(next, about) =>
                  changeStep(at, { fields: step.fields.map((one) => (one.id === field.id ? next : one)) }, about)
                }
                onMove={(by) => move(at, index, by)}
                onRemove={() => changeStep(at, { fields: step.fields.filter((one) => one.id !== field.id) })}
              />
            ))}
            {may && <AddField onAdd={(kind) => add(at, kind)} />}
          </section>
        ))}
        {may && steps.length < 10 && (
          <div>
            <Button
              variant="subtle"
              leftSection={<IconPlus size={14} />}
              onClick={() => change([...steps, { title: "", fields: [] }])}
            >
              {t("step.add")}
            </Button>
          </div>
        )}
        <After draft={draft} may={may} />
      </div>
      <aside className={css.beside} aria-label={t("preview")}>
        <Problems problems={draft.base.problems} fields={allFields(definition)} onGo={setOpen} stale={draft.changed} />
        <Preview name={draft.settled.name} definition={draft.settled.definition} />
      </aside>
    </div>
  );
}

/** The fields that a condition may look at: those further up. */
const above = (steps: Step[], at: number, index: number): Field[] => [
  ...steps.slice(0, at).flatMap(({ fields }) => fields),
  ...(steps[at]?.fields.slice(0, index) ?? []),
];

function AddField({ onAdd }: { onAdd: (kind: Kind) => void }) {
  const t = useT();
  return (
    <Menu
      className={fields.add}
      side="bottom-start"
      width={300}
      entries={kinds.map((kind) => ({
        label: t(`field.${kind}`),
        icon: kindIcons[kind],
        act: () => onAdd(kind),
        ...(kind === "hidden" ? { heading: "" } : {}),
      }))}
    >
      <IconPlus size={16} /> {t("field.add")}
    </Menu>
  );
}

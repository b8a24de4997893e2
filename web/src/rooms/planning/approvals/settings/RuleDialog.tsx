import { MultiSelect, NumberInput, Select } from "@mantine/core";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { type Role, roles, useRoleName } from "@/rooms/accounts/roles";
import { FormDialog } from "@/ui/Dialog";
import { MoneyField, NumberField } from "@/ui/numbers";
import { RowsField } from "@/ui/RowsField";
import shared from "../approvals.module.css";
import { useT } from "../useT";
import { kinds, useCode } from "../words";
import css from "./RuleDialog.module.css";
import { type Draft, type Rule, useSentence } from "./sentence";

export const channels = ["email", "sms", "push", "social", "ads", "print"] as const;
export const categories = ["acquisition", "monetisation", "engagement"] as const;
export const risks = ["first_use_of_channel", "over_contacted", "missing_consent"] as const;

type Step = Draft["steps"][number];
const BLANK: Step = { kind: "group", ref: "", label: "", quorum: "any", days: 2 };

interface Props {
  rule?: Rule;
  groups: Shape<"ApprovalGroup">[];
  onClose: () => void;
}

/** Makes or changes a rule; the sentence above the fields says at any time what it means. */
export function RuleDialog({ rule, groups, onClose }: Props) {
  const t = useT();
  const code = useCode();
  const sentence = useSentence();
  const [draft, setDraft] = useState<Draft>(
    rule
      ? { ...rule, categories: rule.categories as Draft["categories"] }
      : {
          kind: "launch",
          over_minor: null,
          over_people: null,
          channels: [],
          categories: [],
          risks: [],
          steps: [BLANK],
          enabled: true,
        },
  );
  const put = (values: Partial<Draft>) => setDraft((now) => ({ ...now, ...values }));
  const closing = { onSuccess: onClose };
  const create = useSend("post", "/approval-rules", closing);
  const save = useSend("put", "/approval-rules/{rule_id}", closing);
  const send = () =>
    rule
      ? save.mutate({ path: { rule_id: rule.id }, body: { ...draft, version: rule.version } })
      : create.mutate({ body: draft });
  const people = draft.kind === "launch";
  const money = draft.kind !== "goal" && draft.kind !== "brief" && draft.kind !== "content";
  return (
    <FormDialog
      title={t(rule ? "set.rule.edit" : "set.rule.new")}
      onClose={onClose}
      onSubmit={send}
      action={t("set.rule.save")}
      busy={create.isPending || save.isPending}
      disabled={!draft.steps.length || draft.steps.some(({ ref }) => !ref)}
      error={create.error ?? save.error}
    >
      <p className={css.sentence} aria-live="polite">
        {sentence(draft)}
      </p>
      <Select
        label={t("set.rule.what")}
        data={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        value={draft.kind}
        allowDeselect={false}
        onChange={(kind) => kind && put({ kind: kind as Draft["kind"], over_people: null, over_minor: null })}
      />
      <div className={css.pair}>
        {people && (
          <NumberField
            label={t("set.rule.people")}
            value={draft.over_people ?? null}
            onChange={(over_people) => put({ over_people })}
          />
        )}
        {money && (
          <MoneyField
            label={t("set.rule.minor")}
            description={people ? t("set.rule.minor.note") : undefined}
            value={draft.over_minor ?? null}
            onChange={(over_minor) => put({ over_minor })}
          />
        )}
      </div>
      {people && (
        <>
          <div className={css.pair}>
            <MultiSelect
              label={t("set.rule.channels")}
              placeholder={draft.channels?.length ? "" : t("set.rule.any")}
              data={channels.map((value) => ({ value, label: code("channel", value) }))}
              value={draft.channels ?? []}
              onChange={(found) => put({ channels: found })}
            />
            <MultiSelect
              label={t("set.rule.categories")}
              placeholder={draft.categories?.length ? "" : t("set.rule.any")}
              data={categories.map((value) => ({ value, label: code("category", value) }))}
              value={draft.categories ?? []}
              onChange={(found) => put({ categories: found as Draft["categories"] })}
            />
          </div>
          <MultiSelect
            label={t("set.rule.risks")}
            placeholder={draft.risks?.length ? "" : t("set.rule.any")}
            data={risks.map((value) => ({ value, label: code("risk", value) }))}
            value={draft.risks ?? []}
            onChange={(found) => put({ risks: found as Draft["risks"] })}
          />
        </>
      )}
      <StepFields steps={draft.steps} groups={groups} onChange={(steps) => put({ steps })} />
    </FormDialog>
  );
}

interface StepsProps {
  steps: Step[];
  groups: Shape<"ApprovalGroup">[];
  onChange: (steps: Step[]) => void;
}

function StepFields({ steps, groups, onChange }: StepsProps) {
  const t = useT();
  const roleName = useRoleName();
  const who = [
    { group: t("set.groups"), items: groups.map(({ id, name }) => ({ value: `group:${id}`, label: name })) },
    {
      group: t("set.group.members"),
      items: [
        { value: "part:approves", label: t("part.approves") },
        ...roles
          .filter((role: Role) => role !== "guest")
          .map((role: Role) => ({ value: `role:${role}`, label: t("role.of", { role: roleName(role) }) })),
      ],
    },
  ];
  const chosen = (value: string | null): Partial<Step> => {
    const [kind = "group", ref = ""] = (value ?? "").split(":");
    return { kind: kind as Step["kind"], ref, label: groups.find(({ id }) => id === ref)?.name ?? ref };
  };
  return (
    <fieldset className={shared.fields}>
      <legend>{t("set.rule.steps")}</legend>
      <RowsField
        rows={steps}
        onChange={onChange}
        blank={BLANK}
        add={t("set.rule.step.add")}
        remove={(at) => t("set.rule.step.remove", { n: at + 1 })}
        most={10}
        className={css.stepRow}
      >
        {(step, put, at) => (
          <>
            <Select
              aria-label={`${t("set.rule.step", { n: at + 1 })}: ${t("set.rule.step.who")}`}
              placeholder={t("set.rule.step.who")}
              data={who}
              searchable
              allowDeselect={false}
              value={step.ref ? `${step.kind}:${step.ref}` : null}
              onChange={(value) => put(chosen(value))}
            />
            <Select
              aria-label={`${t("set.rule.step", { n: at + 1 })}: ${t("set.rule.step.how")}`}
              data={(["any", "all"] as const).map((value) => ({ value, label: t(`step.${value}`) }))}
              allowDeselect={false}
              value={step.quorum ?? "any"}
              onChange={(value) => value && put({ quorum: value as Step["quorum"] })}
            />
            <NumberInput
              aria-label={`${t("set.rule.step", { n: at + 1 })}: ${t("set.rule.step.days")}`}
              placeholder={t("set.rule.step.days")}
              min={1}
              max={60}
              value={step.days ?? ""}
              onChange={(value) => put({ days: value === "" ? null : Number(value) })}
            />
          </>
        )}
      </RowsField>
    </fieldset>
  );
}

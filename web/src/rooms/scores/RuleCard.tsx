import { ActionIcon, Button, Select, Tooltip } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconTrash } from "@tabler/icons-react";
import { useId, useMemo, useRef } from "react";
import { EventName } from "@/rooms/audiences/builder/EventName";
import { newProperty, WhereFields } from "@/rooms/audiences/builder/PropertyFields";
import { GroupBox } from "@/rooms/audiences/builder/RuleTree";
import { useSubjects } from "@/rooms/audiences/builder/subjects";
import type { Group } from "@/rooms/audiences/rule";
import { NumberField } from "@/ui/numbers";
import { type BehaviourDraft, type ConditionDraft, lacks, type RuleDraft } from "./draft";
import css from "./editor.module.css";
import { useT } from "./useT";
import type { useScoreWords } from "./words";

interface Props {
  rule: RuleDraft;
  number: number;
  open: boolean;
  /** Why the server cannot ask it. */
  fault?: string | undefined;
  tools: ReturnType<typeof useScoreWords>;
  onOpen: () => void;
  onChange: (rule: RuleDraft) => void;
  onRemove: () => void;
}

/** One rule: its points and category, what it is about in words, and below them the fields when it is open. */
export function RuleCard({ rule, number, open, fault, tools, onOpen, onChange, onRemove }: Props) {
  const t = useT();
  const body = useId();
  const lacking = lacks(rule);
  const said =
    rule.kind === "condition" ? tools.words.sentence(rule.root) : lacking === "event" ? "" : tools.behaviour(rule);
  const name = t("rule.name", { number });
  return (
    <li className={css.rule} data-fault={!!fault || undefined}>
      <div className={css.ruleHead}>
        <NumberField
          bare
          label={t("rule.points", { number })}
          value={rule.points}
          min={-1000}
          max={1000}
          onChange={(points) => onChange({ ...rule, points })}
        />
        <Select
          aria-label={t("rule.category", { number })}
          allowDeselect={false}
          value={rule.category}
          data={(["fit", "engagement"] as const).map((value) => ({ value, label: t(`category.${value}`) }))}
          onChange={(category) => category && onChange({ ...rule, category: category as RuleDraft["category"] })}
        />
        <button type="button" className={css.said} aria-expanded={open} aria-controls={body} onClick={onOpen}>
          <span>{said || name}</span>
          {open ? <IconChevronUp size={16} aria-hidden /> : <IconChevronDown size={16} aria-hidden />}
        </button>
        <Tooltip label={t("rule.remove", { number })}>
          <ActionIcon aria-label={t("rule.remove", { number })} onClick={onRemove}>
            <IconTrash size={16} />
          </ActionIcon>
        </Tooltip>
      </div>
      {lacking && <p className={css.lacks}>{t(`lacks.${lacking}`)}</p>}
      {fault && (
        <p className={css.fault} role="alert">
          {fault}
        </p>
      )}
      <div id={body} hidden={!open}>
        {open &&
          (rule.kind === "condition" ? (
            <Condition rule={rule} tools={tools} onChange={onChange} />
          ) : (
            <Behaviour rule={rule} events={tools.vocabulary?.events ?? []} onChange={onChange} />
          ))}
      </div>
    </li>
  );
}

function Condition({ rule, tools, onChange }: Pick<Props, "tools" | "onChange"> & { rule: ConditionDraft }) {
  const subjects = useSubjects(tools.vocabulary);
  const focus = useRef<string>(undefined);
  const none = useMemo(() => new Map<string, never>(), []);
  return (
    <GroupBox
      group={rule.root}
      tools={{
        ...{ root: rule.root, change: (root: Group) => onChange({ ...rule, root }), subjects, focus },
        ...{ vocabulary: tools.vocabulary, audiences: tools.audiences, words: tools.words },
        ...{ faults: none, costs: none, tell: () => {} },
      }}
    />
  );
}

function Behaviour({
  rule,
  events,
  onChange,
}: {
  rule: BehaviourDraft;
  events: string[];
  onChange: (rule: RuleDraft) => void;
}) {
  const t = useT();
  const set = (change: Partial<BehaviourDraft>) => onChange({ ...rule, ...change });
  return (
    <div className={css.fields}>
      <Select
        label={t("behaviour.what")}
        allowDeselect={false}
        value={rule.what}
        data={(["event", "opened", "clicked"] as const).map((value) => ({ value, label: t(`behaviour.${value}`) }))}
        onChange={(what) => what && set({ what: what as BehaviourDraft["what"] })}
      />
      {rule.what === "event" && (
        <div className={css.event}>
          <EventName label={t("behaviour.name")} name={rule.name} events={events} onChange={(name) => set({ name })} />
          <WhereFields name={rule.name} where={rule.where} events={events} onChange={(where) => set({ where })} />
          <Button size="xs" variant="subtle" onClick={() => set({ where: [...rule.where, newProperty()] })}>
            {t("behaviour.property")}
          </Button>
        </div>
      )}
      <Select
        label={t("behaviour.times")}
        allowDeselect={false}
        value={rule.each ? "each" : "last"}
        data={(["each", "last"] as const).map((value) => ({ value, label: t(`behaviour.${value}`) }))}
        onChange={(each) => set({ each: each === "each" })}
      />
      <NumberField
        label={t("behaviour.most")}
        description={t("behaviour.most.note")}
        value={rule.most}
        min={1}
        max={1000}
        onChange={(most) => set({ most })}
      />
      <NumberField
        label={t("behaviour.halfLife")}
        description={t("behaviour.halfLife.note")}
        suffix={` ${t("behaviour.days")}`}
        value={rule.half_life}
        min={1}
        max={3650}
        onChange={(half_life) => set({ half_life })}
      />
    </div>
  );
}

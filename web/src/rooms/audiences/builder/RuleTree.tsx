import { ActionIcon, Button, Menu, Select } from "@mantine/core";
import {
  IconArrowDown,
  IconArrowUp,
  IconBracketsContain,
  IconBracketsOff,
  IconCopy,
  IconDots,
  IconPlus,
  IconTrash,
} from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import type { Shape } from "@/api/schema";
import { add, canMove, duplicate, find, move, parentOf, remove, setLeaf, setMatch, unwrap, wrap } from "../edit";
import {
  type Condition,
  type Group,
  isComplete,
  isGroup,
  type Match,
  type Node,
  newCondition,
  newGroup,
} from "../rule";
import { useT } from "../useT";
import type { RuleWords } from "../words";
import { ConditionFields } from "./ConditionFields";
import { CostWords } from "./CostWords";
import type { Cost } from "./costs";
import css from "./RuleTree.module.css";
import { SubjectPicker } from "./SubjectPicker";
import { type Subject, subjectId } from "./subjects";

export interface TreeTools {
  root: Group;
  /** `about`: what the change is about; changes about the same thing within a moment are one step back. */
  change: (root: Group, about?: string) => void;
  subjects: Subject[];
  vocabulary: Shape<"Vocabulary"> | undefined;
  audiences: { id: string; name: string }[];
  words: RuleWords;
  /** What is wrong with which node. */
  faults: ReadonlyMap<string, string>;
  /** What the parts of the outermost group cost in people. */
  costs: ReadonlyMap<string, Cost>;
  /** The node to put the focus on, after it was made or moved. */
  focus: { current: string | undefined };
  tell: (words: string) => void;
}

const matches: Match[] = ["all", "any", "none", "notAll"];

/** A group with its conditions and inner groups; everything has a button and a key. */
export function GroupBox({ group, tools, depth = 0 }: { group: Group; tools: TreeTools; depth?: number }) {
  const t = useT();
  const { root, change, subjects, focus } = tools;
  const top = depth === 0;
  const box = useRef<HTMLElement>(null);
  useFocusOnce(box, group.id, focus);
  const addCondition = (subject: Subject) => {
    const node = newCondition(subject.make());
    focus.current = node.id;
    change(add(root, group.id, node));
  };
  const addGroup = () => {
    const inner = newGroup(group.match === "any" ? "all" : "any");
    focus.current = inner.id;
    change(add(root, group.id, inner));
  };
  const joiner = group.match === "all" || group.match === "notAll" ? t("and") : t("or");
  return (
    <section
      ref={box}
      className={css.group}
      data-depth={depth}
      data-match={group.match}
      tabIndex={-1}
      aria-label={top ? t("builder.rules") : t("builder.group", { match: t(`builder.match.${group.match}`) })}
      onKeyDown={top ? undefined : (event) => onNodeKey(event, group, tools, t("builder.deleted"))}
    >
      <header className={css.groupHead}>
        {top && <span>{t("builder.lead")}</span>}
        <Select
          size="xs"
          w={132}
          aria-label={t("builder.match")}
          allowDeselect={false}
          value={group.match}
          className={css.match}
          data={matches.map((value) => ({ value, label: t(`builder.match.${value}`) }))}
          onChange={(value) => value && change(setMatch(root, group.id, value as Match))}
        />
        <span>{t("builder.ofThese")}</span>
        {!top && <NodeMenu node={group} tools={tools} />}
      </header>
      {group.nodes.length === 0 && <p className={css.emptyGroup}>{t(top ? "builder.empty" : "builder.emptyGroup")}</p>}
      <ol className={css.nodes}>
        {group.nodes.map((node, index) => (
          <li key={node.id}>
            {index > 0 && <span className={css.joiner}>{joiner}</span>}
            {isGroup(node) ? (
              <GroupBox group={node} tools={tools} depth={depth + 1} />
            ) : (
              <ConditionRow condition={node} tools={tools} />
            )}
          </li>
        ))}
      </ol>
      <CostWords cost={tools.costs.get(group.id)} />
      <Fault id={group.id} tools={tools} />
      <div className={css.groupFoot}>
        <SubjectPicker subjects={subjects} onPick={addCondition}>
          {(button) => (
            <Button
              {...button}
              size="xs"
              variant={top ? "light" : "subtle"}
              leftSection={<IconPlus size={14} />}
              aria-haspopup="listbox"
              aria-label={top ? t("builder.add") : t("builder.addTo")}
            >
              {t("builder.add")}
            </Button>
          )}
        </SubjectPicker>
        {depth < 8 && (
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            leftSection={<IconBracketsContain size={14} />}
            onClick={addGroup}
          >
            {t("builder.addGroup")}
          </Button>
        )}
      </div>
    </section>
  );
}

function ConditionRow({ condition, tools }: { condition: Condition; tools: TreeTools }) {
  const t = useT();
  const { root, change, subjects, words, focus } = tools;
  const row = useRef<HTMLDivElement>(null);
  useFocusOnce(row, condition.id, focus);
  const { leaf } = condition;
  const subject = subjects.find(({ id }) => id === subjectId(leaf));
  const complete = isComplete(leaf);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be laid out as a row
    <div
      ref={row}
      role="group"
      className={css.condition}
      data-open={!complete || undefined}
      data-fault={tools.faults.has(condition.id) || undefined}
      tabIndex={-1}
      aria-label={complete ? words.leaf(leaf) : (subject?.label ?? "")}
      onKeyDown={(event) => onNodeKey(event, condition, tools, t("builder.deleted"))}
    >
      <div className={css.fields}>
        <SubjectPicker
          subjects={subjects}
          onPick={(next) => next.id !== subject?.id && change(setLeaf(root, condition.id, next.make()))}
        >
          {(button) => (
            <button type="button" {...button} className={css.subjectButton} aria-haspopup="listbox">
              {subject?.label ?? (leaf.kind === "attribute" ? leaf.key : leaf.kind)}
            </button>
          )}
        </SubjectPicker>
        <ConditionFields
          leaf={leaf}
          vocabulary={tools.vocabulary}
          audiences={tools.audiences}
          onChange={(next) => change(setLeaf(root, condition.id, next), condition.id)}
        />
      </div>
      <NodeMenu node={condition} tools={tools} />
      {!complete && <p className={css.hint}>{t("builder.incomplete")}</p>}
      {complete && <CostWords cost={tools.costs.get(condition.id)} />}
      <Fault id={condition.id} tools={tools} />
    </div>
  );
}

function Fault({ id, tools }: { id: string; tools: TreeTools }) {
  const fault = tools.faults.get(id);
  return fault ? (
    <p className={css.fault} role="alert">
      {fault}
    </p>
  ) : null;
}

function NodeMenu({ node, tools }: { node: Node; tools: TreeTools }) {
  const t = useT();
  const { root, change, focus } = tools;
  const group = isGroup(node);
  const changed = (next: Group, to: string | undefined = node.id) => {
    focus.current = to;
    change(next);
  };
  const drop = () => {
    changed(remove(root, node.id), nextFocus(root, node.id));
    tools.tell(t("builder.deleted"));
  };
  return (
    <Menu position="bottom-end" width={240} returnFocus>
      <Menu.Target>
        <ActionIcon aria-label={t(group ? "builder.groupMenu" : "builder.menu")} className={css.menu}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconArrowUp size={16} />}
          rightSection={<kbd className={css.kbd}>Alt ↑</kbd>}
          disabled={!canMove(root, node.id, -1)}
          onClick={() => changed(move(root, node.id, -1))}
        >
          {t("builder.up")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowDown size={16} />}
          rightSection={<kbd className={css.kbd}>Alt ↓</kbd>}
          disabled={!canMove(root, node.id, 1)}
          onClick={() => changed(move(root, node.id, 1))}
        >
          {t("builder.down")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCopy size={16} />}
          rightSection={<kbd className={css.kbd}>Alt D</kbd>}
          onClick={() => change(duplicate(root, node.id))}
        >
          {t("builder.duplicate")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconBracketsContain size={16} />}
          rightSection={<kbd className={css.kbd}>Alt G</kbd>}
          onClick={() => changed(wrap(root, node.id))}
        >
          {t("builder.wrap")}
        </Menu.Item>
        {group && (
          <Menu.Item
            leftSection={<IconBracketsOff size={16} />}
            onClick={() => changed(unwrap(root, node.id), parentOf(root, node.id)?.id)}
          >
            {t("builder.unwrap")}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconTrash size={16} />}
          rightSection={<kbd className={css.kbd}>Alt ⌫</kbd>}
          data-danger
          onClick={drop}
        >
          {t(group ? "builder.deleteGroup" : "builder.delete")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Where the focus goes when a node disappears: its neighbour, else its group. */
function nextFocus(root: Group, id: string): string | undefined {
  const home = parentOf(root, id);
  if (!home) return undefined;
  const at = home.nodes.findIndex((node) => node.id === id);
  return (home.nodes[at + 1] ?? home.nodes[at - 1] ?? home).id;
}

/** Alt with an arrow moves, Alt+D duplicates, Alt+G groups, Alt+Backspace deletes: from anywhere inside the node. */
function onNodeKey(event: KeyboardEvent, node: Node, tools: TreeTools, deleted: string) {
  if (!event.altKey || event.ctrlKey || event.metaKey || !find(tools.root, node.id)) return;
  const { root } = tools;
  const changes: Record<string, () => Group> = {
    ArrowUp: () => move(root, node.id, -1),
    ArrowDown: () => move(root, node.id, 1),
    KeyD: () => duplicate(root, node.id),
    KeyG: () => wrap(root, node.id),
    Backspace: () => remove(root, node.id),
    Delete: () => remove(root, node.id),
  };
  const next = changes[event.code]?.();
  if (!next) return;
  event.preventDefault();
  event.stopPropagation();
  const gone = event.code === "Backspace" || event.code === "Delete";
  tools.focus.current = gone ? nextFocus(root, node.id) : node.id;
  if (gone) tools.tell(deleted);
  tools.change(next);
}

/** Takes the focus when this node was just made or moved. */
function useFocusOnce(element: { current: HTMLElement | null }, id: string, focus: TreeTools["focus"]) {
  useEffect(() => {
    if (focus.current !== id || !element.current) return;
    focus.current = undefined;
    const node = element.current;
    // Menus give the focus back to their button when they close; this comes after that.
    setTimeout(() => {
      const inputs = [...node.querySelectorAll<HTMLInputElement>("input:not([type=hidden], [type=checkbox])")];
      const empty = node.dataset.open ? inputs.find(({ value }) => value === "") : undefined;
      (empty ?? inputs[0] ?? node.querySelector<HTMLElement>("button") ?? node).focus();
    }, 30);
  });
}

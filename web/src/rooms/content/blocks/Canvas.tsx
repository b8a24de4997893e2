import { useDndContext, useDraggable, useDroppable } from "@dnd-kit/core";
import { ActionIcon } from "@mantine/core";
import {
  IconAdjustmentsHorizontal,
  IconArrowDown,
  IconArrowUp,
  IconCopy,
  IconGripVertical,
  IconPlus,
  IconTrash,
} from "@tabler/icons-react";
import { type CSSProperties, type KeyboardEvent, type ReactNode, useRef } from "react";
import { Menu } from "@/ui/Menu";
import { useT } from "../useT";
import { BlockView } from "./BlockView";
import { palette } from "./blank";
import css from "./canvas.module.css";
import { useBench } from "./context";
import { kindIcons } from "./icons";
import { FONTS, inkOn, lookOf, PLAIN } from "./look";
import { duplicate, find, fits, heldBy, isBlock, type Node, remove, step } from "./tree";
import { useAdd } from "./useAdd";

/** The mail as it is written in. */
export function Canvas() {
  const t = useT();
  const { mail, select } = useBench();
  const theme = mail.theme ?? PLAIN;
  const ground = mail.theme ? theme.page : (mail.body["background-color"] ?? theme.page);
  const style = {
    "--mail-accent": theme.accent,
    "--mail-on-accent": inkOn(theme.accent),
    "--mail-ink": theme.ink,
    "--mail-page": ground,
    "--mail-card": theme.card,
    "--mail-font": FONTS[theme.font],
    "--mail-heading": FONTS[theme.heading_font],
    "--mail-radius": `${theme.radius}px`,
  } as CSSProperties;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a click beside the blocks ends the selection; Escape does too
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div className={css.page} data-canvas style={style} onClick={() => select(undefined)}>
      <section className={css.mail} aria-label={t("blocks.canvas")}>
        {mail.rows.length === 0 && <p className={css.nothing}>{t("blocks.nothing")}</p>}
        <List nodes={mail.rows} parent={undefined} />
      </section>
    </div>
  );
}

function List({ nodes, parent }: { nodes: Node[]; parent: string | undefined }) {
  return (
    <>
      {nodes.map((node, at) => (
        <div key={node.id} className={css.item}>
          <Gap parent={parent} at={at} />
          <NodeView node={node} />
        </div>
      ))}
      <Gap parent={parent} at={nodes.length} />
    </>
  );
}

function Gap({ parent, at }: { parent: string | undefined; at: number }) {
  const { mail } = useBench();
  const { active } = useDndContext();
  const dragged = active?.data.current?.node as Node | undefined;
  const into = find(mail, parent);
  // A block that is dropped between rows gets a row of its own.
  const may = dragged && (fits(dragged, into) || (isBlock(dragged) && !(into && !into.rows)));
  const drop = useDroppable({ id: `${parent ?? ""}/${at}`, data: { parent, at }, disabled: !may });
  return (
    <div
      ref={drop.setNodeRef}
      className={css.gap}
      data-open={may || undefined}
      data-over={drop.isOver || undefined}
      data-gap={`${parent ?? ""}/${at}`}
    />
  );
}

function NodeView({ node }: { node: Node }) {
  const t = useT();
  const { mail, unlocked } = useBench();
  switch (node.type) {
    case "section":
      return (
        <Frame node={node}>
          <div className={css.section} style={{ ...lookOf(node), ...grounded(node, mail.theme?.card) }}>
            {(node.columns ?? []).map((column) => (
              <ColumnView key={column.id} node={column} />
            ))}
          </div>
        </Frame>
      );
    case "wrapper":
      return (
        <Frame node={node}>
          <div className={css.wrapper} style={lookOf(node)}>
            <List nodes={node.rows ?? []} parent={node.id} />
          </div>
        </Frame>
      );
    case "conditional":
    case "repeated":
    case "conditional_rows":
    case "repeated_rows":
      return (
        <Frame node={node}>
          <div className={css.held}>
            <span className={css.heldLabel}>
              {node.type.startsWith("conditional")
                ? t("blocks.only", { condition: node.condition || "…" })
                : t("blocks.each", { each: node.each || "…" })}
            </span>
            <List nodes={heldBy(node)} parent={node.id} />
            {heldBy(node).length === 0 && <AddHere parent={node.id} />}
          </div>
        </Frame>
      );
    case "shared":
      return (
        <Frame node={node}>
          <div className={css.shared}>
            <div inert={unlocked !== node.id}>
              {heldBy(node).map((row) => (
                <NodeView key={row.id} node={row} />
              ))}
            </div>
          </div>
        </Frame>
      );
    default:
      return (
        <Frame node={node}>
          <BlockView node={node} />
        </Frame>
      );
  }
}

const grounded = (node: Node, card: string | undefined): CSSProperties =>
  node.attributes["background-color"] || !node.attributes["css-class"]?.includes("card") ? {} : { background: card };

function ColumnView({ node }: { node: Node }) {
  const width = node.attributes.width;
  const grow = width?.endsWith("%") ? Number.parseFloat(width) : 0;
  return (
    <div className={css.column} style={{ ...lookOf(node), flex: grow ? `${grow} 1 0` : "1 1 0" }}>
      <List nodes={node.blocks ?? []} parent={node.id} />
      {node.blocks?.length === 0 && <AddHere parent={node.id} />}
    </div>
  );
}

function AddHere({ parent }: { parent: string }) {
  const t = useT();
  const { may } = useBench();
  const add = useAdd();
  if (!may) return null;
  return (
    <Menu
      label={t("blocks.add.here")}
      className={css.addHere}
      side="bottom-start"
      entries={palette.map((kind) => ({
        label: t(`blocks.kind.${kind}`),
        icon: kindIcons[kind],
        act: () => add(kind, { parent, at: 0 }),
      }))}
    >
      <IconPlus size={16} />
      {t("blocks.add.here")}
    </Menu>
  );
}

/** What can be chosen, moved, copied and taken out, with the mouse and with keys alike. */
function Frame({ node, children }: { node: Node; children: ReactNode }) {
  const t = useT();
  const { mail, change, selected, select, inspect, may } = useBench();
  const drag = useDraggable({ id: node.id, data: { node }, disabled: !may });
  const frame = useRef<HTMLDivElement>(null);
  const chosen = selected === node.id;
  const name = t(`blocks.kind.${node.type as "text"}`);
  const focus = (id: string) =>
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-block="${id}"]`)?.focus());
  const move = (by: -1 | 1) => {
    change(step(mail, node.id, by));
    focus(node.id);
  };
  const copy = () => {
    const made = duplicate(mail, node.id);
    change(made.mail);
    if (chosen) select(made.id);
    focus(made.id);
  };
  const drop = () => {
    const next = neighbour(frame.current);
    change(remove(mail, node.id));
    select(undefined);
    if (next) focus(next);
  };
  const close = () => select(undefined);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget) return;
    const mod = event.metaKey || event.ctrlKey;
    const act = keyAct(event.key, mod, event.altKey, { move, copy, drop, open: () => select(node.id), close, go });
    if (!act || (!may && act !== go.next && act !== go.back)) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const go = {
    next: () => walk(frame.current, 1),
    back: () => walk(frame.current, -1),
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would group inputs; this is a piece of a document
    <div
      ref={(element) => {
        frame.current = element;
        drag.setNodeRef(element);
      }}
      role="group"
      aria-label={name}
      aria-roledescription={t("blocks.block")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys move, copy and remove it
      tabIndex={0}
      className={css.frame}
      data-block={node.id}
      data-kind={node.type}
      data-chosen={chosen || undefined}
      data-dragged={drag.isDragging || undefined}
      onClick={(event) => {
        event.stopPropagation();
        select(node.id);
      }}
      onKeyDown={onKeyDown}
    >
      {chosen && may && (
        <div className={css.handles} contentEditable={false}>
          <span className={css.name}>{name}</span>
          <ActionIcon
            size={26}
            ref={drag.setActivatorNodeRef}
            {...drag.listeners}
            aria-label={t("blocks.drag", { name })}
            title={t("blocks.drag", { name })}
            className={css.grip}
            tabIndex={-1}
          >
            <IconGripVertical size={15} />
          </ActionIcon>
          <Handle label={t("blocks.settings")} act={inspect} icon={<IconAdjustmentsHorizontal size={15} />} />
          <Handle label={t("blocks.up")} act={() => move(-1)} icon={<IconArrowUp size={15} />} />
          <Handle label={t("blocks.down")} act={() => move(1)} icon={<IconArrowDown size={15} />} />
          <Handle label={t("blocks.copy")} act={copy} icon={<IconCopy size={15} />} />
          <Handle label={t("blocks.remove")} act={drop} icon={<IconTrash size={15} />} />
        </div>
      )}
      {children}
    </div>
  );
}

function Handle({ label, act, icon }: { label: string; act: () => void; icon: ReactNode }) {
  return (
    <ActionIcon
      size={26}
      aria-label={label}
      title={label}
      onClick={(event) => {
        event.stopPropagation();
        act();
      }}
    >
      {icon}
    </ActionIcon>
  );
}

interface Acts {
  move: (by: -1 | 1) => void;
  copy: () => void;
  drop: () => void;
  open: () => void;
  close: () => void;
  go: { next: () => void; back: () => void };
}

function keyAct(
  key: string,
  mod: boolean,
  alt: boolean,
  { move, copy, drop, open, close, go }: Acts,
): (() => void) | undefined {
  if (alt && key === "ArrowUp") return () => move(-1);
  if (alt && key === "ArrowDown") return () => move(1);
  if (mod && key.toLowerCase() === "d") return copy;
  if (mod || alt) return undefined;
  if (key === "Delete" || key === "Backspace") return drop;
  if (key === "Enter") return open;
  if (key === "Escape") return close;
  if (key === "ArrowDown") return go.next;
  if (key === "ArrowUp") return go.back;
  return undefined;
}

const framesFrom = (element: HTMLElement | null) => [
  ...(element?.closest("section")?.querySelectorAll<HTMLElement>("[data-block]:not([inert] *)") ?? []),
];

function walk(element: HTMLElement | null, by: -1 | 1) {
  const all = framesFrom(element);
  all[all.indexOf(element as HTMLElement) + by]?.focus();
}

/** What is chosen after a node is gone: the one before it, else the one behind. */
function neighbour(element: HTMLElement | null): string | undefined {
  const all = framesFrom(element).filter((one) => one === element || !element?.contains(one));
  const at = all.indexOf(element as HTMLElement);
  return (all[at - 1] ?? all[at + 1])?.dataset.block;
}

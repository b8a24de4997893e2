import {
  type CollisionDetection,
  closestCenter,
  DndContext,
  type DragEndEvent,
  DragOverlay,
  type DragStartEvent,
  PointerSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { useMemo, useState } from "react";
import { createPortal } from "react-dom";
import { useShortcut } from "@/lib/keys";
import { useFieldNames } from "@/ui/LiquidText";
import { UndoRedo } from "@/ui/UndoRedo";
import { useT } from "../useT";
import { Canvas } from "./Canvas";
import { type Bench, BenchContext } from "./context";
import css from "./desk.module.css";
import { Inspector } from "./Inspector";
import { Palette } from "./Palette";
import { copyOf, type Kind, type Mail, moveTo, type Node, update } from "./tree";
import { put } from "./useAdd";

interface Props {
  history: {
    now: Mail;
    set: (mail: Mail, about?: string) => void;
    undo: () => void;
    redo: () => void;
    canUndo: boolean;
    canRedo: boolean;
  };
  may: boolean;
  /** Where what is selected is described; none while that place shows something else. */
  inspector: HTMLElement | null;
  /** Whether what can be added stands beside. */
  offers: boolean;
  onInspect: () => void;
  template: string;
  selected: string | undefined;
  onSelect: (id: string | undefined) => void;
}

/** The gap whose height is nearest to the pointer, among those below or above it. */
const nearestGap: CollisionDetection = (args) => {
  const at = args.pointerCoordinates;
  if (!at) return closestCenter(args);
  const found = args.droppableContainers.flatMap((container) => {
    const rect = args.droppableRects.get(container.id);
    if (!rect || at.x < rect.left || at.x > rect.right) return [];
    return [
      { id: container.id, data: { droppableContainer: container, value: Math.abs(rect.top + rect.height / 2 - at.y) } },
    ];
  });
  return found.sort((one, other) => one.data.value - other.data.value).slice(0, 1);
};

/** Writes a mail block by block: what there is to add, the mail, and (in the inspector) what is selected. */
export function BlocksEditor({ history, may, inspector, offers, onInspect, template, selected, onSelect }: Props) {
  const t = useT();
  const fieldName = useFieldNames();
  const mail = history.now;
  const [dragged, setDragged] = useState<string>();
  const [unlocked, unlock] = useState<string>();
  const [toolbar, setToolbar] = useState<HTMLElement | null>(null);
  // A short way first: a click on a handle or an offer stays a click. Touch scrolls the palette; there, tapping adds.
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 6 } }));
  useShortcut("mod+z", t("undo"), t("nav"), history.undo);
  useShortcut("mod+shift+z", t("redo"), t("nav"), history.redo);
  const bench = useMemo<Bench>(
    () => ({
      mail,
      change: history.set,
      update: (id, part, about) => history.set(update(mail, id, part), about),
      selected,
      select: onSelect,
      inspect: onInspect,
      unlocked,
      unlock,
      template,
      undo: history.undo,
      redo: history.redo,
      may,
      toolbar,
      nameOf: (path) =>
        path === "workspace.name" ? t("blocks.workspace") : path === "now" ? t("blocks.today") : fieldName(path),
    }),
    [mail, history, selected, onSelect, onInspect, unlocked, template, may, toolbar, fieldName, t],
  );
  const onDragStart = ({ active }: DragStartEvent) => setDragged(t(`blocks.kind.${kindOf(active.data.current)}`));
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    setDragged(undefined);
    const place = over?.data.current as { parent: string | undefined; at: number } | undefined;
    const { node, what } = (active.data.current ?? {}) as { node: Node; what?: Kind };
    if (!place || !node) return;
    if (what) {
      const fresh = copyOf(node);
      history.set(put(mail, fresh, place));
      onSelect(fresh.id);
    } else history.set(moveTo(mail, node.id, place.parent, place.at));
  };
  return (
    <BenchContext.Provider value={bench}>
      <DndContext
        sensors={sensors}
        collisionDetection={nearestGap}
        autoScroll={{ canScroll: (element) => element.hasAttribute("data-canvas") }}
        onDragStart={onDragStart}
        onDragEnd={onDragEnd}
        onDragCancel={() => setDragged(undefined)}
      >
        <div className={css.bench}>
          {may && offers && <Palette />}
          <div className={css.desk}>
            {may && (
              <div className={css.deskBar}>
                <UndoRedo history={history} />
                <div className={css.toolbar} ref={setToolbar} />
                <span className={css.hint}>{t("blocks.hint")}</span>
              </div>
            )}
            <Canvas />
          </div>
        </div>
        <DragOverlay dropAnimation={null}>{dragged && <span className={css.overlay}>{dragged}</span>}</DragOverlay>
      </DndContext>
      {inspector && createPortal(<Inspector />, inspector)}
    </BenchContext.Provider>
  );
}

const kindOf = (data: unknown) => ((data as { node?: Node } | undefined)?.node?.type ?? "text") as "text";

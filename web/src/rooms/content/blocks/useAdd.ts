import { useT } from "../useT";
import { blankBlock, blankLayout, column, type Layout, layouts, sectionOf } from "./blank";
import { useBench } from "./context";
import { PLAIN } from "./look";
import { find, fits, heldBy, insert, isBlock, type Kind, type Mail, type Node, placeOf } from "./tree";

interface Place {
  parent: string | undefined;
  at: number;
}

/** Makes what is asked for and puts it where it is wanted, else behind what is selected. */
export function useAdd() {
  const make = useMake();
  const { mail, change, select, selected } = useBench();
  return (what: Kind | Layout, place?: Place) => {
    const node = make(what);
    const added = put(mail, node, place ?? behind(mail, node, selected));
    change(added);
    select(node.id);
    requestAnimationFrame(() => show(document.querySelector(`[data-block="${node.id}"]`)));
  };
}

/** Scrolls the canvas, and nothing else, to what was added. */
function show(added: Element | null) {
  const page = added?.closest("[data-canvas]");
  if (!page || !added) return;
  const [one, all] = [added.getBoundingClientRect(), page.getBoundingClientRect()];
  if (one.top < all.top || one.bottom > all.bottom) page.scrollTop += one.top - all.top - all.height / 3;
}

export function useMake() {
  const t = useT();
  const { mail } = useBench();
  const card = (mail.theme ?? PLAIN).card;
  return (what: Kind | Layout): Node =>
    (layouts as readonly string[]).includes(what)
      ? blankLayout(what as Layout, card)
      : blankBlock(what as Kind, (key) => t(key));
}

/** Puts a node at a place; a block that is put between rows gets a row of its own. */
export function put(mail: Mail, node: Node, { parent, at }: Place): Mail {
  const into = find(mail, parent);
  if (fits(node, into)) return insert(mail, parent, at, node);
  if (!isBlock(node) || (into && !into.rows)) return mail;
  const row = sectionOf([column("", [node])]);
  const card = (mail.theme ?? PLAIN).card;
  return insert(mail, parent, at, { ...row, attributes: { ...row.attributes, "background-color": card } });
}

/** The nearest place behind what is selected; without a selection the mail's end, before its last row: there stands the foot. */
export function behind(mail: Mail, node: Node, selected: string | undefined): Place {
  const chosen = find(mail, selected);
  if (chosen && !isBlock(chosen) && chosen.type === "section" && isBlock(node)) {
    const first = chosen.columns?.[0];
    if (first) return { parent: first.id, at: heldBy(first).length };
  }
  let id = selected;
  while (id) {
    const place = placeOf(mail, id);
    if (!place) break;
    if (fits(node, place.parent)) return { parent: place.parent?.id, at: place.at + 1 };
    id = place.parent?.id;
  }
  return { parent: undefined, at: Math.max(0, mail.rows.length - (mail.rows.length > 1 ? 1 : 0)) };
}

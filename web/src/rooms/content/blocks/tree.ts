/** A mail as blocks, as the API has it, and what can be done with the tree. Pure: every change gives a new tree. */

export interface Run {
  kind?: "text" | "value" | "break";
  text?: string;
  bold?: boolean;
  italic?: boolean;
  underline?: boolean;
  strike?: boolean;
  href?: string;
  link?: Record<string, string>;
  style?: string;
}

export interface Paragraph {
  kind: "line" | "paragraph" | "bullet" | "number";
  runs: Run[];
  style?: string;
}

export interface Link {
  label: string;
  href: string;
}

export interface Product {
  src: string;
  alt: string;
  name: string;
  note: string;
  price: string;
  href: string;
  action: string;
}

/** Any row, column or block; which of the fields there are depends on its type. */
export interface Node {
  id: string;
  type: Kind;
  attributes: Record<string, string>;
  level?: 1 | 2 | 3;
  runs?: Run[];
  paragraphs?: Paragraph[];
  links?: Link[];
  header?: boolean;
  cells?: Run[][][];
  items?: Product[];
  label?: string;
  code?: string;
  note?: string;
  until?: string;
  after?: string;
  src?: string;
  alt?: string;
  href?: string;
  condition?: string;
  each?: string;
  row?: string;
  rows?: Node[];
  columns?: Node[];
  blocks?: Node[];
}

export type BlockKind =
  | "heading"
  | "text"
  | "image"
  | "button"
  | "divider"
  | "spacer"
  | "social"
  | "menu"
  | "table"
  | "products"
  | "coupon"
  | "countdown"
  | "video"
  | "conditional"
  | "repeated"
  | "raw";
export type RowKind = "section" | "wrapper" | "conditional_rows" | "repeated_rows" | "shared";
export type Kind = BlockKind | RowKind | "column";

export interface Theme {
  accent: string;
  ink: string;
  page: string;
  card: string;
  font: string;
  heading_font: string;
  radius: number;
}

export interface Mail {
  version: 1;
  attributes: Record<string, string>;
  title: string;
  theme: Theme | null;
  head: string;
  body: Record<string, string>;
  rows: Node[];
}

type Sent = Record<string, unknown>;

let last = 0;
/** A name for a node on this page. */
export const newId = () => `b${++last}`;

/** What the API says of a mail, with a name for every node; a table's rows are `cells` here, as rows hold nodes. */
export function fromApi(sent: Sent): Mail {
  return { ...(sent as unknown as Mail), rows: (sent.rows as Sent[]).map(nodeFrom) };
}

function nodeFrom(sent: Sent): Node {
  const { rows, columns, blocks, ...rest } = sent;
  const node = { type: "column", ...rest, id: newId() } as unknown as Node;
  if (node.type === "table") node.cells = rows as Run[][][];
  else if (rows) node.rows = (rows as Sent[]).map(nodeFrom);
  if (columns) node.columns = (columns as Sent[]).map(nodeFrom);
  if (blocks) node.blocks = (blocks as Sent[]).map(nodeFrom);
  return node;
}

export const toApi = (mail: Mail): Sent => ({ ...mail, rows: mail.rows.map(nodeTo) });

function nodeTo(node: Node): Sent {
  const { cells, rows, columns, blocks, type, ...rest } = node;
  const sent: Sent = type === "column" ? rest : { ...rest, type };
  if (cells) sent.rows = cells;
  if (rows) sent.rows = rows.map(nodeTo);
  if (columns) sent.columns = columns.map(nodeTo);
  if (blocks) sent.blocks = blocks.map(nodeTo);
  return sent;
}

const HELD = ["rows", "columns", "blocks"] as const;
/** What stands in a node. */
export const heldBy = (node: Node): Node[] => node.rows ?? node.columns ?? node.blocks ?? [];

/** A node with what stands in it replaced. */
function holding(node: Node, held: Node[]): Node {
  const key = HELD.find((one) => node[one]);
  return key ? { ...node, [key]: held } : node;
}

/** Every node in reading order. */
export function allNodes(nodes: Node[]): Node[] {
  return nodes.flatMap((node) => [node, ...allNodes(heldBy(node))]);
}

export const find = (mail: Mail, id: string | undefined) =>
  id ? allNodes(mail.rows).find((node) => node.id === id) : undefined;

/** Where a node stands: what holds it (`undefined`: the mail) and at which place. */
export function placeOf(mail: Mail, id: string): { parent: Node | undefined; at: number; of: number } | undefined {
  const look = (nodes: Node[], parent: Node | undefined): ReturnType<typeof placeOf> => {
    const at = nodes.findIndex((node) => node.id === id);
    if (at >= 0) return { parent, at, of: nodes.length };
    for (const node of nodes) {
      const found = look(heldBy(node), node);
      if (found) return found;
    }
  };
  return look(mail.rows, undefined);
}

/** The nodes changed by `change`, wherever the node is; what it does not touch stays the same object. */
function changed(nodes: Node[], id: string, change: (node: Node) => Node[]): Node[] {
  let touched = false;
  const next = nodes.flatMap((node) => {
    if (node.id === id) {
      touched = true;
      return change(node);
    }
    const held = heldBy(node);
    const inner = changed(held, id, change);
    if (inner === held) return [node];
    touched = true;
    return [holding(node, inner)];
  });
  return touched ? next : nodes;
}

export const update = (mail: Mail, id: string, part: Partial<Node>): Mail => ({
  ...mail,
  rows: changed(mail.rows, id, (node) => [{ ...node, ...part }]),
});

/** Puts others in the place of a node. */
export const replace = (mail: Mail, id: string, nodes: Node[]): Mail => ({
  ...mail,
  rows: changed(mail.rows, id, () => nodes),
});

export const rowsFromApi = (rows: Sent[]) => rows.map(nodeFrom);
export const rowsToApi = (rows: Node[]) => rows.map(nodeTo);

export const remove = (mail: Mail, id: string): Mail => ({ ...mail, rows: changed(mail.rows, id, () => []) });

/** Puts a node into what `parent` names (`undefined`: the mail), before the one that stands at `at`. */
export function insert(mail: Mail, parent: string | undefined, at: number, node: Node): Mail {
  if (parent === undefined) return { ...mail, rows: mail.rows.toSpliced(at, 0, node) };
  return { ...mail, rows: changed(mail.rows, parent, (into) => [holding(into, heldBy(into).toSpliced(at, 0, node))]) };
}

/** A copy with names of its own. */
export function copyOf(node: Node): Node {
  const copy = { ...node, id: newId() };
  for (const key of HELD) if (node[key]) copy[key] = node[key].map(copyOf);
  return copy;
}

export function duplicate(mail: Mail, id: string): { mail: Mail; id: string } {
  let made = id;
  const rows = changed(mail.rows, id, (node) => {
    const copy = copyOf(node);
    made = copy.id;
    return [node, copy];
  });
  return { mail: { ...mail, rows }, id: made };
}

export const isBlock = ({ type }: Node) =>
  !["section", "wrapper", "conditional_rows", "repeated_rows", "shared", "column"].includes(type);
/** Whether a node may stand in another (`undefined`: the mail). Raw text may stand anywhere. */
export function fits(node: Node, parent: Node | undefined): boolean {
  if (node.type === "column") return parent?.type === "section";
  if (parent && ["column", "conditional", "repeated"].includes(parent.type)) return isBlock(node);
  if (parent && !parent.rows) return false;
  const row = !isBlock(node) || node.type === "raw";
  return row && !(parent?.type === "wrapper" && (node.type === "wrapper" || node.type === "shared"));
}

/** Moves a node to a place; a mail in which it cannot stand there, or which is in itself, stays as it is. */
export function moveTo(mail: Mail, id: string, parent: string | undefined, at: number): Mail {
  const node = find(mail, id);
  const from = placeOf(mail, id);
  if (!node || !from || allNodes([node]).some((one) => one.id === parent)) return mail;
  if (!fits(node, find(mail, parent))) return mail;
  const shift = from.parent?.id === parent && from.at < at ? 1 : 0;
  return insert(remove(mail, id), parent, at - shift, node);
}

/** Moves a node one place up or down among its neighbours; a block at an end goes on into the next column. */
export function step(mail: Mail, id: string, by: -1 | 1): Mail {
  const node = find(mail, id);
  const place = placeOf(mail, id);
  if (!node || !place) return mail;
  const next = place.at + by;
  if (next >= 0 && next < place.of) return moveTo(mail, id, place.parent?.id, by > 0 ? next + 1 : next);
  const holders = allNodes(mail.rows).filter(
    (one) => one.id !== id && fits(node, one) && one.type === place.parent?.type,
  );
  const at = holders.findIndex((one) => one.id === place.parent?.id) + by;
  const into = holders[at];
  return into ? moveTo(mail, id, into.id, by > 0 ? 0 : heldBy(into).length) : mail;
}

import { type Group, isGroup, type Leaf, type Match, type Node, newGroup, newId } from "./rule";

/** Changes to a rule's tree. Each takes the whole tree and gives a new one; what can't be done gives the same tree. */

/** The tree with one node replaced by others (none, one or several). */
function replace(group: Group, id: string, change: (node: Node) => Node[]): Group {
  let touched = false;
  const nodes = group.nodes.flatMap((node) => {
    if (node.id === id) {
      touched = true;
      return change(node);
    }
    if (!isGroup(node)) return [node];
    const inner = replace(node, id, change);
    if (inner !== node) touched = true;
    return [inner];
  });
  return touched ? { ...group, nodes } : group;
}

export function find(group: Group, id: string): Node | undefined {
  if (group.id === id) return group;
  for (const node of group.nodes) {
    const found = node.id === id ? node : isGroup(node) ? find(node, id) : undefined;
    if (found) return found;
  }
  return undefined;
}

export function parentOf(group: Group, id: string): Group | undefined {
  if (group.nodes.some((node) => node.id === id)) return group;
  for (const node of group.nodes) {
    const found = isGroup(node) && parentOf(node, id);
    if (found) return found;
  }
  return undefined;
}

/** Puts a node at the end of a group. */
export function add(root: Group, into: string, node: Node): Group {
  if (root.id === into) return { ...root, nodes: [...root.nodes, node] };
  return replace(root, into, (group) => (isGroup(group) ? [{ ...group, nodes: [...group.nodes, node] }] : [group]));
}

export const remove = (root: Group, id: string) => replace(root, id, () => []);

export function setLeaf(root: Group, id: string, leaf: Leaf): Group {
  return replace(root, id, (node) => [isGroup(node) ? node : { ...node, leaf }]);
}

export function setMatch(root: Group, id: string, match: Match): Group {
  if (root.id === id) return { ...root, match };
  return replace(root, id, (node) => [isGroup(node) ? { ...node, match } : node]);
}

function copy(node: Node): Node {
  return isGroup(node)
    ? { ...node, id: newId(), nodes: node.nodes.map(copy) }
    : { id: newId(), leaf: structuredClone(node.leaf) };
}

/** The same once more, right behind it. */
export const duplicate = (root: Group, id: string) => replace(root, id, (node) => [node, copy(node)]);

/** Puts a node into a new group of its own, to be joined by others. */
export function wrap(root: Group, id: string): Group {
  const outer = parentOf(root, id);
  return replace(root, id, (node) => [newGroup(outer?.match === "any" ? "all" : "any", [node])]);
}

/** Lifts the parts of a group to where the group was. */
export const unwrap = (root: Group, id: string) => replace(root, id, (node) => (isGroup(node) ? node.nodes : [node]));

/**
 * One step up (-1) or down (1) in reading order: past a condition, into the group that comes next, out of the group at
 * its end.
 */
export function move(root: Group, id: string, step: -1 | 1): Group {
  const home = parentOf(root, id);
  const node = find(root, id);
  if (!home || !node) return root;
  const at = home.nodes.findIndex((one) => one.id === id);
  const neighbour = home.nodes[at + step];
  if (neighbour && isGroup(neighbour)) {
    const inside = { ...neighbour, nodes: step === 1 ? [node, ...neighbour.nodes] : [...neighbour.nodes, node] };
    return replace(remove(root, id), neighbour.id, () => [inside]);
  }
  if (neighbour) {
    const nodes = [...home.nodes];
    nodes[at] = neighbour;
    nodes[at + step] = node;
    return setNodes(root, home.id, nodes);
  }
  if (home === root) return root;
  return replace(remove(root, id), home.id, (group) => (step === 1 ? [group, node] : [node, group]));
}

function setNodes(root: Group, id: string, nodes: Node[]): Group {
  if (root.id === id) return { ...root, nodes };
  return replace(root, id, (node) => [isGroup(node) ? { ...node, nodes } : node]);
}

/** Whether a move would change anything: for the menu. */
export function canMove(root: Group, id: string, step: -1 | 1): boolean {
  const home = parentOf(root, id);
  if (!home) return false;
  const at = home.nodes.findIndex((one) => one.id === id);
  return home !== root || home.nodes[at + step] !== undefined;
}

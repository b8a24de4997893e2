/** A line of a comparison: in both, only in the earlier or only in the later text. */
export interface Line {
  kind: "same" | "gone" | "new";
  text: string;
}

/** Beyond this the table below would take too much memory: what differs is then shown as gone and new as a whole. */
const MOST_CELLS = 16_000_000;

/** What became of the lines of a text: the fewest that are gone or new (longest common subsequence). */
export function compareLines(before: string, after: string): Line[] {
  const [one, other] = [before.split("\n"), after.split("\n")];
  let head = 0;
  while (head < one.length && head < other.length && one[head] === other[head]) head++;
  let tail = 0;
  while (tail < one.length - head && tail < other.length - head && one.at(-1 - tail) === other.at(-1 - tail)) tail++;
  const of = (kind: Line["kind"], lines: string[]): Line[] => lines.map((text) => ({ kind, text }));
  return [
    ...of("same", one.slice(0, head)),
    ...middle(one.slice(head, one.length - tail), other.slice(head, other.length - tail)),
    ...of("same", one.slice(one.length - tail)),
  ];
}

function middle(one: string[], other: string[]): Line[] {
  const width = other.length + 1;
  const found: Line[] = [];
  let [i, j] = [0, 0];
  if ((one.length + 1) * width <= MOST_CELLS) {
    // longest[i * width + j]: how many lines the rests from i and j on have in common
    const longest = new Uint32Array((one.length + 1) * width);
    const at = (row: number, column: number) => longest[row * width + column] ?? 0;
    for (let row = one.length - 1; row >= 0; row--)
      for (let column = other.length - 1; column >= 0; column--)
        longest[row * width + column] =
          one[row] === other[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    while (i < one.length && j < other.length) {
      const text = one[i] as string;
      if (text === other[j]) {
        found.push({ kind: "same", text });
        i++;
        j++;
      } else if (at(i + 1, j) >= at(i, j + 1)) {
        found.push({ kind: "gone", text });
        i++;
      } else {
        found.push({ kind: "new", text: other[j] as string });
        j++;
      }
    }
  }
  for (const text of one.slice(i)) found.push({ kind: "gone", text });
  for (const text of other.slice(j)) found.push({ kind: "new", text });
  return found;
}

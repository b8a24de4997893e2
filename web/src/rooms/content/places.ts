/** Where things may stand in an email's text, so that inserting one never breaks it. Pure. */

const MARK =
  /<!--[\s\S]*?-->|\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}|<(\/?)([a-zA-Z][\w:-]*)((?:[^<>"']|"[^"]*"|'[^']*')*?)(\/?)>/g;
const VOID = new Set(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"]);
/** Elements of MJML whose content is other elements: words between them would be lost. */
const STRUCTURE =
  /^mj(?:ml$|-(?:body|wrapper|section|group|column|hero|navbar|social|accordion(?:-element)?|carousel|head|attributes|all|class|font|breakpoint|html-.*|selector)$)/;
const HOLDS_SECTIONS = new Set(["mj-body", "mj-wrapper"]);
const HIDDEN = new Set(["mj-style", "style", "script", "title", "head"]);

interface Gap {
  from: number;
  to: number;
  /** The elements around it, the nearest last. */
  inside: string[];
}

/** The stretches between tags, each with the elements around it. */
function gapsOf(text: string): Gap[] {
  const gaps: Gap[] = [];
  const open: string[] = [];
  let from = 0;
  for (const match of text.matchAll(MARK)) {
    gaps.push({ from, to: match.index, inside: [...open] });
    from = match.index + match[0].length;
    const name = match[2]?.toLowerCase();
    if (!name) continue;
    if (match[1]) {
      const last = open.lastIndexOf(name);
      if (last >= 0) open.length = last;
    } else if (!match[4] && !VOID.has(name)) open.push(name);
  }
  gaps.push({ from, to: text.length, inside: open });
  return gaps;
}

/** The gap at or behind a place that is fit, else the last one that is. */
function nearest(gaps: Gap[], at: number, fit: (gap: Gap) => boolean): Gap | undefined {
  const fits = gaps.filter(fit);
  return fits.find(({ to }) => to >= at) ?? fits.at(-1);
}

const parentOf = ({ inside }: Gap) => inside.at(-1) ?? "";
const isMjml = (text: string) => /<mjml[\s>]/.test(text);

/** Where a section goes that is wanted at `at`: beside other sections. */
export function sectionPlace(text: string, at: number): number {
  const gaps = gapsOf(text);
  const gap = isMjml(text)
    ? nearest(gaps, at, (one) => HOLDS_SECTIONS.has(parentOf(one)))
    : nearest(gaps, at, (one) => !one.inside.some((name) => HIDDEN.has(name)) && inBody(text, one));
  if (!gap) return Math.min(at, text.length);
  if (!isMjml(text) && at >= gap.from && at <= gap.to) return at;
  // Before the blanks that belong to the next line, so that the lines stay as they are indented.
  const blanks = /[ \t]*$/.exec(text.slice(gap.from, gap.to))?.[0].length ?? 0;
  return gap.to - blanks;
}

/** Where a value goes that is wanted at `at`: there if words or an attribute's value can stand there, else in the next words. */
export function valuePlace(text: string, at: number): number {
  if (inQuotes(text, at)) return at;
  const gaps = gapsOf(text);
  const mjml = isMjml(text);
  const fit = (one: Gap) =>
    mjml
      ? one.inside.includes("mj-body") && !STRUCTURE.test(parentOf(one))
      : !one.inside.some((name) => HIDDEN.has(name)) && inBody(text, one);
  const here = gaps.find(({ from, to }) => at >= from && at <= to);
  if (here && fit(here)) return at;
  const gap = nearest(gaps, at, (one) => fit(one) && (!mjml || text.slice(one.from, one.to).trim() !== ""));
  if (!gap) return at;
  return gap.from + text.slice(gap.from, gap.to).trimEnd().length;
}

const inBody = (text: string, { inside }: Gap) => !/<body[\s>]/i.test(text) || inside.includes("body");

/** Whether a place is between the quotes of an attribute. */
function inQuotes(text: string, at: number): boolean {
  for (const match of text.matchAll(MARK)) {
    if (match.index >= at) return false;
    if (!match[2] || match.index + match[0].length <= at) continue;
    const before = text.slice(match.index, at);
    return before.replace(/"[^"]*"|'[^']*'/g, "").search(/["']/) >= 0;
  }
  return false;
}

/** The blanks a line begins with at a place, for lines that are put before it. */
export function indentAt(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(at))?.[0] ?? "";
}

/** A block as lines of their own at a place: indented like what follows, beginning and ending on a line. */
export function asLines(block: string, text: string, at: number): string {
  const indent = indentAt(text, at);
  const lines = block.replace(/\n$/, "").split("\n");
  const before = at > 0 && text[at - 1] !== "\n" ? "\n" : "";
  return `${before}${lines.map((line) => (line ? indent + line : line)).join("\n")}\n`;
}

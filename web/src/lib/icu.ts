import { keep } from "./keep";
import { isolate, signed } from "./text";

/**
 * A compiled piece of an ICU message (see `build/messages.ts`): plain words; 0 for the number of the plural around it; or
 * an argument, a number, a choice (`none` where there is no value), a plural or a tag with its name.
 */
export type Piece =
  | string
  | 0
  | ["arg", string]
  | ["number", string, Intl.NumberFormatOptions?]
  | ["select", string, Record<string, Piece[]>]
  | ["plural", string, Record<string, Piece[]>, number, Intl.PluralRuleType]
  | ["tag", string, Piece[]];
/** A compiled message: without arguments it is the sentence itself. */
export type Message = string | Piece[];

const written = (value: number, locale: string, options?: Intl.NumberFormatOptions) =>
  signed(keep(`n ${locale} ${JSON.stringify(options)}`, () => new Intl.NumberFormat(locale, options)).format(value));
const rules = (locale: string, type: Intl.PluralRuleType) =>
  keep(`p ${locale} ${type}`, () => new Intl.PluralRules(locale, { type }));

const HAN = /[\u3400-\u9fff]/;
const WORD = /[A-Za-z0-9\u00c0-\u024f]/;

/** Chinese words and a foreign name or number beside them have a space between them. */
function spaced(parts: unknown[]): unknown[] {
  return parts.flatMap((part, at) => {
    const before = parts[at - 1];
    if (typeof before !== "string" || typeof part !== "string") return [part];
    const [last = "", first = ""] = [before.at(-1), part[0]];
    const meet = (HAN.test(last) && WORD.test(first)) || (WORD.test(last) && HAN.test(first));
    return meet ? [" ", part] : [part];
  });
}

/** The parts of a message with its values put in. A tag's value is a function of the parts inside. */
export function fill(pieces: Piece[], values: Record<string, unknown>, locale: string, count = 0): unknown[] {
  const parts = pieces.flatMap((piece): unknown[] => {
    if (typeof piece === "string") return [piece];
    if (piece === 0) return [written(count, locale)];
    const value = values[piece[1]];
    switch (piece[0]) {
      case "arg":
        if (typeof value === "number") return [written(value, locale)];
        return [typeof value === "string" ? isolate(value) : (value ?? "")];
      case "number":
        return [written(Number(value), locale, piece[2])];
      case "select":
        return fill(piece[2][String(value ?? "none")] ?? piece[2].other ?? [], values, locale, count);
      case "plural": {
        const number = Number(value) - piece[3];
        const chosen = piece[2][`=${value}`] ?? piece[2][rules(locale, piece[4]).select(number)] ?? piece[2].other;
        return fill(chosen ?? [], values, locale, number);
      }
      default: {
        const inside = fill(piece[2], values, locale, count);
        return typeof value === "function" ? [value(inside)] : inside;
      }
    }
  });
  return locale.startsWith("zh") ? spaced(parts) : parts;
}

/** A message as one string. */
export function sentence(message: Message, values: Record<string, unknown>, locale: string): string {
  return typeof message === "string" ? message : fill(message, values, locale).join("");
}

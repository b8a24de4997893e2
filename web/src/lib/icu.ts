import { keep } from "./keep";

/**
 * A compiled piece of an ICU message (see `build/messages.ts`): plain words; 0 for the number of the plural around it; or
 * an argument, a number, a choice, a plural or a tag with its name.
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

const numbers = (locale: string, options?: Intl.NumberFormatOptions) =>
  keep(`n ${locale} ${JSON.stringify(options)}`, () => new Intl.NumberFormat(locale, options));
const rules = (locale: string, type: Intl.PluralRuleType) =>
  keep(`p ${locale} ${type}`, () => new Intl.PluralRules(locale, { type }));

/** The parts of a message with its values put in. A tag's value is a function of the parts inside. */
export function fill(pieces: Piece[], values: Record<string, unknown>, locale: string, count = 0): unknown[] {
  return pieces.flatMap((piece): unknown[] => {
    if (typeof piece === "string") return [piece];
    if (piece === 0) return [numbers(locale).format(count)];
    const value = values[piece[1]];
    switch (piece[0]) {
      case "arg":
        return [typeof value === "number" ? numbers(locale).format(value) : (value ?? "")];
      case "number":
        return [numbers(locale, piece[2]).format(Number(value))];
      case "select":
        return fill(piece[2][String(value)] ?? piece[2].other ?? [], values, locale, count);
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
}

/** A message as one string. */
export function sentence(message: Message, values: Record<string, unknown>, locale: string): string {
  return typeof message === "string" ? message : fill(message, values, locale).join("");
}

import { TextInput, VisuallyHidden } from "@mantine/core";
import { IconArrowsExchange, IconCalendar, IconReceipt, IconTrash } from "@tabler/icons-react";
import {
  type ClipboardEvent,
  type KeyboardEvent,
  memo,
  type RefObject,
  startTransition,
  useEffect,
  useRef,
  useState,
} from "react";
import { useFormat } from "@/lib/format";
import { Choice } from "@/ui/Choice";
import { NumberField, useExactMoney } from "@/ui/numbers";
import { QuietMenu } from "@/ui/PageHead";
import { SaveState } from "@/ui/SaveState";
import { FormError } from "@/ui/states";
import { say } from "@/ui/tray";
import { ConflictNote } from "../ConflictNote";
import { useVersioned } from "../useVersioned";
import { resources } from "../words";
import { AmountField, useCurrencies } from "./fields";
import css from "./Grid.module.css";
import narrow from "./Grid.narrow.module.css";
import { draftOf, type Line, type UseBudget } from "./useBudget";
import { useT } from "./useT";

/** Lines that get their fields at once, and at a time after that: a page of hundreds is there as soon as one of ten. */
const BATCH = 40;

export type Opening = { what: "entries" | "move" | "details"; line: Line };

interface Props {
  budget: UseBudget;
  lines: Line[];
  mayEdit: boolean;
  onOpen: (opening: Opening) => void;
  onPaste: (text: string) => void;
  /** Another line, below the last. */
  onMore: () => void;
}

/**
 * Moves to the cell above, below or beside, as in a spreadsheet. Left and right only from the edge of the text; Enter in
 * the last line begins another, once the last one has a name.
 */
function walk(event: KeyboardEvent<HTMLTableElement>, nameless: string, onMore: (() => void) | undefined) {
  const field = event.target as HTMLInputElement;
  const cell = field.closest("td");
  const row = cell?.closest("tr");
  if (!cell || !row || field.getAttribute("aria-expanded") === "true") return;
  const { key } = event;
  const plain = field.tagName === "BUTTON" && field.role !== "combobox";
  const column = [...row.cells].indexOf(cell);
  const rows = [...event.currentTarget.querySelectorAll<HTMLTableRowElement>("tbody tr[data-line]")];
  const focus = (target: Element | null | undefined) => {
    const input = target?.querySelector<HTMLInputElement>("input, button");
    if (!input) return;
    event.preventDefault();
    input.focus();
    input.select?.();
  };
  const step =
    key === "ArrowDown" || (key === "Enter" && !event.shiftKey) ? 1 : key === "ArrowUp" || key === "Enter" ? -1 : 0;
  if (step) {
    if (plain) return;
    const next = rows[rows.indexOf(row) + step];
    if (next || key !== "Enter" || step < 0) return focus(next?.cells[column]);
    const name = row.querySelector("input")?.value.trim();
    if (!onMore || !name || name === nameless) return;
    event.preventDefault();
    field.blur();
    onMore();
    return;
  }
  const side = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
  if (!side || plain) return;
  if (field.tagName === "INPUT") {
    const whole = field.selectionStart === 0 && field.selectionEnd === field.value.length;
    const edge = side > 0 ? field.value.length : 0;
    if (!whole && field.selectionStart !== edge && !field.readOnly) return;
  } else event.preventDefault();
  let at = column + side;
  while (row.cells[at] && !row.cells[at]?.querySelector("input, [role=combobox]")) at += side;
  focus(row.cells[at]);
}

/** The lines of a budget: typed like a spreadsheet, each line kept by itself. */
export function Grid({ budget, lines, mayEdit, onOpen, onPaste, onMore }: Props) {
  const t = useT();
  const exact = useExactMoney();
  const sum = (part: (line: Line) => number) => exact(lines.reduce((all, line) => all + part(line), 0));
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text/plain");
    if (!mayEdit || !/[\t\n]./.test(text.trim())) return;
    event.preventDefault();
    onPaste(text);
  };
  const heads = ["planned", "committed", "spent", "left"] as const;
  const currencies = useCurrencies();
  const latest = useRef(budget);
  latest.current = budget;
  const [filled, setFilled] = useState(BATCH);
  useEffect(() => {
    if (filled < lines.length) startTransition(() => setFilled(filled + BATCH));
  }, [filled, lines.length]);
  return (
    <div className={css.scroll}>
      <table
        className={`${css.table} ${narrow.table}`}
        aria-label={t("lines")}
        onKeyDown={(event) => walk(event, t("newLine"), mayEdit ? onMore : undefined)}
        onPaste={paste}
      >
        <thead>
          <tr>
            <th scope="col">{t("line")}</th>
            <th scope="col">{t("kind")}</th>
            <th scope="col" data-end>
              {t("quantity")}
            </th>
            <th scope="col" data-end>
              {t("price")}
            </th>
            <th scope="col">{t("currency")}</th>
            {heads.map((head) => (
              <th key={head} scope="col" data-end>
                {t(`sum.${head}`)}
              </th>
            ))}
            <th scope="col" className={css.tools}>
              <VisuallyHidden>{t("more")}</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, at) =>
            at < filled || at === lines.length - 1 ? (
              <Row key={line.id} budget={latest} {...{ line, mayEdit, currencies, onOpen }} />
            ) : (
              <Bare key={line.id} line={line} />
            ),
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={5}>
              {t("total")}
            </th>
            <td data-name={t("sum.planned")}>{sum((line) => line.planned_minor)}</td>
            <td data-name={t("sum.committed")}>{sum((line) => line.committed_minor)}</td>
            <td data-name={t("sum.spent")}>{sum((line) => line.spent_minor)}</td>
            <td data-name={t("sum.left")}>{sum(leftOf)}</td>
            <td className={css.tools} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

const leftOf = (line: Line) => line.planned_minor - line.committed_minor - line.spent_minor;

/** A line before its fields are there: the same words in the same places. */
const Bare = memo(function Bare({ line }: { line: Line }) {
  const t = useT();
  const exact = useExactMoney();
  const format = useFormat();
  return (
    <tr>
      <td>{line.name}</td>
      <td>{t(`resource.${line.resource}`)}</td>
      <td data-end data-name={t("quantity")}>
        {format.number(line.quantity)}
      </td>
      <td data-end data-name={t("price")}>
        {format.money(line.unit_price_minor ?? 0, line.currency)}
      </td>
      <td data-name={t("currency")}>{line.currency}</td>
      {[line.planned_minor, line.committed_minor, line.spent_minor, leftOf(line)].map((minor, at) => (
        <td key={at} data-end>
          {exact(minor)}
        </td>
      ))}
      <td />
    </tr>
  );
});

interface RowProps {
  budget: RefObject<UseBudget>;
  line: Line;
  mayEdit: boolean;
  currencies: string[];
  onOpen: Props["onOpen"];
}

/** A line and its fields; drawn anew only when it changes itself. */
const Row = memo(function Row({ budget, line, mayEdit, currencies, onOpen }: RowProps) {
  const t = useT();
  const exact = useExactMoney();
  const mine = (answer: { lines: Line[] }) => {
    const found = answer.lines.find(({ id }) => id === line.id);
    if (!found) throw new Error(t("gone"));
    return found;
  };
  const thing = useVersioned({
    server: line,
    draftOf,
    save: async (draft, version) => mine(await budget.current.save(line.id, draft, version)),
    load: async () => mine(await budget.current.load()),
  });
  const { draft, change, flush } = thing;
  const currency = draft.currency ?? line.currency;
  const left = leftOf(line);
  const entered = useRef(draft);
  /** Escape puts back what stood there when one came into the cell; in a new line that nobody has named, it takes the line back. */
  const putBack = (event: KeyboardEvent<HTMLTableRowElement>) => {
    const field = event.target as HTMLInputElement;
    if (event.key !== "Escape" || field.getAttribute("aria-expanded") === "true") return;
    if (entered.current === draft) {
      const unused = draft.name === t("newLine") && !line.planned_minor && !line.committed_minor && !line.spent_minor;
      if (!unused || !mayEdit) return;
      event.preventDefault();
      event.currentTarget.previousElementSibling?.querySelector("input")?.focus();
      return void remove();
    }
    event.preventDefault();
    change(entered.current, true);
    requestAnimationFrame(() => field.select?.());
  };
  const remove = async () => {
    try {
      await budget.current.remove(line.id);
      say(t("removed", { name: draft.name }), {
        action: { label: t("undo"), act: () => void budget.current.add({ ...draft, spent_minor: line.spent_minor }) },
      });
    } catch (problem) {
      say((problem as Error).message, { tone: "bad" });
    }
  };
  const details = [
    line.task_name,
    line.moved_minor > 0 && t("moved", { amount: exact(line.moved_minor) }),
    line.moved_minor < 0 && t("moved.away", { amount: exact(-line.moved_minor) }),
    line.tax_rate > 0 && t("gross", { amount: exact(line.gross_minor) }),
  ].filter(Boolean);
  return (
    <>
      <tr
        data-line={line.id}
        onKeyDown={putBack}
        onFocus={() => {
          entered.current = draft;
        }}
      >
        <td>
          <TextInput
            variant="unstyled"
            aria-label={t("line")}
            value={draft.name}
            maxLength={200}
            readOnly={!mayEdit}
            onBlur={flush}
            error={draft.name.trim() ? undefined : t("nameless")}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          {details.length > 0 && <small className={css.details}>{details.join(" · ")}</small>}
        </td>
        <td>
          {mayEdit ? (
            <Choice
              inGrid
              label={t("kind")}
              value={draft.resource}
              shown={t(`resource.${draft.resource}`)}
              options={() => resources.map((value) => [value, t(`resource.${value}`)])}
              onChoose={(resource) => change({ resource: resource as Line["resource"] }, true)}
            />
          ) : (
            t(`resource.${draft.resource}`)
          )}
        </td>
        <td data-end data-name={t("quantity")}>
          <NumberField
            bare
            label={t("quantity")}
            digits={3}
            max={999_999_999}
            disabled={!mayEdit}
            value={draft.quantity ?? 1}
            onBlur={flush}
            onChange={(quantity) => change({ quantity: quantity ?? 0 })}
          />
        </td>
        <td data-end data-name={t("price")}>
          <AmountField
            bare
            label={t("price")}
            currency={currency}
            disabled={!mayEdit}
            value={draft.unit_price_minor ?? 0}
            onBlur={flush}
            onChange={(minor) => change({ unit_price_minor: minor ?? 0 })}
          />
        </td>
        <td data-name={t("currency")}>
          {mayEdit ? (
            <Choice
              inGrid
              label={t("currency")}
              value={currency}
              shown={currency}
              options={() => [...new Set([...currencies, currency])].map((code) => [code, code])}
              onChoose={(code) => change({ currency: code }, true)}
            />
          ) : (
            currency
          )}
        </td>
        <td data-end data-name={t("sum.planned")}>
          {exact(line.planned_minor)}
        </td>
        <td data-end data-name={t("sum.committed")}>
          {exact(line.committed_minor)}
        </td>
        <td data-end data-name={t("sum.spent")}>
          <button type="button" className={css.spent} onClick={() => onOpen({ what: "entries", line })}>
            {exact(line.spent_minor)}
          </button>
        </td>
        <td data-end data-name={t("sum.left")} data-over={left < 0 || undefined}>
          {exact(left)}
        </td>
        <td className={css.tools}>
          <QuietMenu
            label={t("more.name", { name: draft.name })}
            entries={[
              { label: t("entries.open"), icon: IconReceipt, act: () => onOpen({ what: "entries", line }) },
              ...(mayEdit
                ? [
                    { label: t("details.open"), icon: IconCalendar, act: () => onOpen({ what: "details", line }) },
                    { label: t("move.open"), icon: IconArrowsExchange, act: () => onOpen({ what: "move", line }) },
                    { label: t("remove"), icon: IconTrash, danger: true, act: () => void remove() },
                  ]
                : []),
            ]}
          />
        </td>
      </tr>
      {(thing.conflict || thing.error !== undefined || thing.state === "failed") && (
        <tr className={css.note}>
          <td colSpan={10}>
            <ConflictNote
              thing={thing}
              names={{ name: t("line"), resource: t("kind"), unit_price_minor: t("price"), quantity: t("quantity") }}
            />
            {!thing.conflict && <SaveState state={thing.state} />}
            <FormError error={thing.error} />
          </td>
        </tr>
      )}
    </>
  );
});

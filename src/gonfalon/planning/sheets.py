"""Read tables that were copied from a spreadsheet or exported by another tool: pure.

Finds the row that names the columns (exports have title lines above it), says which columns are not read, and leaves
out what is no row of its own: totals and footers. What a cell means is said by `kit/cells.py`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from gonfalon.accounts.context import Context
from gonfalon.kit.cells import Unreadable, bare, heading, joined_heads, read_amount, read_number
from gonfalon.kit.cells import read_currency as currency_of
from gonfalon.kit.errors import Invalid
from gonfalon.kit.moments import Order, day_orders, month_first, read_day
from gonfalon.kit.money import CURRENCIES, minor_digits
from gonfalon.kit.zones import country_of_zone

LARGEST = 10**15
"""Minor units that one amount may have at most: JSON numbers are exact to nine times that."""
_HEAD_WITHIN = 25
"""How many rows may stand above the one that names the columns."""
_BRACKETS = re.compile(r"[(\[（【]([^)\]）】]*)[)\]）】]")
_TOTALS = frozenset(
    ["total", "totals", "grand total", "suma", "razem", "celkem", "totale", "totaal", "i alt", "yhteensa", "toplam",
     "итого", "всего", "συνολο", "合計", "総計", "小計", "합계", "총계", "總計",
     "subtotal", "sub total", "sum", "totaux", "total general", "sous total",
     "somme",
     "totalt", "summa", "delsumma", "gesamt", "gesamtsumme", "summe", "insgesamt", "总计", "合计", "总额", "小计"]
)  # fmt: skip
_SIGNS = frozenset(["€", "£", "$", "¥", "元", "円", "kr", "zł", "kč", "₽", "₩", "₺", "₹", "tl"])


@dataclass(frozen=True, slots=True)
class WrongCell:
    """What cannot be read or kept: the row (1 is the first below the head), the column, a code, what was written."""

    number: Annotated[int, Field(description="The row; 1 is the first below the head")]
    column: str
    code: str
    value: str = ""


LeftOutReason = Literal["total", "footer", "nothing"]


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """A row that is none of its own: what stands in it, and why (total, footer or nothing)."""

    number: int
    why: LeftOutReason
    text: str


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What has to be said of how a sheet was read, before anything is made of it.

    unread: headings of columns that are not read. order: of days whose numbers could be read in two orders, else none.
    """

    unread: Annotated[tuple[str, ...], Field(description="Headings of columns that are not read")] = ()
    order: Annotated[
        Order | None,
        Field(description="How days were read whose numbers could also be read in another order; null: none could"),
    ] = None
    left_out: tuple[LeftOutRow, ...] = ()


@dataclass(slots=True)
class Sheet:
    """A table as understood.

    rows: with their numbers (1 is the first below the head). columns: where each known one is. unread: headings of
    columns that hold something nobody reads. currencies: of columns whose heading names one.
    """

    rows: list[tuple[int, Sequence[str]]]
    columns: dict[str, int]
    unread: list[str] = field(default_factory=list)
    currencies: dict[str, str] = field(default_factory=dict)
    left_out: list[LeftOutRow] = field(default_factory=list)

    def cell(self, cells: Sequence[str], name: str) -> str:
        """Return what a row has in a column; empty when it has no such column."""
        at = self.columns.get(name, -1)
        return cells[at].replace("\x00", "").strip() if 0 <= at < len(cells) else ""

    def currency(self, name: str, home: str) -> str:
        """Return the currency that a column's heading names, or `home`."""
        said = self.currencies.get(name, "")
        try:
            return currency_of(said, home) if said else home
        except Unreadable as problem:
            raise Invalid(
                "currency_ambiguous",
                f"“{said}” in the heading stands for several currencies; write its code, such as SEK.",
                value=said,
            ) from problem

    def column(self, name: str) -> list[str]:
        """Return everything that is written in a column."""
        return [self.cell(cells, name) for _, cells in self.rows]


def words(names: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return column by heading, of columns with their possible headings; the first one that claims a heading has it."""
    found: dict[str, str] = {}
    for column, heads in names.items():
        for head in heads:
            found.setdefault(heading(head), column)
    return found


def cells_of(text: str, delimiter: str = "") -> list[list[str]]:
    """Return the rows of text that was copied from a sheet (tabs) or of a CSV file; empty rows are left out.

    Raises csv.Error for what is no table.
    """
    head = next((row for row in text.splitlines() if row.strip()), "")
    mark = delimiter or ("\t" if "\t" in text else max(",;|", key=head.count))
    # A lone quotation mark is an inch or a slip, not the beginning of a cell of several lines.
    lone = text.count('"') % 2 == 1
    rows = csv.reader(
        io.StringIO(text, newline=""), delimiter=mark, quoting=csv.QUOTE_NONE if lone else csv.QUOTE_MINIMAL
    )
    return [row for row in rows if any(cell.strip() for cell in row)]


def find_columns(cells: Sequence[str], known: Mapping[str, str]) -> tuple[dict[str, int], dict[str, str]]:
    """Find where the columns are by what their heads say, and the currencies that heads name: "Amount spent (USD)"."""
    columns: dict[str, int] = {}
    currencies: dict[str, str] = {}
    for at, cell in enumerate(cells):
        said, currency = _heading(cell, known)
        if said is not None and said not in columns:
            columns[said] = at
            if currency:
                currencies[said] = currency
    return columns, currencies


def _heading(cell: str, known: Mapping[str, str]) -> tuple[str | None, str]:
    """Return the column that a heading names, and the currency beside the name."""
    text = bare(cell)
    if (column := known.get(heading(text))) is not None:
        return column, _currency_in(text)
    plain = heading(_BRACKETS.sub(" ", text))
    if (column := known.get(plain)) is not None:
        return column, _currency_in(text)
    parts = plain.split()
    if len(parts) > 1 and parts[-1].upper() in CURRENCIES:
        return known.get(" ".join(parts[:-1])), parts[-1]
    return None, ""


def _currency_in(head: str) -> str:
    """Return what a heading has in brackets, if that is a currency's code or sign."""
    for inside in _BRACKETS.findall(head):
        word = str(inside).strip()
        if word.upper() in CURRENCIES or word.casefold() in _SIGNS:
            return word
    return ""


def read_sheet(
    table: Sequence[Sequence[str]], known: Mapping[str, str], needed: Iterable[frozenset[str]]
) -> Sheet | None:
    """Read the table below its head; None when none of the first rows names what is needed: of each set one column."""
    needs = list(needed)
    for at, above in enumerate(table[:_HEAD_WITHIN]):
        cells, end = _head(table, at, known)
        columns, currencies = find_columns(cells, known)
        if all(need & columns.keys() for need in needs):
            # Some tools name the columns again above every group.
            rows = [(number, row) for number, row in enumerate(table[end:], 1) if list(row) not in (cells, list(above))]
            if "currency" in known.values() and "currency" not in columns:
                columns |= _codes(columns, rows)
            sheet = Sheet(rows, columns, currencies=currencies)
            sheet.unread = unread(cells, columns, table[end:])
            return sheet
    return None


def _head(table: Sequence[Sequence[str]], at: int, known: Mapping[str, str]) -> tuple[list[str], int]:
    """Return what the columns are called from a row on, and where the rows begin: heads may be two rows high.

    The second one belongs to the head if it names columns and nothing else, in gaps of the first or below its groups.
    """
    upper = list(table[at])
    if at + 1 < len(table):
        lower = table[at + 1]
        filled = [cell for cell in lower if cell.strip()]
        if filled and all(_heading(cell, known)[0] is not None for cell in filled):
            joined = joined_heads(upper, lower)
            if len(find_columns(joined, known)[0]) > len(find_columns(upper, known)[0]):
                return joined, at + 2
    return upper, at + 1


def _codes(columns: Mapping[str, int], rows: Sequence[tuple[int, Sequence[str]]]) -> dict[str, int]:
    """Return the column of currencies by its cells, whatever it is called: amounts beside it are in no other."""
    width = max((len(row) for _, row in rows), default=0)
    for at in set(range(width)) - set(columns.values()):
        filled = [row[at].strip() for _, row in rows if at < len(row) and row[at].strip()]
        if filled and all(cell.isupper() and cell in CURRENCIES for cell in filled):
            return {"currency": at}
    return {}


def in_order(table: Sequence[Sequence[str]], columns: Sequence[str]) -> Sheet:
    """Return a table without a head, whose columns stand in a known order."""
    sheet = Sheet(list(enumerate(table, 1)), {name: at for at, name in enumerate(columns)})
    sheet.unread = unread((), sheet.columns, table)
    return sheet


def unread(head: Sequence[str], columns: Mapping[str, int], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return headings of columns that hold something and are not read; those without a heading by their number."""
    taken = set(columns.values())
    width = max((len(row) for row in [head, *rows]), default=0)
    found = []
    for at in range(width):
        if at not in taken and any(at < len(row) and row[at].strip() for row in rows):
            said = head[at].strip() if at < len(head) else ""
            found.append(said[:60] or f"#{at + 1}")
    return found


def leave_out_totals(sheet: Sheet, *, day: str, amounts: Sequence[str], label: str) -> None:
    """Take rows out that are none of their own: totals of the others, and footers.

    A total says so in its first words and has no day; or it has no label where the others have one, and is their sum.
    """
    labelled = [cells for _, cells in sheet.rows if sheet.cell(cells, label)]

    def amount(cells: Sequence[str]) -> str:
        return next((found for name in amounts if (found := sheet.cell(cells, name))), "")

    def why(cells: Sequence[str]) -> LeftOutReason | None:
        when = sheet.cell(cells, day)
        if not day_orders([when]):
            if any(_is_total(cell) for cell in cells[:8]):
                return "total"
            if not amount(cells):
                return "footer"
        of_others = label in sheet.columns and not sheet.cell(cells, label)
        return "total" if of_others and _is_sum(amount(cells), [amount(each) for each in labelled]) else None

    kept: list[tuple[int, Sequence[str]]] = []
    for number, cells in sheet.rows:
        if reason := why(cells):
            first = next((cell.strip() for cell in cells if cell.strip()), "")
            sheet.left_out.append(LeftOutRow(number, reason, first[:60]))
        else:
            kept.append((number, cells))
    sheet.rows = kept


def leave_out_sum_lines(sheet: Sheet, label: str) -> None:
    """Take rows out whose label says nothing but that they are a total: they would be counted twice."""
    kept: list[tuple[int, Sequence[str]]] = []
    for number, cells in sheet.rows:
        said = sheet.cell(cells, label)
        if heading(said) in _TOTALS and len(sheet.rows) > 1:
            sheet.left_out.append(LeftOutRow(number, "total", said[:60]))
        else:
            kept.append((number, cells))
    sheet.rows = kept


def _is_total(cell: str) -> bool:
    """Return whether a cell begins as that of a total: "Total", "Total: Account", "Total of 12 results"."""
    parts = heading(cell).split(" ")
    return parts[0] in _TOTALS or " ".join(parts[:2]) in _TOTALS


def _is_sum(whole: str, parts: Sequence[str]) -> bool:
    try:
        values = [read_amount(part or "0", "USD")[0] for part in (whole, *parts)]
    except Unreadable:
        return False
    return bool(parts) and values[0] != 0 and values[0] == sum(values[1:])


def usual_order(country: str, language: str) -> Order:
    """Return in which order people of a workspace write the numbers of a day."""
    return "mdy" if month_first(country) or language == "zh" else "dmy"


def order_in(ctx: Context) -> Order:
    """Return the order of the context's workspace, by its country and language."""
    return usual_order(country_of_zone(ctx.workspace.time_zone), ctx.workspace.language)


def order_of(cells: Iterable[str], usual: Order) -> Order:
    """Return the order of a column's days: what its cells decide, else the workspace's. Cells that are no days don't
    count.
    """
    orders = [found for cell in cells if cell and (found := day_orders([cell]))]
    shared: list[Order] = [each for each in (usual, "dmy", "mdy", "ymd") if all(each in found for found in orders)]
    return shared[0] if shared else usual


def guessed(cells: Iterable[str], order: Order) -> bool:
    """Return whether some cell of a column could have been read in another order too, so that the order has to be
    said."""
    return any(cell and set(day_orders([cell])) >= {"dmy", "mdy"} and _differs(cell) for cell in cells)


def _differs(cell: str) -> bool:
    numbers = re.findall(r"\d+", cell)
    return len(numbers[0]) < 4 and numbers[0].zfill(2) != numbers[1].zfill(2) if len(numbers) > 2 else False


def read_money(text: str, home: str, *, negative: bool = False) -> tuple[int, str]:
    """Read minor units of an amount as people write it, and its currency: the one beside it, else `home`.

    More decimals than the currency has are refused, never rounded. Raises Unreadable; negative amounts are refused
    unless they are asked for.
    """
    try:
        number, currency = read_amount(text, home)
    except Unreadable as problem:
        raise Unreadable("amount_unreadable" if problem.code == "number_unreadable" else problem.code) from problem
    minor = number.scaleb(minor_digits(currency))
    if minor != minor.to_integral_value():
        raise Unreadable("amount_digits")
    if minor < 0 and not negative:
        raise Unreadable("amount_negative")
    if abs(minor) > LARGEST:
        raise Unreadable("amount_large")
    return int(minor), currency


def read_date(text: str, order: Order) -> date:
    """Read a day that can be planned for, in any usual form; `order`: of its numbers."""
    try:
        found = read_day(text, order)
    except Unreadable as problem:
        raise Unreadable("day_unreadable") from problem
    if not 1970 <= found.year <= 2200:
        raise Unreadable("day_unreadable")
    return found


def read_currency(text: str, home: str) -> str:
    """Read a currency's code; empty is `home`."""
    try:
        return currency_of(text, home) if text.strip() else home
    except Unreadable as problem:
        raise Unreadable("currency_unknown" if problem.code == "number_unreadable" else problem.code) from problem


def read_share(text: str) -> Decimal:
    """Read a tax rate as a part of one: "25 %", "25" and "0.25" are the same; one and above is percent ("1" is 1 %)."""
    try:
        number = read_number(bare(text).replace("%", ""))
    except Unreadable as problem:
        raise Unreadable("tax_unreadable") from problem
    share = number / 100 if "%" in text or "％" in text or number >= 1 else number
    if not 0 <= share <= 1:
        raise Unreadable("tax_unreadable")
    return round(share, 5)

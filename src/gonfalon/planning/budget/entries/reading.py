"""Reading a file of invoices or media spend: pure, with what is wrong said row by row."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import UUID

from gonfalon.kit.errors import Invalid
from gonfalon.planning.budget.cells import (
    Unreadable,
    Wrong,
    cell_of,
    find_columns,
    read_amount,
    read_currency,
    read_day,
    read_share,
)
from gonfalon.planning.budget.model import ZERO, EntryDraft, EntryKind

T = TypeVar("T")
MOST_ROWS = 5_000
NAMES: dict[str, tuple[str, ...]] = {
    "day": ("date", "day", "invoice date", "jour", "date de facture", "datum", "dag", "fakturadatum", "日期",
            "开票日期"),
    "amount": ("amount", "net", "net amount", "cost", "spend", "montant", "montant ht", "coût", "belopp", "netto",
               "kostnad", "金额", "净额", "花费"),
    "gross": ("gross", "gross amount", "total", "montant ttc", "ttc", "brutto", "totalt", "总额", "含税金额"),
    "currency": ("currency", "devise", "valuta", "币种", "货币"),
    "tax": ("tax", "tax rate", "vat", "tva", "taux de tva", "moms", "momssats", "税率"),
    "kind": ("kind", "type", "genre", "typ", "slag", "类型"),
    "line": ("line", "budget line", "ligne", "ligne budgétaire", "rad", "budgetrad", "预算行", "预算项目"),
    "supplier": ("supplier", "vendor", "platform", "fournisseur", "leverantör", "plattform", "供应商", "平台"),
    "reference": ("reference", "invoice", "invoice number", "référence", "facture", "referens", "faktura",
                  "fakturanummer", "参考号", "发票号"),
    "note": ("note", "description", "remarque", "anteckning", "beskrivning", "备注", "说明"),
    "external": ("id", "external id", "external_id", "identifiant", "externt id", "外部编号", "编号"),
}  # fmt: skip
KINDS = {
    EntryKind.COMMITMENT: ("commitment", "order", "purchase order", "commande", "engagement", "beställning", "order",
                           "订单", "承诺"),
    EntryKind.INVOICE: ("invoice", "bill", "facture", "faktura", "发票"),
    EntryKind.MEDIA: ("media", "media spend", "ad spend", "média", "médias", "annonsering", "媒体", "广告"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """A file as understood: a draft for each row that could be read, with the row's number."""

    rows: list[tuple[int, EntryDraft]]
    wrong: list[Wrong]
    total: int


def read_entries(
    text: str, lines: Mapping[str, UUID], home: str, *, line_id: UUID | None = None, kind: EntryKind | None = None
) -> Read:
    """Rows of a CSV (comma, semicolon or tab) with a head. lines: the campaign's, by name in lower case.

    line_id, kind: for rows that do not say. A row without a number of its own gets one made of what it says, and of how
    often the same stood in the file before it: the same file twice has the same numbers.
    Raises Invalid for what is no such file, or is too long.
    """
    table = _table(text)
    columns = find_columns(table[0], NAMES)
    if "day" not in columns or not {"amount", "gross"} & columns.keys():
        raise Invalid(
            "import_columns",
            "The first row must name the columns; at least a date and an amount are needed. Found: "
            + (", ".join(cell.strip()[:30] for cell in table[0][:12] if cell.strip()) or "nothing"),
        )
    rows: list[tuple[int, EntryDraft]] = []
    wrong: list[Wrong] = []
    seen: Counter[str] = Counter()
    for number, cells in enumerate(table[1:], 1):
        draft = _row(number, cells, columns, lines, home, line_id, kind, wrong)
        if draft is None:
            continue
        if draft.external_id is None:
            said = repr((draft.line_id, draft.kind.value, draft.day, draft.amount_minor, draft.currency,
                         draft.tax_rate, draft.includes_tax, draft.supplier, draft.reference, draft.note))  # fmt: skip
            digest = hashlib.sha256(said.encode()).hexdigest()[:32]
            seen[digest] += 1
            draft = replace(draft, external_id=f"csv:{digest}:{seen[digest]}")
        rows.append((number, draft))
    return Read(rows, wrong, len(table) - 1)


def _table(text: str) -> list[list[str]]:
    if "\x00" in text or text.count("\ufffd") > 3 or text.lstrip()[:5].lower() in ("%pdf-", "<!doc", "<html", "<?xml"):
        raise Invalid("import_not_csv", "This is not a CSV file; save the sheet as CSV (UTF-8) and try again.")
    sample = text[:20_000]
    head = next((row for row in sample.splitlines() if row.strip()), "")
    delimiter = max(",;\t", key=head.count)
    try:
        table = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise Invalid(
            "import_not_csv", "This is not a CSV file; save the sheet as CSV (UTF-8) and try again."
        ) from error
    if len(table) < 2:
        raise Invalid("import_empty", "The file holds no rows below its head; export it again and look into it.")
    if len(table) - 1 > MOST_ROWS:
        raise Invalid(
            "import_long",
            f"The file has {len(table) - 1:,} rows; at most {MOST_ROWS:,} are taken at once. Divide it.",
            rows=len(table) - 1,
        )
    return table


def _row(
    number: int,
    cells: Sequence[str],
    columns: Mapping[str, int],
    lines: Mapping[str, UUID],
    home: str,
    line_id: UUID | None,
    kind: EntryKind | None,
    wrong: list[Wrong],
) -> EntryDraft | None:
    def said(name: str) -> str:
        return cell_of(cells, columns, name).replace("\x00", "")

    before = len(wrong)

    def read(name: str, reader: Callable[..., T], *more: object) -> T | None:
        try:
            return reader(said(name), *more)
        except Unreadable as problem:
            wrong.append(Wrong(number, name, problem.code, said(name)[:60]))
            return None

    day = read("day", read_day)
    currency = read("currency", read_currency, home) or home
    column = "amount" if said("amount") else "gross"
    amount = read(column, read_amount, currency)
    tax = read("tax", read_share) if said("tax") else ZERO
    name = said("line")
    line = lines.get(name.casefold()) if name else line_id
    if line is None:
        wrong.append(Wrong(number, "line", "line_unknown" if name else "line_missing", name[:60]))
    word = said("kind").casefold()
    found = next((each for each, words in KINDS.items() if word in words), None) if word else kind or EntryKind.INVOICE
    if found is None:
        wrong.append(Wrong(number, "kind", "kind_unknown", word[:60]))
    if amount == 0:
        wrong.append(Wrong(number, column, "amount_missing"))
    if len(wrong) > before or day is None or amount is None or tax is None or line is None or found is None:
        return None
    return EntryDraft(
        line,
        found,
        day,
        amount,
        currency,
        tax,
        column == "gross",
        said("supplier")[:200],
        said("reference")[:200],
        said("note")[:2000],
        said("external")[:200] or None,
    )

"""Read a file of invoices or media spend: pure, with what is wrong said row by row."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar
from uuid import UUID

from gonfalon.kit.cells import Unreadable
from gonfalon.kit.errors import Invalid
from gonfalon.kit.moments import Order
from gonfalon.planning.budget.model import ZERO, EntryDraft, EntryKind
from gonfalon.planning.sheets import (
    LeftOutRow,
    Sheet,
    SheetReading,
    WrongCell,
    cells_of,
    guessed,
    leave_out_totals,
    order_of,
    read_currency,
    read_date,
    read_money,
    read_share,
    read_sheet,
    words,
)

T = TypeVar("T")
MOST_ROWS = 5_000
NAMES: dict[str, tuple[str, ...]] = {
    "day": ("date", "day", "by day", "invoice date", "reporting starts", "start date", "start date in utc",
            "gregorian date", "time period", "jour", "date de facture", "début des rapports", "date de début",
            "période", "datum", "dag", "fakturadatum", "rapporteringen börjar", "rapporteringsstart", "startdatum",
            "tag", "berichtsbeginn", "日期", "天", "按天", "开票日期", "报告开始日期", "开始日期", "时间", "time",
             "belegdatum", "rechnungsdatum", "fecha", "fecha de factura", "día",
            "data", "data fattura", "giorno", "data da fatura", "factuurdatum", "dato", "fakturadato",
             "data faktury", "dzień",
            "datum faktury", "den", "tarih", "gün", "ημερομηνία", "дата", "день", "日付", "請求日", "日", "날짜",
             "일자"),
    "amount": ("amount", "net", "net amount", "cost", "total cost", "spend", "spent", "amount spent", "total spent",
               "total spend", "montant", "montant ht", "coût", "coût total", "dépenses", "montant dépensé",
               "dépense totale", "dépense", "coûts", "belopp",
               "netto", "kostnad", "total kostnad", "spenderat belopp", "spenderat",
               "utgifter", "totalt spenderat", "kosten", "betrag", "ausgegebener betrag", "金额", "净额", "花费",
               "费用", "总花费", "花费金额", "已花费金额", "支出", "总支出", "消耗", "rechnungsbetrag", "umsatz",
             "importe", "importe gastado", "gasto", "coste", "costo", "importo",
               "importo netto", "importo speso", "valor", "custo", "valor gasto", "bedrag", "besteed bedrag",
             "beløb", "beløp", "kwota",
               "kwota netto", "koszt", "wydana kwota", "částka", "náklady", "tutar", "harcanan tutar", "maliyet",
             "ποσό", "сумма",
               "расход", "стоимость", "金額", "費用", "消化金額", "금액", "비용", "지출 금액"),
    "gross": ("gross", "gross amount", "total", "total amount", "montant ttc", "ttc", "brutto", "totalt",
              "总额", "含税金额"),
    "currency": ("currency", "currency code", "devise", "code de devise", "code devise", "valuta", "valutakod",
                 "währung", "币种", "货币", "币种代码", "货币代码", "währungscode", "moneda", "código de moneda",
             "divisa",
                 "codice valuta", "moeda", "valutacode", "valutakode", "waluta", "kod waluty", "měna", "kód měny",
             "para birimi",
                 "νόμισμα", "валюта", "код валюты", "通貨", "通貨コード", "통화", "통화 코드"),
    "tax": ("tax", "tax rate", "vat", "tva", "taux de tva", "moms", "momssats", "税率",
             "mwst", "MwSt", "ust", "USt", "mehrwertsteuer", "steuersatz",
             "iva", "btw", "dph", "kdv", "ндс", "消費税率", "부가세"),
    "kind": ("kind", "type", "genre", "typ", "slag", "类型"),
    "line": ("line", "budget line", "ligne", "ligne budgétaire", "rad", "budgetrad", "预算行", "预算项目"),
    "campaign": ("campaign", "campaign name", "campaign group name", "campagne", "nom de la campagne", "kampanj",
                 "kampanjnamn", "kampagne", "kampagnenname", "广告系列", "广告系列名称", "推广系列名称", "推广活动",
                 "广告活动", "活动名称", "campaña", "campagna", "campanha", "campagnenaam", "kampania", "kampaň",
             "kampanya", "кампания",
                 "キャンペーン", "キャンペーン名", "캠페인"),
    "supplier": ("supplier", "vendor", "platform", "fournisseur", "leverantör", "plattform", "供应商", "平台",
             "lieferant", "proveedor", "fornitore", "fornecedor", "leverancier", "leverandør",
                 "dostawca", "dodavatel", "tedarikçi", "поставщик", "取引先", "거래처", "contact"),
    "reference": ("reference", "invoice", "invoice number", "invoice no", "invoice id", "document number",
                  "référence", "facture", "numéro de facture", "n° facture", "referens", "faktura", "fakturanr",
                  "rechnung", "rechnungsnummer", "rechnungsnr", "rechnungs-nr", "belegnummer", "belegnr", "factura",
                  "número de factura", "numero fattura", "factuurnummer", "numer faktury", "číslo faktury",
                  "номер счета", "請求書番号", "发票号码",
                  "fakturanummer", "参考号", "发票号"),
    "note": ("note", "description", "remarque", "anteckning", "beskrivning", "备注", "说明", "buchungstext",
             "concepto", "descrizione", "descrição", "omschrijving", "opis", "popis",
             "описание", "摘要", "적요"),
    "external": ("id", "external id", "external_id", "identifiant", "externt id", "外部编号", "编号"),
}  # fmt: skip
_KNOWN = words(NAMES)
_NEEDED = (frozenset({"day"}), frozenset({"amount", "gross"}))
KINDS = {
    EntryKind.COMMITMENT: ("commitment", "order", "purchase order", "commande", "engagement", "beställning", "order",
                           "订单", "承诺"),
    EntryKind.INVOICE: ("invoice", "bill", "facture", "faktura", "发票"),
    EntryKind.CREDIT: ("credit", "credit note", "refund", "avoir", "note de crédit", "remboursement", "kreditfaktura",
                       "kreditnota", "återbetalning", "gutschrift", "贷项通知单", "红字发票", "退款"),
    EntryKind.MEDIA: ("media", "media spend", "ad spend", "média", "médias", "annonsering", "媒体", "广告"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """A file as understood: a draft for each row that could be read, with the row's number."""

    rows: list[tuple[int, EntryDraft]]
    wrong: list[WrongCell]
    total: int
    reading: SheetReading


@dataclass(frozen=True, slots=True)
class ImportDefaults:
    """What a row means where it does not say: the line, the kind, the workspace's currency and order of days."""

    home: str
    order: Order = "dmy"
    line_id: UUID | None = None
    kind: EntryKind | None = None


def read_entries(text: str, lines: Mapping[str, UUID], usual: ImportDefaults) -> Read:
    """Read rows of a CSV (comma, semicolon or tab) with a head. lines: the campaign's, by name in lower case.

    Lines above the head are passed over; totals, footers and rows about no money are left out and told. A row without a
    number of its own gets one made of what it says, and of how often the same stood in the file before it: the same
    file twice has the same numbers. Raises Invalid for what is no such file, or is too long.
    """
    table = _table(text)
    sheet = read_sheet(table, _KNOWN, _NEEDED)
    if sheet is None:
        found = ", ".join(cell.strip()[:30] for cell in table[0][:12] if cell.strip()) or "nothing"
        raise Invalid(
            "import_columns",
            f"One of the first rows must name the columns; at least a date and an amount are needed. Found: {found}.",
            found=found,
        )
    leave_out_totals(sheet, day="day", amounts=("amount", "gross"), label="campaign")
    usual = replace(usual, order=order_of(sheet.column("day"), usual.order))
    if usual.kind is None and "campaign" in sheet.columns and "kind" not in sheet.columns:
        usual = replace(usual, kind=EntryKind.MEDIA)
    rows: list[tuple[int, EntryDraft]] = []
    wrong: list[WrongCell] = []
    seen: Counter[str] = Counter()
    total = len(sheet.rows)
    for number, cells in sheet.rows:
        draft = _row(number, cells, sheet, lines, usual, wrong)
        if draft is None:
            continue
        if draft.external_id is None:
            said = repr((draft.line_id, draft.kind.value, draft.day, draft.amount_minor, draft.currency,
                         draft.tax_rate, draft.includes_tax, draft.supplier, draft.reference, draft.note))  # fmt: skip
            digest = hashlib.sha256(said.encode()).hexdigest()[:32]
            seen[digest] += 1
            draft = replace(draft, external_id=f"csv:{digest}:{seen[digest]}")
        rows.append((number, draft))
    said_order = usual.order if guessed(sheet.column("day"), usual.order) else None
    return Read(rows, wrong, total, SheetReading(tuple(sheet.unread), said_order, tuple(sheet.left_out)))


def _table(text: str) -> list[list[str]]:
    if "\x00" in text or text.count("\ufffd") > 3 or text.lstrip()[:5].lower() in ("%pdf-", "<!doc", "<html", "<?xml"):
        raise Invalid("import_not_csv", "This is not a CSV file; save the sheet as CSV (UTF-8) and try again.")
    sample = text[:20_000].splitlines()[:25]
    marks = sorted(",;\t|", key=lambda mark: max((row.count(mark) for row in sample), default=0), reverse=True)
    try:
        # The widest of the first lines decides, unless another mark makes a head: “date;amount” above “5,5”.
        tables = (cells_of(text, mark) for mark in marks)
        table = next((each for each in tables if read_sheet(each, _KNOWN, _NEEDED)), None) or cells_of(text, marks[0])
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
            most=MOST_ROWS,
        )
    return table


def _row(
    number: int,
    cells: Sequence[str],
    sheet: Sheet,
    lines: Mapping[str, UUID],
    usual: ImportDefaults,
    wrong: list[WrongCell],
) -> EntryDraft | None:
    before = len(wrong)

    def said(name: str) -> str:
        return sheet.cell(cells, name)

    def read(name: str, reader: Callable[..., T], *more: object) -> T | None:
        try:
            return reader(said(name), *more)
        except Unreadable as problem:
            wrong.append(WrongCell(number, name, problem.code, said(name)[:60]))
            return None

    day = read("day", read_date, usual.order)
    column = "amount" if said("amount") else "gross"
    home = sheet.currency(column, usual.home)
    currency = read("currency", read_currency, home) or home
    money = read(column, partial(read_money, negative=True), currency)
    amount, written = money or (0, currency)
    if said("currency") and written != currency:
        wrong.append(WrongCell(number, column, "currency_conflict", said(column)[:60]))
    tax = read("tax", read_share) if said("tax") else ZERO
    name = said("line")
    line = lines.get(name.casefold()) if name else usual.line_id or lines.get(said("campaign").casefold())
    if line is None and not name and len(lines) == 1:
        line = next(iter(lines.values()))
    if line is None:
        wrong.append(WrongCell(number, "line", "line_unknown" if name else "line_missing", name[:60]))
    kind = _kind(said("kind").casefold(), usual.kind, amount)
    if kind is None:
        wrong.append(WrongCell(number, "kind", "kind_unknown", said("kind")[:60]))
    elif amount < 0 and kind is EntryKind.COMMITMENT:
        wrong.append(WrongCell(number, column, "amount_negative", said(column)[:60]))
    if amount == 0 and money is not None:
        if "campaign" in sheet.columns and "kind" not in sheet.columns:
            sheet.left_out.append(LeftOutRow(number, "nothing", said("campaign")[:60]))
            return None
        wrong.append(WrongCell(number, column, "amount_missing"))
    if len(wrong) > before or day is None or money is None or tax is None or line is None or kind is None:
        return None
    note = " · ".join(part for part in (said("campaign"), said("note")) if part)
    return EntryDraft(
        line,
        kind,
        day,
        abs(amount),
        written,
        tax,
        column == "gross",
        said("supplier")[:200],
        said("reference")[:200],
        note[:2000],
        said("external")[:200] or None,
    )


def _kind(word: str, usual: EntryKind | None, amount: int) -> EntryKind | None:
    """Return what a row is; money that comes back is a credit note, whatever it was charged as."""
    found = next((each for each, words in KINDS.items() if word in words), None) if word else usual or EntryKind.INVOICE
    comes_back = amount < 0 and found in (EntryKind.INVOICE, EntryKind.MEDIA)
    return EntryKind.CREDIT if comes_back else found

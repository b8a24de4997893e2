"""Read budget lines that were copied from a spreadsheet: pure, with what is wrong said row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from gonfalon.kit.cells import Unreadable, read_number
from gonfalon.kit.errors import Invalid
from gonfalon.kit.moments import Order
from gonfalon.planning.budget.model import LineDraft, Spread
from gonfalon.planning.model import Resource
from gonfalon.planning.sheets import (
    Sheet,
    SheetReading,
    WrongCell,
    cells_of,
    guessed,
    in_order,
    leave_out_sum_lines,
    order_of,
    read_currency,
    read_date,
    read_money,
    read_share,
    read_sheet,
    words,
)

MOST_ROWS = 500
COLUMNS = ("name", "resource", "quantity", "price", "currency", "tax", "from", "to", "deliverable")
NAMES: dict[str, tuple[str, ...]] = {
    "name": ("name", "line", "line item", "budget item", "item", "what", "description", "nom", "ligne", "poste",
             "libellé",
             "désignation", "namn", "rad", "post", "benämning", "名称", "项目", "position", "bezeichnung",
             "kostenart",
             "posten", "concepto", "partida", "voce", "descrizione", "descrição", "omschrijving", "postnavn",
             "pozycja",
             "nazwa", "položka", "kalem", "статья", "наименование", "項目", "名目", "항목"),
    "resource": ("kind", "resource", "type", "category", "genre", "ressource", "catégorie", "slag", "typ", "resurs",
                 "kategori", "kategorie", "类型", "资源"),
    "quantity": ("quantity", "qty", "units", "days", "quantité", "qté", "jours", "antal", "dagar", "数量", "天数",
             "menge",
                 "anzahl", "tage", "cantidad", "quantità", "quantidade", "aantal", "ilość", "množství",
             "количество", "個数",
                 "수량"),
    "price": ("price", "price of one", "unit price", "unit cost", "rate", "day rate", "amount", "planned", "cost",
             "costs",
              "budget", "planned cost", "planned amount", "estimated cost", "prix", "prix unitaire", "tarif",
             "montant",
              "coût", "prévu", "pris", "à-pris", "belopp", "kostnad", "planerat", "单价", "金额", "计划", "预算",
             "费用",
              "betrag", "preis", "einzelpreis", "kosten", "plan", "importe", "coste", "costo", "presupuesto",
             "importo",
              "valor", "custo", "bedrag", "prijs", "beløb", "beløp", "hinta", "kwota", "cena", "koszt", "částka",
             "tutar",
              "сумма", "цена", "стоимость", "金額", "単価", "予算", "금액"),
    "currency": ("currency", "devise", "valuta", "币种", "货币", "währung", "moneda", "divisa", "moeda", "waluta",
             "měna",
                 "para birimi", "валюта", "通貨", "통화", "幣別"),
    "tax": ("tax", "tax rate", "vat", "taxe", "tva", "moms", "税率",
             "mwst", "MwSt", "ust", "USt", "mehrwertsteuer", "steuer", "iva", "btw", "dph",
             "kdv",
            "ндс"),
    "from": ("from", "start", "starts", "start date", "first day", "date", "du", "début", "date de début",
             "premier jour",
             "från", "start datum", "startdatum", "datum", "första dag", "开始", "开始日期", "日期", "第一天",
             "von", "beginn",
             "desde", "inicio", "dal", "inizio", "início", "van", "fra", "od", "začátek", "başlangıç", "начало",
             "дата",
             "開始", "開始日", "시작일"),
    "to": ("to", "until", "end", "ends", "end date", "last day", "au", "fin", "date de fin", "dernier jour", "till",
             "slut",
           "slutdatum", "sista dag", "结束", "结束日期", "最后一天", "bis", "ende", "enddatum", "hasta", "al",
             "fine", "até", "fim",
           "tot", "einde", "til", "do", "konec", "bitiş", "окончание", "конец", "終了", "終了日", "종료일"),
    "deliverable": ("deliverable", "task", "livrable", "tâche", "leverans", "uppgift", "交付物", "任务"),
}  # fmt: skip
RESOURCES = {
    Resource.STAFF: ("staff", "own staff", "personnel", "équipe", "personal", "人员", "员工"),
    Resource.CONTRACTOR: ("contractor", "agency", "freelancer", "prestataire", "agence", "konsult", "byrå", "外包",
                          "承包商"),
    Resource.MEDIA: ("media", "ads", "média", "médias", "annonser", "媒体", "广告"),
    Resource.OTHER: ("other", "autre", "övrigt", "annat", "其他"),
}  # fmt: skip


_KNOWN = words(NAMES)


def read_lines(
    text: str, deliverables: Mapping[str, UUID], home: str, usual: Order
) -> tuple[list[LineDraft], list[WrongCell], SheetReading]:
    """Read the lines, what is wrong with them and how they were read. deliverables: by name in lower case.

    Columns as in COLUMNS, or in the order that a first row names. Money with a first and a last day is spread daily.
    usual: the order of days where the columns leave it open. An amount with a sign or code is in that currency.
    Raises Invalid for more rows than are taken at once, or none.
    """
    sheet = _sheet(text)
    if len(sheet.rows) > MOST_ROWS:
        raise Invalid(
            "paste_too_long",
            f"You pasted {len(sheet.rows):,} rows; at most {MOST_ROWS:,} are taken at once. Paste them in parts.",
            rows=len(sheet.rows),
            most=MOST_ROWS,
        )
    if not sheet.rows:
        raise Invalid("paste_empty", "There are no rows in what was pasted; copy the cells and paste again.")
    leave_out_sum_lines(sheet, "name")
    days = [*sheet.column("from"), *sheet.column("to")]
    order = order_of(days, usual)
    drafts: list[LineDraft] = []
    wrong: list[WrongCell] = []
    for number, cells in sheet.rows:
        drafts.append(_line(number, cells, sheet, deliverables, home, order, wrong))
    return (
        drafts,
        wrong,
        SheetReading(tuple(sheet.unread), order if guessed(days, order) else None, tuple(sheet.left_out)),
    )


def _sheet(text: str) -> Sheet:
    needed = [frozenset({"name"}), frozenset(COLUMNS) - {"name"}]
    return read_sheet(cells_of(text), _KNOWN, needed) or in_order(cells_of(text, "\t"), COLUMNS)


def _line(
    number: int,
    cells: Sequence[str],
    sheet: Sheet,
    deliverables: Mapping[str, UUID],
    home: str,
    order: Order,
    wrong: list[WrongCell],
) -> LineDraft:
    said = {name: sheet.cell(cells, name) for name in COLUMNS}

    def fault(column: str, code: str) -> None:
        wrong.append(WrongCell(number, column, code, said[column][:60]))

    home = sheet.currency("price", home)
    values: dict[str, object] = {"name": said["name"][:200], "currency": home}
    if not 1 <= len(said["name"]) <= 200:
        fault("name", "name_long" if said["name"] else "name_missing")
    word = said["resource"].casefold() or "other"
    resource = next((each for each, words in RESOURCES.items() if word in words), None)
    if resource is None:
        fault("resource", "resource_unknown")
    values["resource"] = resource or Resource.OTHER
    readers = (
        ("currency", "currency", lambda cell: read_currency(cell, home)),
        ("quantity", "quantity", _quantity),
        ("tax", "tax_rate", read_share),
        ("from", "starts_on", lambda cell: read_date(cell, order)),
        ("to", "ends_on", lambda cell: read_date(cell, order)),
    )
    for column, field, reader in readers:
        if not said[column]:
            continue
        try:
            values[field] = reader(said[column])
        except Unreadable as problem:
            fault(column, problem.code)
    try:
        values |= _price(said["price"], str(values["currency"]), bool(said["currency"]))
    except Unreadable as problem:
        fault("price", problem.code)
    if said["to"] and "starts_on" not in values:
        fault("from", "day_missing")
    first, last = values.get("starts_on"), values.get("ends_on")
    if first and last:
        if last < first:  # type: ignore[operator]
            fault("to", "days_reversed")
        values["spread"] = Spread.DAILY if first != last else Spread.ONCE
    if said["deliverable"]:
        values["task_id"] = deliverables.get(said["deliverable"].casefold())
        if values["task_id"] is None:
            fault("deliverable", "deliverable_unknown")
    return LineDraft(**values)  # type: ignore[arg-type]


def _price(cell: str, currency: str, said: bool) -> dict[str, object]:
    if not cell:
        raise Unreadable("amount_missing")
    minor, written = read_money(cell, currency)
    if said and written != currency:
        raise Unreadable("currency_conflict")
    return {"unit_price_minor": minor, "currency": written}


def _quantity(cell: str) -> Decimal:
    try:
        number = read_number(cell, digits=3)
    except Unreadable as problem:
        raise Unreadable("quantity_unreadable") from problem
    if number < 0 or number >= 10**9 or number != round(number, 3):
        raise Unreadable("quantity_unreadable")
    return number

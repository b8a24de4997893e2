"""Reading budget lines that were copied from a spreadsheet: pure, with what is wrong said row by row."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
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
    read_number,
    read_share,
)
from gonfalon.planning.budget.model import LineDraft, Spread
from gonfalon.planning.model import Resource

MOST_ROWS = 500
COLUMNS = ("name", "resource", "quantity", "price", "currency", "tax", "from", "to", "deliverable")
NAMES: dict[str, tuple[str, ...]] = {
    "name": ("name", "line", "item", "what", "nom", "ligne", "poste", "namn", "rad", "post", "名称", "项目"),
    "resource": ("kind", "resource", "type", "genre", "ressource", "slag", "typ", "resurs", "类型", "资源"),
    "quantity": ("quantity", "qty", "days", "quantité", "jours", "antal", "dagar", "数量", "天数"),
    "price": ("price", "price of one", "unit price", "rate", "day rate", "amount", "planned", "cost", "prix",
              "prix unitaire", "tarif", "montant", "prévu", "pris", "à-pris", "belopp", "planerat",
              "单价", "金额", "计划"),
    "currency": ("currency", "devise", "valuta", "币种", "货币"),
    "tax": ("tax", "vat", "taxe", "tva", "moms", "税率"),
    "from": ("from", "start", "first day", "date", "du", "début", "premier jour", "från", "datum", "första dag",
             "开始", "日期", "第一天"),
    "to": ("to", "until", "end", "last day", "au", "fin", "dernier jour", "till", "slut", "sista dag", "结束",
           "最后一天"),
    "deliverable": ("deliverable", "task", "livrable", "tâche", "leverans", "uppgift", "交付物", "任务"),
}  # fmt: skip
RESOURCES = {
    Resource.STAFF: ("staff", "own staff", "personnel", "équipe", "personal", "人员", "员工"),
    Resource.CONTRACTOR: ("contractor", "agency", "freelancer", "prestataire", "agence", "konsult", "byrå", "外包",
                          "承包商"),
    Resource.MEDIA: ("media", "ads", "média", "médias", "annonser", "媒体", "广告"),
    Resource.OTHER: ("other", "autre", "övrigt", "annat", "其他"),
}  # fmt: skip


def read_lines(text: str, deliverables: Mapping[str, UUID], home: str) -> tuple[list[LineDraft], list[Wrong]]:
    """The lines and what is wrong with them. deliverables: by name in lower case.

    Columns as in COLUMNS, or in the order that a first row names. Money with a first and a last day is spread daily.
    Raises Invalid for more rows than are taken at once, or none.
    """
    rows = [row.rstrip("\r").split("\t") for row in text.split("\n") if row.strip()]
    columns = find_columns(rows[0], NAMES) if rows else {}
    if "name" in columns and len(columns) > 1:
        rows = rows[1:]
    else:
        columns = {name: at for at, name in enumerate(COLUMNS)}
    if len(rows) > MOST_ROWS:
        raise Invalid(
            "paste_too_long",
            f"You pasted {len(rows):,} rows; at most {MOST_ROWS:,} are taken at once. Paste them in parts.",
            rows=len(rows),
        )
    if not rows:
        raise Invalid("paste_empty", "There are no rows in what was pasted; copy the cells and paste again.")
    drafts: list[LineDraft] = []
    wrong: list[Wrong] = []
    for number, cells in enumerate(rows, 1):
        drafts.append(_line(number, cells, columns, deliverables, home, wrong))
    return drafts, wrong


def _line(
    number: int,
    cells: list[str],
    columns: Mapping[str, int],
    deliverables: Mapping[str, UUID],
    home: str,
    wrong: list[Wrong],
) -> LineDraft:
    said = {name: cell_of(cells, columns, name).replace("\x00", "") for name in COLUMNS}

    def fault(column: str, code: str) -> None:
        wrong.append(Wrong(number, column, code, said[column][:60]))

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
        ("price", "unit_price_minor", lambda cell: read_amount(cell, str(values["currency"]))),
        ("tax", "tax_rate", read_share),
        ("from", "starts_on", read_day),
        ("to", "ends_on", read_day),
    )
    for column, field, reader in readers:
        if not said[column]:
            continue
        try:
            values[field] = reader(said[column])
        except Unreadable as problem:
            fault(column, problem.code)
    if not said["price"]:
        fault("price", "amount_missing")
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


def _quantity(cell: str) -> Decimal:
    number = read_number(cell, 3)
    if number < 0 or number >= 10**9 or number != round(number, 3):
        raise Unreadable("quantity_unreadable")
    return number

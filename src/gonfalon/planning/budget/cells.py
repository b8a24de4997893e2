"""Reading what people write into the cells of spreadsheets: amounts, days, rates and names of columns. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from gonfalon.kit.money import CURRENCIES, minor_digits
from gonfalon.planning.budget.rules import LARGEST

_SPACES = re.compile(r"[\s\u00a0\u202f'’]")
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "kr": "SEK", "元": "CNY"}
_AMOUNT = re.compile(r"-?\d+(?:[.,]\d+)*")
_DATES = (
    re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:[T ].*)?"),
    re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日"),
    re.compile(r"(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4})"),
)


class Unreadable(ValueError):
    """A cell that cannot be read; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Wrong:
    """What cannot be read or kept: the row (1 is the first below the head), the column, a code, what was written."""

    number: int
    column: str
    code: str
    value: str = ""


def read_amount(text: str, currency: str) -> int:
    """Minor units of an amount as people write it: "1 234,50", "1,234.50", "€ 12".

    The last of comma and point is the decimal sign, unless exactly three digits follow it and the currency has not
    three (then it groups thousands). More decimals than the currency has are refused, never rounded.
    """
    number = read_number(text, minor_digits(currency))
    minor = number.scaleb(minor_digits(currency))
    if minor != minor.to_integral_value():
        raise Unreadable("amount_digits")
    if minor < 0:
        raise Unreadable("amount_negative")
    if minor > LARGEST:
        raise Unreadable("amount_large")
    return int(minor)


def read_number(text: str, digits: int = 2) -> Decimal:
    """A number as people write it; digits: as many decimals are usual."""
    bare = _SPACES.sub("", text).replace("−", "-")
    for sign, code in _SIGNS.items():
        bare = bare.replace(sign, "").replace(code, "")
    if not _AMOUNT.fullmatch(bare) or len(bare) > 40:
        raise Unreadable("amount_unreadable")
    comma, point = bare.rfind(","), bare.rfind(".")
    if comma >= 0 and point >= 0:
        decimal = "," if comma > point else "."
    else:
        decimal = "," if comma >= 0 else "."
        after = len(bare) - max(comma, point) - 1
        if bare.count(decimal) > 1 or (max(comma, point) >= 0 and after == 3 and digits != 3):
            decimal = ""
    whole = bare.replace("," if decimal == "." else ".", "")
    whole = whole.replace(",", ".") if decimal else whole.replace(",", "")
    try:
        return Decimal(whole)
    except InvalidOperation as error:
        raise Unreadable("amount_unreadable") from error


def read_share(text: str) -> Decimal:
    """A tax rate as a part of one: "25 %", "25" and "0.25" are the same; above one it is percent."""
    number = read_number(text.replace("%", ""))
    if number < 0:
        raise Unreadable("tax_unreadable")
    share = number / 100 if "%" in text or number > 1 else number
    if share > 1:
        raise Unreadable("tax_unreadable")
    return round(share, 5)


def read_day(text: str) -> date:
    """A day: 2026-11-24, 24.11.2026, 24/11/2026 or 2026年11月24日."""
    for pattern in _DATES:
        if match := pattern.fullmatch(text.strip()):
            try:
                day = date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                break
            if 1970 <= day.year <= 2200:
                return day
    raise Unreadable("day_unreadable")


def read_currency(text: str, home: str) -> str:
    """A currency's code; empty is the workspace's."""
    code = text.strip().upper() or home
    if code not in CURRENCIES:
        raise Unreadable("currency_unknown")
    return code


def find_columns(cells: Sequence[str], names: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Where the columns are, by what their heads say."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        word = " ".join(cell.strip().strip("\ufeff").casefold().replace("_", " ").split())
        for column, words in names.items():
            if column not in found and word in words:
                found[column] = at
    return found


def cell_of(cells: Sequence[str], columns: Mapping[str, int], name: str) -> str:
    """What a row has in a column; empty when it has no such column."""
    at = columns.get(name, -1)
    return cells[at].strip() if 0 <= at < len(cells) else ""

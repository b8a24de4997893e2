"""From a cell to a stored value. One converter per column; preview and import use the same ones.

A converter turns a cell into a JSON fragment ("10", "\\"Rural\\"", "true"; "" for an empty cell) or raises Rejected.
Cells repeat a lot, so results are remembered: a cell seen before costs one dictionary lookup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date

from gonfalon.kit.errors import Invalid
from gonfalon.kit.money import to_minor
from gonfalon.people.attributes.model import AttributeType
from gonfalon.people.attributes.rules import MAX_CHOICE, MAX_CHOICES, MAX_MONEY, MAX_NUMBER, MAX_TEXT, storable

REMEMBERED = 20_000
TRUE = frozenset({"1", "true", "t", "yes", "y", "x", "on", "ja", "j", "oui", "o", "vrai", "sant", "是", "真", "有"})
FALSE = frozenset({"0", "false", "f", "no", "n", "off", "nej", "non", "faux", "falskt", "否", "假", "无"})

_QUOTED_FORMULA = re.compile(r"'+[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]")
_INTEGER = re.compile(r"-?[0-9]{1,15}")
_POINT = re.compile(r"[+-]?(?:[0-9]{1,3}(?:[, '’\u00a0\u202f][0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?")
_COMMA = re.compile(r"[+-]?(?:[0-9]{1,3}(?:[. '’\u00a0\u202f][0-9]{3})+|[0-9]+)?(?:,[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?")
_GROUPING = str.maketrans("", "", " '’\u00a0\u202f")
_CURRENCY_MARKS = re.compile(r"^(?:[A-Z]{3}|[$€£¥]|kr)\s*|\s*(?:[A-Z]{3}|[$€£¥]|kr\.?|:-)$")
_DATE = re.compile(r"(\d{1,4})([-/.年])(\d{1,2})([-/.月])(\d{1,4})日?(?:[T ]\d{1,2}:\d{2}.*)?")


class Rejected(Exception):
    """A cell or row that cannot be stored; `reason` is a code of rules.REASONS."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Remembering(dict[str, str]):
    """Cells and what they become; asks `convert` for new ones."""

    def __init__(self, convert: Callable[[str], str]) -> None:
        super().__init__()
        self._convert = convert

    def __missing__(self, cell: str) -> str:
        found = self._convert(cell)
        if len(self) < REMEMBERED:
            self[cell] = found
        return found


def plain_text(cell: str) -> str:
    """The cell without surrounding space and without the quote that guards formulas in our exports."""
    found = cell.strip()
    if found.startswith("'") and _QUOTED_FORMULA.match(found):
        return found[1:].strip()
    return found


def guarded_text(value: str) -> str:
    """The value as a spreadsheet shows it and never runs it: the inverse of `plain_text` for stored values.

    OWASP ASVS 1.2.10: values that begin like a formula get a leading quote; so do values that begin with quotes
    before such a character, or undoing would lose one of theirs. Nothing but space runs nothing and stays.
    """
    if value.strip() and value[0] in _DANGEROUS and (value[0] != "'" or _QUOTED_FORMULA.match(value)):
        return f"'{value}"
    return value


_DANGEROUS = frozenset("'=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20")


def as_text(cell: str) -> str:
    """A text of up to 5,000 characters."""
    found = plain_text(cell)
    if not found:
        return ""
    if len(found) > MAX_TEXT:
        raise Rejected("too_long")
    if not storable(found):
        raise Rejected("unreadable")
    return json.dumps(found, ensure_ascii=False)


def as_number(mark: str) -> Callable[[str], str]:
    """A number whose decimal mark is "point" or "comma"."""
    shape, thousands, decimal = (_COMMA, ".", ",") if mark == "comma" else (_POINT, ",", ".")

    def convert(cell: str) -> str:
        found = plain_text(cell)
        if not found:
            return ""
        if _INTEGER.fullmatch(found):
            return str(int(found))
        if not shape.fullmatch(found) or not any("0" <= c <= "9" for c in found):
            raise Rejected("number_invalid")
        number = float(found.replace(thousands, "").translate(_GROUPING).replace(decimal, "."))
        if abs(number) > MAX_NUMBER:
            raise Rejected("number_invalid")
        return str(int(number)) if number.is_integer() else repr(number)

    return convert


def as_money(mark: str, currency: str) -> Callable[[str], str]:
    """An amount of the workspace's currency, with or without its sign: minor units."""
    shape, thousands, decimal = (_COMMA, ".", ",") if mark == "comma" else (_POINT, ",", ".")

    def convert(cell: str) -> str:
        found = _CURRENCY_MARKS.sub("", plain_text(cell)).strip()
        if not found:
            if cell.strip():
                raise Rejected("money_invalid")
            return ""
        if not shape.fullmatch(found) or not any("0" <= c <= "9" for c in found):
            raise Rejected("money_invalid")
        try:
            minor = to_minor(found.replace(thousands, "").translate(_GROUPING).replace(decimal, "."), currency)
        except Invalid as error:
            raise Rejected("money_invalid") from error
        if abs(minor) > MAX_MONEY:
            raise Rejected("money_invalid")
        return str(minor)

    return convert


def as_date(order: str) -> Callable[[str], str]:
    """A day written in the order ymd, dmy or mdy with - / or . between; a time of day is dropped."""

    def convert(cell: str) -> str:
        found = plain_text(cell)
        if not found:
            return ""
        parts = _DATE.fullmatch(found)
        if parts is None:
            raise Rejected("date_invalid")
        first, second, third = parts[1], parts[3], parts[5]
        # A four-digit beginning is the year in every order.
        year, month, day = (
            (first, second, third)
            if order == "ymd" or len(first) == 4
            else (third, second, first)
            if order == "dmy"
            else (third, first, second)
        )
        try:
            if len(year) != 4 or not 1000 <= int(year) <= 9000:
                raise Rejected("date_invalid")
            return f'"{date(int(year), int(month), int(day)).isoformat()}"'
        except ValueError as error:
            raise Rejected("date_invalid") from error

    return convert


def as_boolean(cell: str) -> str:
    """Yes or no in the product's languages, or 1 and 0."""
    found = plain_text(cell).casefold()
    if not found:
        return ""
    if found in TRUE:
        return "true"
    if found in FALSE:
        return "false"
    raise Rejected("boolean_invalid")


def as_choice(choices: set[str], growing: bool) -> Callable[[str], str]:
    """One of `choices`; a new attribute's choices grow with what the file holds, up to 200."""

    def convert(cell: str) -> str:
        found = plain_text(cell)
        if not found:
            return ""
        if found not in choices:
            if not growing:
                raise Rejected("choice_unknown")
            if len(found) > MAX_CHOICE:
                raise Rejected("too_long")
            if not storable(found):
                raise Rejected("unreadable")
            if len(choices) >= MAX_CHOICES:
                raise Rejected("choice_many")
            choices.add(found)
        return json.dumps(found, ensure_ascii=False)

    return convert


def converter(
    type_: AttributeType, format_: str, currency: str, choices: set[str], *, growing: bool = False
) -> Callable[[str], str]:
    """The converter for an attribute's type and the file's way of writing it."""
    match type_:
        case AttributeType.NUMBER:
            return as_number(format_)
        case AttributeType.MONEY:
            return as_money(format_, currency)
        case AttributeType.DATE:
            return as_date(format_ or "ymd")
        case AttributeType.BOOLEAN:
            return as_boolean
        case AttributeType.CHOICE:
            return as_choice(choices, growing)
        case AttributeType.TEXT:
            return as_text

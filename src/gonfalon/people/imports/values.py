"""From a cell to a stored value. One converter per column; preview and import use the same ones.

A converter turns a cell into a JSON fragment ("10", "\\"Rural\\"", "true"; "" for an empty cell) or raises Rejected.
Cells repeat a lot, so results are remembered: a cell seen before costs one dictionary lookup.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from unicodedata import category
from zoneinfo import ZoneInfo

from gonfalon.kit.cells import Mark, Unreadable, bare, read_amount, read_number, read_yes_no
from gonfalon.kit.errors import Invalid
from gonfalon.kit.moments import Order, read_day, read_moment
from gonfalon.kit.money import to_minor
from gonfalon.kit.sheets import QUOTED
from gonfalon.people.attributes.model import AttributeType
from gonfalon.people.attributes.rules import MAX_CHOICE, MAX_CHOICES, MAX_MONEY, MAX_NUMBER, MAX_TEXT, storable
from gonfalon.people.identities.rules import is_nobody
from gonfalon.people.rules import MAX_TAG

REMEMBERED = 20_000

_INTEGER = re.compile(r"-?[0-9]{1,15}")
_FULL_YEAR = re.compile(r"(?<!\d)(?:\d{4}(?!\d)|\d{8}(?!\d))")


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
    """Return the cell without surrounding space and without the quote that guards formulas and digits in
    spreadsheets."""
    found = cell.strip()
    if found.startswith("'") and QUOTED.match(found):
        return found[1:].strip()
    return found


def is_blank(found: str) -> bool:
    """Return whether a cell of numbers, days or yes and no holds none: empty, or n/a, null, - and the like."""
    return not found or (
        is_nobody(found)
        and found.casefold() not in ("true", "false")
        and not any(letter.isdigit() or category(letter) == "Sc" for letter in found)
    )


def as_text(cell: str) -> str:
    """Return a text of up to 5,000 characters."""
    found = plain_text(cell)
    if not found:
        return ""
    if len(found) > MAX_TEXT:
        raise Rejected("too_long")
    if not storable(found):
        raise Rejected("unreadable")
    return json.dumps(found, ensure_ascii=False)


def as_number(mark: Mark) -> Callable[[str], str]:
    """Return a number whose decimal mark is "point" or "comma"."""

    def convert(cell: str) -> str:
        found = plain_text(cell)
        if _INTEGER.fullmatch(found):
            return str(int(found))
        if is_blank(found):
            return ""
        try:
            number = float(read_number(found, mark or "point"))
        except Unreadable as error:
            raise Rejected("number_invalid") from error
        if abs(number) > MAX_NUMBER:
            raise Rejected("number_invalid")
        return str(int(number)) if number.is_integer() else repr(number)

    return convert


def as_money(mark: Mark, currency: str) -> Callable[[str], str]:
    """Return an amount of the workspace's currency, with or without its sign: minor units. Another currency is
    refused."""

    def convert(cell: str) -> str:
        found = plain_text(cell)
        if is_blank(found):
            return ""
        try:
            value, written = read_amount(found, currency, mark or "point")
            minor = to_minor(value, currency)
        except (Invalid, Unreadable) as error:
            code = "currency_other" if getattr(error, "code", "") == "currency_ambiguous" else "money_invalid"
            raise Rejected(code) from error
        if written != currency:
            raise Rejected("currency_other")
        if abs(minor) > MAX_MONEY:
            raise Rejected("money_invalid")
        return str(minor)

    return convert


def as_date(order: Order) -> Callable[[str], str]:
    """Return a day written in the order ymd, dmy or mdy, with all four digits of its year; a time of day is dropped."""

    def convert(cell: str) -> str:
        found = plain_text(cell)
        if is_blank(found):
            return ""
        try:
            day = read_day(found, order)
        except Unreadable as error:
            raise Rejected("date_invalid") from error
        if not _FULL_YEAR.search(bare(found)):
            raise Rejected("date_invalid")
        return f'"{day.isoformat()}"'

    return convert


def as_moment(order: Order, zone: ZoneInfo) -> Callable[[str], str]:
    """Return the moment a cell tells, as ISO 8601; "" for a cell that tells none."""

    def convert(cell: str) -> str:
        found = plain_text(cell)
        try:
            return "" if is_blank(found) else read_moment(found, zone, order).isoformat()
        except Unreadable as error:
            raise Rejected("date_invalid") from error

    return convert


def order_of(format_: str) -> Order:
    """Return the order of day, month and year that a column's format names."""
    return "dmy" if format_ == "dmy" else "mdy" if format_ == "mdy" else "ymd"


def as_boolean(cell: str) -> str:
    """Return yes or no in the languages that files come in, or 1 and 0."""
    found = plain_text(cell)
    if is_blank(found):
        return ""
    try:
        return "true" if read_yes_no(found) else "false"
    except Unreadable as error:
        raise Rejected("boolean_invalid") from error


def as_tags(cell: str) -> list[str]:
    """Return the tags of a cell: separated by commas, semicolons or bars, quoted or not."""
    found = plain_text(cell)
    if not found:
        return []
    mark = next((mark for mark in ",;|" if mark in found), ",")
    parts = next(csv.reader([found.replace("\n", " ").replace("\r", " ")], delimiter=mark, skipinitialspace=True), [])
    tags = list(dict.fromkeys(clean for part in parts if (clean := " ".join(part.split()).strip("[]'\""))))
    if any(len(tag) > MAX_TAG or not storable(tag) for tag in tags):
        raise Rejected("tag_long")
    return tags


def as_choice(choices: set[str], growing: bool) -> Callable[[str], str]:
    """Return one of `choices`; a new attribute's choices grow with what the file holds, up to 200."""

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
    """Return the converter for an attribute's type and the file's way of writing it."""
    match type_:
        case AttributeType.NUMBER:
            return as_number("comma" if format_ == "comma" else "point")
        case AttributeType.MONEY:
            return as_money("comma" if format_ == "comma" else "point", currency)
        case AttributeType.DATE:
            return as_date(order_of(format_))
        case AttributeType.BOOLEAN:
            return as_boolean
        case AttributeType.CHOICE:
            return as_choice(choices, growing)
        case AttributeType.TEXT:
            return as_text

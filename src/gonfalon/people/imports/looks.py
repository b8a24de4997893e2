"""What a column of a file could be: every cell is looked at once, and nothing but a little of each column is kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from gonfalon.kit.cells import Mark, Unreadable, read_amount
from gonfalon.kit.moments import Order
from gonfalon.people.attributes.model import Attribute, AttributeType
from gonfalon.people.attributes.rules import storable
from gonfalon.people.imports import values
from gonfalon.people.imports.values import Rejected, plain_text

MOST_CHOICES = 30
KEPT = 5_000
"""So many different texts of a column are counted."""
LONGEST = 200
FORGIVEN = 20
"""A guess that fits less than nine cells in ten is given up after so many."""
ORDERS: tuple[Order, ...] = ("ymd", "dmy", "mdy")
_LIKE_A_POWER = re.compile(r"[0-9]+[eE][0-9]+")
MARKS: tuple[Mark, ...] = ("point", "comma")


@dataclass
class _Guess:
    """One way to read a column, and how many of its cells don't fit it."""

    convert: Callable[[str], object]
    misses: int = 0
    alive: bool = True

    def look(self, cell: str, seen: int) -> None:
        if not self.alive:
            return
        try:
            self.convert(cell)
        except Rejected:
            self.misses += 1
            self.alive = self.misses <= max(FORGIVEN, seen // 10)


@dataclass
class Look:
    """What has been seen of one column."""

    home: str
    counts: Counter[str] = field(default_factory=Counter)
    filled: int = 0
    empty: int = 0
    full: bool = False
    long: bool = False
    coded: bool = False
    marked: bool = False
    mail: int = 0
    samples: list[str] = field(default_factory=list)
    currencies: set[str] = field(default_factory=set)
    first: int = 0
    first_different: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.guesses: dict[tuple[AttributeType, str], _Guess] = {
            (AttributeType.BOOLEAN, ""): _Guess(values.as_boolean),
            **{(AttributeType.DATE, order): _Guess(values.as_date(order)) for order in ORDERS},
            **{(AttributeType.NUMBER, mark): _Guess(values.as_number(mark)) for mark in MARKS},
            **{(AttributeType.MONEY, mark): _Guess(self._money(mark)) for mark in MARKS},
        }

    def _money(self, mark: Mark) -> Callable[[str], None]:
        def convert(cell: str) -> None:
            if values.is_blank(plain_text(cell)):
                return
            try:
                _, code = read_amount(plain_text(cell), self.home, mark)
            except Unreadable as error:
                if error.code != "currency_ambiguous":
                    raise Rejected("money_invalid") from error
                code = "?"
            self.currencies.add(code)

        return convert

    def see(self, cell: str) -> None:
        """Look at one more cell."""
        found = plain_text(cell)
        if not found:
            self.empty += 1
            return
        self.filled += 1
        if len(self.samples) < 3:
            self.samples.append(found[:100])
        if self.first < KEPT:
            self.first += 1
            self.first_different.add(found[:LONGEST])
        if "@" in found:
            self.mail += 1
        if len(found) > LONGEST:
            self.long = True
            return
        if found in self.counts:
            self.counts[found] += 1
            return
        if len(self.counts) < KEPT:
            self.counts[found] = 1
        else:
            self.full = True
        digits = found.removeprefix("+")
        if digits.isdigit() and ((found[0] in "0+" and len(found) > 1) or len(digits) > 15):
            self.coded = True  # 00123, +4670… and long numbers are names of things, not quantities
        if _LIKE_A_POWER.fullmatch(found):
            self.coded = True  # 1e5 is one too: programs write 1e+05
        self.marked = self.marked or "," in found or "." in found
        for guess in self.guesses.values():
            guess.look(found, self.filled)

    @property
    def different(self) -> bool:
        """Whether nearly every cell is another one, as ids are."""
        return self.first > 0 and len(self.first_different) >= 0.95 * self.first

    def fits(self, type_: AttributeType, format_: str, share: float = 1.0) -> bool:
        """Return whether at least this share of the cells can be read so."""
        guess = self.guesses[type_, format_]
        return not self.long and self.filled > 0 and guess.alive and guess.misses <= (1 - share) * self.filled

    def orders(self, share: float = 1.0) -> list[Order]:
        """Return the orders in which the cells are days."""
        return [order for order in ORDERS if self.fits(AttributeType.DATE, order, share)]

    def marks(self, type_: AttributeType, share: float = 1.0) -> list[Mark]:
        """Return the decimal marks with which the cells are numbers or amounts."""
        return [mark for mark in MARKS if self.fits(type_, mark, share)]

    @property
    def foreign(self) -> list[str]:
        """Currencies other than the workspace's beside the amounts; "?" for a sign that several share."""
        return sorted(self.currencies - {self.home})

    def choices(self) -> list[str]:
        """Return the texts of a column of few that come again and again; empty for another one."""
        few = not self.full and not self.long and 0 < len(self.counts) <= MOST_CHOICES
        if few and self.filled >= 5 * len(self.counts) and all(len(cell) <= 60 for cell in self.counts):
            return sorted(cell for cell in self.counts if storable(cell))
        return []

    def cells(self) -> dict[str, int]:
        """Return how often each text is there, "" the empty one."""
        return {**self.counts, **({"": self.empty} if self.empty else {})}


def guess_type(look: Look, month_first: bool | None, home_mark: Mark) -> tuple[AttributeType, str, bool]:
    """Type, way of writing, and whether that was the workspace's to decide: the narrowest type that fits every cell.

    month_first: whether the workspace writes the month before the day, None when nobody knows: then "" is answered.
    """
    if len({cell.casefold() for cell in look.counts}) == 2 and look.fits(AttributeType.BOOLEAN, ""):
        return AttributeType.BOOLEAN, "", False
    if orders := look.orders():
        return AttributeType.DATE, *decide_order(orders, month_first)
    if look.coded:
        return AttributeType.TEXT, "", False
    for type_ in (AttributeType.NUMBER, AttributeType.MONEY):
        marks = look.marks(type_)
        if marks and not (type_ is AttributeType.MONEY and look.foreign):
            return type_, *decide_mark(marks, look.marked, home_mark)
    return AttributeType.TEXT, "", False


def decide_order(orders: list[Order], month_first: bool | None) -> tuple[str, bool]:
    """Return the order of a column of days, and whether both are possible."""
    if "ymd" in orders:
        return "ymd", False
    if len(orders) == 1:
        return orders[0], False
    return "" if month_first is None else "mdy" if month_first else "dmy", True


def decide_mark(marks: list[Mark], marked: bool, home_mark: Mark) -> tuple[str, bool]:
    """Return the decimal mark of a column of numbers, and whether both are possible and differ."""
    if len(marks) == 1:
        return marks[0], False
    return (home_mark, True) if marked else ("point", False)


def fitting_format(
    attribute: Attribute, look: Look, month_first: bool | None, home_mark: Mark, share: float = 0.9
) -> tuple[str, bool] | None:
    """Return how to read a column as a declared attribute, None when too few cells fit it."""
    type_ = attribute.type
    if look.filled == 0 or type_ is AttributeType.TEXT:
        return "", False
    if type_ is AttributeType.CHOICE:
        known = sum(count for cell, count in look.counts.items() if cell in attribute.choices)
        return ("", False) if known >= share * look.filled else None
    if type_ is AttributeType.BOOLEAN:
        return ("", False) if look.fits(type_, "", share) else None
    if type_ is AttributeType.DATE:
        orders = look.orders() or look.orders(share)
        return decide_order(orders, month_first) if orders else None
    marks = look.marks(type_) or look.marks(type_, share)
    if not marks or (type_ is AttributeType.MONEY and look.foreign):
        return None
    return decide_mark(marks, look.marked, home_mark)

"""Comparisons of values in sentences: "is at least 3", "is one of A, B or C", "is in the last 30 days"."""

from __future__ import annotations

from typing import Any

from ..segments.language import Op, Value, ValueType
from .reader import PERIODS, Reader

AMOUNTS = {
    "at least": Op.GE,
    ">=": Op.GE,
    "≥": Op.GE,
    "at most": Op.LE,
    "<=": Op.LE,
    "≤": Op.LE,
    "more than": Op.GT,
    "over": Op.GT,
    "above": Op.GT,
    ">": Op.GT,
    "less than": Op.LT,
    "under": Op.LT,
    "below": Op.LT,
    "<": Op.LT,
}
_PRESENCE = {"is known": Op.KNOWN, "is unknown": Op.UNKNOWN, "is not known": Op.UNKNOWN}
_EQUAL = {"is": Op.IS, "=": Op.IS, "is not": Op.IS_NOT, "isn't": Op.IS_NOT, "!=": Op.IS_NOT, "≠": Op.IS_NOT}
_TEXTS = {
    "contains": Op.CONTAINS,
    "does not contain": Op.NOT_CONTAINS,
    "starts with": Op.STARTS_WITH,
    "does not start with": Op.NOT_STARTS_WITH,
}
_LISTS = {"is one of": Op.ANY_OF, "is any of": Op.ANY_OF, "is none of": Op.NONE_OF}
_TRUTH = {"is yes": Op.IS_TRUE, "is true": Op.IS_TRUE, "is no": Op.IS_FALSE, "is false": Op.IS_FALSE}
_RECENT = {
    "is in the last": Op.IN_LAST_DAYS,
    "is not in the last": Op.NOT_IN_LAST_DAYS,
    "is in the next": Op.IN_NEXT_DAYS,
}
_EDGES = {"is before": Op.BEFORE, "is after": Op.AFTER, "is on": Op.ON}

Compared = tuple[ValueType, Op, Value]


def comparison(r: Reader, kind: ValueType, names: tuple[str, ...] = ()) -> Compared:
    """Return a comparison of a value of this type."""

    def presence() -> Compared:
        return kind, r.one_of(_PRESENCE), None

    match kind:
        case ValueType.TEXT | ValueType.CHOICE:
            return r.either(presence, lambda: _list(r, kind, names), lambda: _text(r, kind, names))
        case ValueType.BOOLEAN:
            return r.either(presence, lambda: (kind, r.one_of(_TRUTH), None))
        case ValueType.DATE:
            return r.either(presence, lambda: _date(r))
        case _:
            return r.either(presence, lambda: _number(r, kind))


def measured(r: Reader, kind: ValueType) -> tuple[Op, Value]:
    """Return an order of numbers: at least 3, between 1 and 5."""
    read: Any = r.money if kind is ValueType.MONEY else r.number

    def between() -> tuple[Op, Value]:
        r.phrase("between")
        low = read()
        r.phrase("and")
        return Op.BETWEEN, (low, read())

    return r.either(between, lambda: (r.one_of(AMOUNTS), read()))


def property_comparison(r: Reader) -> Compared:
    """Return a comparison that tells its type by its value: yes or no, a number, else a text."""
    return r.either(
        lambda: (ValueType.BOOLEAN, r.one_of(_TRUTH), None),
        lambda: _number(r, ValueType.NUMBER),
        lambda: comparison(r, ValueType.TEXT),
    )


def _number(r: Reader, kind: ValueType) -> Compared:
    """Numbers are equal, or ordered."""

    def ordered() -> Compared:
        r.has("is")
        return kind, *measured(r, kind)

    def equal() -> Compared:
        op = r.one_of(_EQUAL)
        return kind, op, r.money() if kind is ValueType.MONEY else r.number()

    return r.either(ordered, equal)


def _list(r: Reader, kind: ValueType, names: tuple[str, ...]) -> Compared:
    op = r.one_of(_LISTS)
    closed = r.has("(")
    values = [r.text(names)]
    while r.has(","):
        values.append(r.text(names))
    if r.has("or"):
        values.append(r.text(names))
    if closed:
        r.phrase(")")
    return kind, op, tuple(values)


def _text(r: Reader, kind: ValueType, names: tuple[str, ...]) -> Compared:
    ops = _EQUAL if kind is ValueType.CHOICE else _EQUAL | _TEXTS
    op = r.one_of(ops)
    return kind, op, r.text(names)


def _date(r: Reader) -> Compared:
    kind = ValueType.DATE

    def recent() -> Compared:
        return kind, r.one_of(_RECENT), r.days()

    def edge() -> Compared:
        return kind, r.one_of(_EDGES), r.day().isoformat()

    def between() -> Compared:
        r.phrase("is between")
        first = r.day()
        r.phrase("and")
        return kind, Op.BETWEEN, (first.isoformat(), r.span()[1].isoformat())

    def anniversary() -> Compared:
        r.phrase("has its anniversary")
        if r.has("within"):
            return kind, Op.ANNIVERSARY_IN_DAYS, r.days()
        return kind, Op.ANNIVERSARY_DURING, r.one_of(PERIODS).value

    def during() -> Compared:
        r.one_of({"is in": 0, "is during": 0, "is": 0})
        return kind, Op.DURING, r.one_of(PERIODS).value

    return r.either(recent, edge, between, anniversary, during)

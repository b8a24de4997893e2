"""What values are in rules: their types, how they are compared, and the limits."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StrictBool, StrictFloat, StrictInt, StrictStr

MAX_DEPTH = 12
MAX_CONDITIONS = 200
MAX_VALUES = 1000
MAX_DAYS = 36_500


class ValueType(StrEnum):
    """What kind of value a declared attribute (or an event's property) holds."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    BOOLEAN = "boolean"
    CHOICE = "choice"


class Calendar(StrEnum):
    """A period of the calendar in the workspace's zone, as it is when a rule is asked; weeks begin on Monday."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    THIS_WEEK = "this_week"
    LAST_WEEK = "last_week"
    NEXT_WEEK = "next_week"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    NEXT_MONTH = "next_month"
    THIS_QUARTER = "this_quarter"
    LAST_QUARTER = "last_quarter"
    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"


class Family(StrEnum):
    """What an event tells of somebody's intent."""

    AWARENESS = "awareness"
    CONSIDERATION = "consideration"
    PURCHASE = "purchase"


class Op(StrEnum):
    """How a value is compared. Which operators fit which type is in ``OPERATORS``."""

    IS = "is"
    IS_NOT = "is_not"
    CONTAINS = "contains"
    NOT_CONTAINS = "not_contains"
    STARTS_WITH = "starts_with"
    NOT_STARTS_WITH = "not_starts_with"
    ANY_OF = "any_of"
    NONE_OF = "none_of"
    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"
    BETWEEN = "between"
    IS_TRUE = "is_true"
    IS_FALSE = "is_false"
    BEFORE = "before"
    AFTER = "after"
    ON = "on"
    IN_LAST_DAYS = "in_last_days"
    NOT_IN_LAST_DAYS = "not_in_last_days"
    IN_NEXT_DAYS = "in_next_days"
    ANNIVERSARY_IN_DAYS = "anniversary_in_days"
    DURING = "during"
    ANNIVERSARY_DURING = "anniversary_during"
    KNOWN = "known"
    UNKNOWN = "unknown"


_PRESENCE = {Op.KNOWN, Op.UNKNOWN}
_EXACT = {Op.IS, Op.IS_NOT, Op.ANY_OF, Op.NONE_OF} | _PRESENCE
_ORDERED = {Op.IS, Op.IS_NOT, Op.LT, Op.LE, Op.GT, Op.GE, Op.BETWEEN} | _PRESENCE
_DAYS = {Op.IN_LAST_DAYS, Op.NOT_IN_LAST_DAYS, Op.IN_NEXT_DAYS, Op.ANNIVERSARY_IN_DAYS}
_CALENDAR = {Op.DURING, Op.ANNIVERSARY_DURING}

OPERATORS: Mapping[ValueType, frozenset[Op]] = {
    ValueType.TEXT: frozenset(_EXACT | {Op.CONTAINS, Op.NOT_CONTAINS, Op.STARTS_WITH, Op.NOT_STARTS_WITH}),
    ValueType.CHOICE: frozenset(_EXACT),
    ValueType.NUMBER: frozenset(_ORDERED),
    ValueType.MONEY: frozenset(_ORDERED),
    ValueType.BOOLEAN: frozenset({Op.IS_TRUE, Op.IS_FALSE} | _PRESENCE),
    ValueType.DATE: frozenset({Op.BEFORE, Op.AFTER, Op.ON, Op.BETWEEN} | _DAYS | _CALENDAR | _PRESENCE),
}

NEGATED: Mapping[Op, Op] = {
    Op.IS_NOT: Op.IS,
    Op.NOT_CONTAINS: Op.CONTAINS,
    Op.NOT_STARTS_WITH: Op.STARTS_WITH,
    Op.NONE_OF: Op.ANY_OF,
    Op.NOT_IN_LAST_DAYS: Op.IN_LAST_DAYS,
    Op.UNKNOWN: Op.KNOWN,
}
"""A negative operator and the positive one it is the exact opposite of."""

PROPERTY_TYPES = frozenset({ValueType.TEXT, ValueType.NUMBER, ValueType.BOOLEAN})

Scalar = StrictBool | StrictInt | StrictFloat | StrictStr
Value = Scalar | tuple[Scalar, ...] | None
Name = Annotated[str, Field(min_length=1, max_length=200, pattern="^[^\\x00]+$")]
Days = Annotated[int, Field(ge=0, le=MAX_DAYS)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]

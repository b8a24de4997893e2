"""When it is in the world of people, and what comparisons of its values mean."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from gonfalon.audiences.segments.language import Op, ValueType

NOW = datetime(2028, 3, 1, 22, 30, tzinfo=UTC)
"""Late on a leap year's 1 March: already the 2nd in Stockholm's neighbours east, not in the west."""
ZONE = ZoneInfo("Asia/Shanghai")


def day_of(moment: datetime) -> date:
    """The day in the workspace's zone."""
    return moment.astimezone(ZONE).date()


def in_calendar(period: str, day: date) -> bool:
    """Whether a day lies in a period of the calendar, told by what it has in common with today."""
    today = day_of(NOW)
    which, _, unit = period.partition("_")
    step = {"last": -1, "this": 0, "next": 1}.get(which, 0)
    match unit or which:
        case "today":
            return day == today
        case "yesterday":
            return day == today - timedelta(days=1)
        case "week":
            return (today + timedelta(days=7 * step)).isocalendar()[:2] == day.isocalendar()[:2]
        case "month":
            return day.year * 12 + day.month == today.year * 12 + today.month + step
        case "quarter":
            return day.year * 4 + (day.month - 1) // 3 == today.year * 4 + (today.month - 1) // 3 + step
    return day.year == today.year + step


def value_holds(kind: ValueType, value: Any, op: Op, given: Any) -> bool:  # noqa: PLR0911, PLR0912
    """Whether a comparison holds for a value (None: not known)."""
    opposite = {
        Op.IS_NOT: Op.IS,
        Op.NOT_CONTAINS: Op.CONTAINS,
        Op.NOT_STARTS_WITH: Op.STARTS_WITH,
        Op.NONE_OF: Op.ANY_OF,
        Op.NOT_IN_LAST_DAYS: Op.IN_LAST_DAYS,
        Op.UNKNOWN: Op.KNOWN,
    }
    if op in opposite:
        return not value_holds(kind, value, opposite[op], given)
    if value is None:
        return False
    if kind is ValueType.DATE:
        return _date_holds(date.fromisoformat(value), op, given)
    match op:
        case Op.KNOWN:
            return True
        case Op.IS:
            return bool(value == given)
        case Op.CONTAINS:
            return given in value
        case Op.STARTS_WITH:
            return bool(value.startswith(given))
        case Op.ANY_OF:
            return value in given
        case Op.LT:
            return bool(value < given)
        case Op.LE:
            return bool(value <= given)
        case Op.GT:
            return bool(value > given)
        case Op.GE:
            return bool(value >= given)
        case Op.BETWEEN:
            return bool(given[0] <= value <= given[1])
        case Op.IS_TRUE:
            return value is True
        case Op.IS_FALSE:
            return value is False
    raise AssertionError(op)


def _date_holds(value: date, op: Op, given: Any) -> bool:  # noqa: PLR0911
    today = day_of(NOW)
    match op:
        case Op.KNOWN:
            return True
        case Op.BEFORE:
            return bool(value < date.fromisoformat(given))
        case Op.AFTER:
            return bool(value > date.fromisoformat(given))
        case Op.ON:
            return value == date.fromisoformat(given)
        case Op.BETWEEN:
            return date.fromisoformat(given[0]) <= value <= date.fromisoformat(given[1])
        case Op.IN_LAST_DAYS:
            return bool(0 <= (today - value).days <= given)
        case Op.IN_NEXT_DAYS:
            return bool(0 <= (value - today).days <= given)
        case Op.ANNIVERSARY_IN_DAYS:
            return any(_celebrates(value, today + timedelta(days=step)) for step in range(given + 1))
        case Op.DURING:
            return in_calendar(given, value)
        case Op.ANNIVERSARY_DURING:
            near = (today + timedelta(days=step) for step in range(-800, 800))
            return any(_celebrates(value, day) for day in near if in_calendar(given, day))
    raise AssertionError(op)


def _celebrates(born: date, day: date) -> bool:
    try:
        return born.replace(year=day.year) == day
    except ValueError:
        return (day.month, day.day) == (2, 28)

"""Turning "the last N days" into instants: the only place where a rule meets a clock's value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .language import Calendar, Op, Value


@dataclass(frozen=True, slots=True)
class Moment:
    """When a rule is asked: ``now`` (aware) and the workspace's ``zone``."""

    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        """The day it is in the workspace's zone."""
        return self.now.astimezone(self.zone).date()

    def days_ago(self, days: int) -> date:
        """Return the day that many days before today (the first day there is, if that is too far)."""
        ordinal = self.today.toordinal() - days
        return date.fromordinal(ordinal) if ordinal >= 1 else date.min

    def days_ahead(self, days: int) -> date:
        """Return the day that many days after today (the last day there is, if that is too far)."""
        ordinal = self.today.toordinal() + days
        return date.fromordinal(ordinal) if ordinal <= date.max.toordinal() else date.max

    def start(self, day: date) -> datetime:
        """Return the first instant of a day in the zone, in UTC (of the year 2 at the earliest: engines differ
        before)."""
        if day.year <= 1:
            return datetime.min.replace(tzinfo=UTC)
        return datetime.combine(day, time.min, self.zone).astimezone(UTC)

    def after(self, day: date) -> datetime:
        """Return the first instant after a day in the zone, in UTC."""
        if day.year >= 9999:
            return datetime.max.replace(tzinfo=UTC)
        return self.start(day + timedelta(days=1))

    def days(self, op: Op, value: Value) -> tuple[date | None, date | None]:  # noqa: PLR0911 one an operator
        """Return first and last day (inclusive, None: open) that a positive date operator allows."""
        match op, value:
            case Op.BEFORE, str():
                return None, date.fromisoformat(value) - timedelta(days=1)
            case Op.AFTER, str():
                return date.fromisoformat(value) + timedelta(days=1), None
            case Op.ON, str():
                day = date.fromisoformat(value)
                return day, day
            case Op.BETWEEN, (str() as first, str() as last):
                return date.fromisoformat(first), date.fromisoformat(last)
            case Op.IN_LAST_DAYS, int():
                return self.days_ago(value), self.today
            case Op.IN_NEXT_DAYS, int():
                return self.today, self.days_ahead(value)
            case Op.DURING, str():
                return self.calendar(Calendar(value))
        raise AssertionError(op)

    def calendar(self, period: Calendar) -> tuple[date, date]:
        """Return first and last day (inclusive) of a period of the calendar."""
        today = self.today
        if period in (Calendar.TODAY, Calendar.YESTERDAY):
            day = today if period is Calendar.TODAY else self.days_ago(1)
            return day, day
        which, _, unit = period.value.partition("_")
        step = {"last": -1, "this": 0, "next": 1}[which]
        if unit == "week":
            monday = today - timedelta(days=today.weekday() - 7 * step)
            return monday, monday + timedelta(days=6)
        months = {"month": 1, "quarter": 3, "year": 12}[unit]
        number = (today.year * 12 + today.month - 1) // months + step
        return _month(number * months), _month((number + 1) * months) - timedelta(days=1)

    def anniversaries(self, op: Op, value: Value) -> Iterator[tuple[int, int]]:
        """Return the (month, day) pairs of the days that an anniversary operator asks for.

        In a year without 29 February its anniversaries are kept on the 28th.
        """
        first, last = self.today, self.today
        if op is Op.ANNIVERSARY_DURING:
            first, last = self.calendar(Calendar(str(value)))
        elif isinstance(value, int):
            last = self.days_ahead(min(value, 366))
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            day = date.fromordinal(ordinal)
            yield day.month, day.day
            if (day.month, day.day) == (2, 28) and not _leap(day.year):
                yield 2, 29


def _month(number: int) -> date:
    """The first day of a month counted from January of the year 0."""
    return date(number // 12, number % 12 + 1, 1)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)

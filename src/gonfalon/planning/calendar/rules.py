"""Pure decisions of the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from gonfalon.kit.errors import Invalid

MOST_DAYS = 731
EARLIEST, LATEST = 1970, 2200
USUAL_TIME = time(9)
"""When a touchpoint goes out that gets a day and never had a time."""


def check_range(first: date, last: date) -> None:
    """Raise Invalid for days in the wrong order, too many of them, or years that nobody plans for."""
    if last < first:
        raise Invalid("range_backwards", "The first day comes after the last one; exchange them.")
    if (last - first).days >= MOST_DAYS:
        raise Invalid(
            "range_long", "A calendar shows at most two years at a time; ask for the years one after the other."
        )
    check_day(first)
    check_day(last)


def check_day(day: date) -> None:
    """Raise Invalid for a day in a year that nobody plans for."""
    if not EARLIEST <= day.year <= LATEST:
        raise Invalid("day_out_of_range", f"The year {day.year} lies outside of what can be planned for.")


def occurrences(starts_on: date, ends_on: date, yearly: bool, first: date, last: date) -> Iterator[tuple[date, date]]:
    """Return the days of a moment that touch the range. One of 29 February is kept on the 28th in other years."""
    length = ends_on - starts_on
    years = (
        range(max(starts_on.year, first.year - 1), last.year + 1)
        if yearly
        else range(starts_on.year, starts_on.year + 1)
    )
    for year in years:
        begin = in_year(starts_on, year)
        if begin <= last and begin + length >= first:
            yield begin, begin + length


def in_year(day: date, year: int) -> date:
    """Return the same day of another year."""
    if (day.month, day.day) == (2, 29):
        try:
            return date(year, 2, 29)
        except ValueError:
            return date(year, 2, 28)
    return day.replace(year=year)


class Clock(StrEnum):
    """What the clocks of the zone do at a local time."""

    PLAIN = "plain"
    GAP = "gap"
    """They are put forward over it, so that it never comes; the instant is as much later as they are put forward."""
    TWICE = "twice"
    """They are put back, so that it comes twice; the first one is meant."""


def instant_of(day: date, at: time, zone: ZoneInfo) -> tuple[datetime, Clock]:
    """Return the instant of a local time in UTC, and whether there is exactly one."""
    first, second = (datetime.combine(day, at.replace(fold=fold), zone) for fold in (0, 1))
    instant = first.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != first.replace(tzinfo=None, fold=0):
        return instant, Clock.GAP
    return instant, Clock.PLAIN if first.utcoffset() == second.utcoffset() else Clock.TWICE


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """Return the day of an instant where the workspace is."""
    return at.astimezone(zone).date()


def local_time(at: datetime, zone: ZoneInfo) -> time:
    """Return the clock time of an instant where the workspace is."""
    return at.astimezone(zone).time().replace(fold=0)


def starts(day: date, zone: ZoneInfo) -> datetime:
    """Return the first instant of a day, in UTC."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def shifted(day: date | None, by: timedelta) -> date | None:
    """Return the day so much later; None stays."""
    return None if day is None else day + by

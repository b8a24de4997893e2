"""Working days as a growing, sorted list, so that "three working days later" is a look-up."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

LONGEST_YEARS = 50


class WorkingDays:
    """The working days from `begin` on, at most fifty years of them; raises Beyond when asked for later ones.

    `weekdays` counts Monday as 0; `days_off(year)` gives the year's holidays and other free days. Days are added by
    the year as they are needed: a campaign of three months never looks at the holidays of 2070.
    """

    def __init__(self, begin: date, weekdays: Collection[int], days_off: Callable[[int], Collection[date]]) -> None:
        self.begin = begin.toordinal()
        self._weekdays = frozenset(weekdays)
        self._days_off = days_off
        self._year = begin.year
        # The calendar of our dates ends with the year 9999.
        self._last_year = min(begin.year + LONGEST_YEARS, 9998)
        self.days: list[int] = []
        self.known_until = self.begin - 1
        self._grow()

    @property
    def last(self) -> date:
        """The last day that can be planned for."""
        return date(self._last_year, 12, 31)

    def _grow(self) -> None:
        if self._year > self._last_year:
            raise Beyond(self.last)
        off = {day.toordinal() for day in self._days_off(self._year)}
        end = date(self._year, 12, 31).toordinal()
        weekdays = self._weekdays
        self.days.extend(
            day for day in range(self.known_until + 1, end + 1) if (day - 1) % 7 in weekdays and day not in off
        )
        self.known_until = end
        self._year += 1

    def at(self, index: int) -> int:
        """Return the ordinal of the working day with this number; what is before the first is the first."""
        while index >= len(self.days):
            self._grow()
        return self.days[max(index, 0)]

    def first_from(self, day: int) -> int:
        """Return the number of the first working day at or after the ordinal."""
        while day > self.known_until or (index := bisect_left(self.days, day)) == len(self.days):
            self._grow()
        return index

    def last_until(self, day: int) -> int:
        """Return the number of the last working day at or before the ordinal; -1 when there is none."""
        while day > self.known_until:
            self._grow()
        return bisect_right(self.days, day) - 1

    def shifted(self, point: int, lag: int) -> int:
        """Return the point `lag` working days later (or earlier), on the same side of its day, never before the
        first."""
        if lag == 0:
            return point
        day = point >> 1
        if point & 1:
            number = self.last_until(day) + lag
            return 2 * self.at(number) + 1 if number >= 0 else 2 * self.begin
        return 2 * self.at(self.first_from(day) + lag)

    def start_at(self, point: int) -> int:
        """Return the number of the first working day that begins at or after the point."""
        return self.first_from((point + 1) >> 1)

    def between(self, first: date, last: date) -> int:
        """Return how many working days there are from `first` to `last`, both included."""
        if last < first:
            return 0
        return max(self.last_until(last.toordinal()) - self.first_from(first.toordinal()) + 1, 0)

    def listed(self, first: date, last: date) -> list[date]:
        """Return the working days from `first` to `last`, both included."""
        day, found = first, []
        while day <= last:
            number = self.first_from(day.toordinal())
            day = date.fromordinal(self.days[number])
            if day <= last:
                found.append(day)
            day += timedelta(days=1)
        return found


class Beyond(Exception):
    """A job would end after the last day that is planned for; `name` says which, where that is known."""

    def __init__(self, last: date, name: str = "") -> None:
        super().__init__(f"{name} would end after {last}")
        self.last = last
        self.name = name


@dataclass(frozen=True, slots=True)
class Week:
    """When somebody works. `weekdays` counts Monday as 0; `country` and `region` say whose public holidays are free."""

    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    hours_per_day: Decimal = Decimal(8)
    country: str = ""
    region: str = ""
    days_off: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """How the workspace (user_id None) works, or how a member differs from it, as stored; None: as usual."""

    user_id: UUID | None
    weekdays: list[int] | None
    hours_per_day: Decimal | None
    country: str
    region: str
    days_off: list[date]

    def over(self, week: Week) -> Week:
        """Return the week with what this one says otherwise, and its days off besides."""
        return Week(
            week.weekdays if self.weekdays is None else tuple(self.weekdays),
            week.hours_per_day if self.hours_per_day is None else self.hours_per_day,
            week.country,
            week.region,
            week.days_off | frozenset(self.days_off),
        )

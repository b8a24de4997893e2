"""Work out load and capacity per person and week: effort spread evenly over the working days of its task."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from gonfalon.accounts.workdays.model import Week, WorkingDays
from gonfalon.accounts.workdays.rules import working_days

_CENT = Decimal("0.01")
PersonWeek = tuple[UUID, date]
"""Somebody's week, by its Monday."""


@dataclass(frozen=True, slots=True)
class Work:
    """A stretch of work of one person: inclusive days and hours in all."""

    owner_id: UUID
    starts_on: date
    ends_on: date
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Overload:
    """A week in which somebody is asked for more hours than they have; `before`: the load before a change."""

    owner_id: UUID
    week: date
    capacity: Decimal
    load: Decimal
    before: Decimal = Decimal(0)


def monday(day: date) -> date:
    """Return the Monday of the day's week."""
    return day - timedelta(days=day.weekday())


class Calendars:
    """Everybody's working days, made once each."""

    def __init__(self, begin: date, week: Week, weeks: dict[UUID, Week]) -> None:
        self._begin = monday(begin)
        self._week, self._weeks = week, weeks
        self._made: dict[Week, WorkingDays] = {}

    def of(self, owner_id: UUID) -> tuple[WorkingDays, Week]:
        """Return the person's working days and week."""
        week = self._weeks.get(owner_id, self._week)
        if week not in self._made:
            self._made[week] = working_days(self._begin, week)
        return self._made[week], week

    def capacity(self, owner_id: UUID, week: date) -> Decimal:
        """Return the hours the person has in the week that begins on this Monday."""
        days, shape = self.of(owner_id)
        return days.between(week, week + timedelta(days=6)) * shape.hours_per_day


def load(work: Iterable[Work], calendars: Calendars) -> dict[PersonWeek, Decimal]:
    """Return hours asked of each person in each week, exact to the hundredth of an hour; what is not a working day,
    counts on the day before it when nothing else is left (work planned wholly on days off falls on its first day).
    """
    found: dict[PersonWeek, Decimal] = {}
    for piece in work:
        if not piece.hours:
            continue
        days, _ = calendars.of(piece.owner_id)
        total = days.between(piece.starts_on, piece.ends_on)
        if total == 0:
            key = (piece.owner_id, monday(piece.starts_on))
            found[key] = found.get(key, Decimal(0)) + piece.hours
            continue
        week, passed, given = monday(piece.starts_on), 0, Decimal(0)
        while week <= piece.ends_on:
            last = week + timedelta(days=6)
            passed += days.between(max(week, piece.starts_on), min(last, piece.ends_on))
            # Rounding what is given so far, not each share, keeps the sum exact.
            so_far = (piece.hours * passed / total).quantize(_CENT)
            if so_far != given:
                key = (piece.owner_id, week)
                found[key] = found.get(key, Decimal(0)) + so_far - given
                given = so_far
            week += timedelta(days=7)
    return found


def overloads(
    before: dict[PersonWeek, Decimal], after: dict[PersonWeek, Decimal], calendars: Calendars
) -> list[Overload]:
    """Return the weeks that a change makes too full, or fuller when they were already, earliest first."""
    found = []
    for (owner, week), hours in after.items():
        had = before.get((owner, week), Decimal(0))
        if hours > had and hours > (capacity := calendars.capacity(owner, week)):
            found.append(Overload(owner, week, capacity, hours, had))
    return sorted(found, key=lambda one: (one.week, one.owner_id))

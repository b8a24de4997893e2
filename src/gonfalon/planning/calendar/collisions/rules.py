"""Find what collides, and what can be done about it. Pure."""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from gonfalon.planning.calendar.collisions.model import Collision, CollisionFix, FixKind, PeopleSet, Shared, Touch
from gonfalon.planning.calendar.model import CalendarSettings

FURTHEST = 45
"""Days that a touchpoint is moved by at most."""
MERGE_DAYS = 2
"""Touchpoints to the same audience at most so many days apart might as well be one."""


class Board:
    """Touchpoints with numbers in place of their sets of people: a thousand of them make a hundred thousand pairs."""

    def __init__(self, touches: Sequence[Touch], shared: Shared, settings: CalendarSettings) -> None:
        self.touches, self.shared, self.settings = touches, shared, settings
        numbers: dict[PeopleSet, int] = {}
        self._set = {
            touch.id: -1 if touch.people is None else numbers.setdefault(touch.people, len(numbers))
            for touch in touches
        }
        self._rows: list[dict[int, int]] = [{} for _ in numbers]
        for people, number in numbers.items():
            self._rows[number][number] = shared.sizes.get(people, 0)
        for pair, count in shared.pairs.items():
            one, other = (numbers.get(people, -1) for people in pair)
            if one >= 0 and other >= 0:
                self._rows[one][other] = self._rows[other][one] = count
        self._dated = sorted(
            (each for each in touches if each.day and each.at), key=lambda each: (each.at, each.id.int)
        )
        self._days = [touch.day.toordinal() for touch in self._dated if touch.day]
        channels = {touch.channel for touch in touches}
        self._apart = {(one, other): settings.apart(one, other) for one in channels for other in channels}
        self._widest = max(self._apart.values(), default=0)

    def people(self, one: Touch, other: Touch) -> int:
        """Return how many people both hit."""
        number = self._set[one.id]
        return self._rows[number].get(self._set[other.id], 0) if number >= 0 else 0

    def size(self, touch: Touch) -> int:
        """Return how many people the touchpoint hits."""
        return self.people(touch, touch)

    def collisions(self, most: int) -> tuple[list[Collision], int]:
        """Return the pairs with most people that hit the same ones too soon, without fixes; and how many pairs there
        are.

        Two that have both been launched are history.
        """
        dated, days = self._dated, self._days
        found: list[tuple[int, int, int, int]] = []
        for number, one in enumerate(dated):
            for further in range(number + 1, len(dated)):
                other, by = dated[further], days[further] - days[number]
                if by >= self._widest:
                    break
                people = self.people(one, other)
                if people and by < self._apart[one.channel, other.channel] and not (one.launched and other.launched):
                    found.append((-people, by, number, further))
        shown = heapq.nsmallest(most, found)
        return [Collision(dated[one], dated[other], by, -people) for people, by, one, other in shown], len(found)

    def blocked(self, touch: Touch, reach: int) -> set[int]:
        """Return the days (ordinals), at most `reach` from its own, on which the touchpoint would collide with another
        one.
        """
        number = self._set[touch.id]
        if number < 0 or touch.day is None:
            return set()
        row, middle = self._rows[number], touch.day.toordinal()
        first = bisect_left(self._days, middle - reach - self._widest)
        last = bisect_right(self._days, middle + reach + self._widest)
        near = {
            (day, self._apart[touch.channel, other.channel])
            for day, other in zip(self._days[first:last], self._dated[first:last], strict=True)
            if row.get(self._set[other.id]) and other is not touch
        }
        return {taken for day, apart in near for taken in range(day - apart + 1, day + apart)}


def _apart(one: Touch, other: Touch) -> int:
    assert one.day is not None
    assert other.day is not None
    return abs((other.day - one.day).days)


def of_touch(board: Board, touch: Touch) -> list[Collision]:
    """Return what one touchpoint of the board collides with."""
    others = [each for each in board.touches if each.id != touch.id]
    near = [
        (one, other) if (one.at, str(one.id)) <= (other.at, str(other.id)) else (other, one)
        for one, other in ((touch, each) for each in others if each.day and touch.day)
        if one.at and other.at and _apart(one, other) < board.settings.apart(one.channel, other.channel)
    ]
    return [
        Collision(one, other, _apart(one, other), people) for one, other in near if (people := board.people(one, other))
    ]


def with_fixes(board: Board, found: Iterable[Collision], today: date) -> list[Collision]:
    """Return the collisions with what can be done about each, the cheapest first: fewest people, then fewest days."""
    days: dict[UUID, date | None] = {}

    def free(touch: Touch) -> date | None:
        if touch.id not in days:
            days[touch.id] = free_day(board, touch, today)
        return days[touch.id]

    fixed = []
    for pair in found:
        fixes: list[CollisionFix] = []
        for touch, other in ((pair.one, pair.other), (pair.other, pair.one)):
            if touch.launched:
                continue
            day = free(touch)
            if day is not None and touch.day is not None:
                fixes.append(CollisionFix(FixKind.MOVE, touch.id, other.id, 0, day, (day - touch.day).days))
        weaker, stronger = _ranked(board, pair)
        if not weaker.launched:
            size = board.size(weaker)
            if pair.people < size:
                fixes.append(CollisionFix(FixKind.TRIM, weaker.id, stronger.id, pair.people))
            fixes.append(CollisionFix(FixKind.GIVE_WAY, weaker.id, stronger.id, size))
        if _mergeable(pair):
            fixes.append(CollisionFix(FixKind.MERGE, pair.other.id, pair.one.id, 0))
        fixed.append(replace(pair, fixes=tuple(_cheapest(fixes))))
    return fixed


def _cheapest(fixes: list[CollisionFix]) -> list[CollisionFix]:
    """Keep, of the two that could move, only the shorter way."""
    ranked = sorted(fixes, key=lambda fix: (fix.people, abs(fix.days), -fix.days, fix.kind is FixKind.MOVE))
    moves = [fix for fix in ranked if fix.kind is FixKind.MOVE]
    return [fix for fix in ranked if fix.kind is not FixKind.MOVE or fix is moves[0]]


def _ranked(board: Board, pair: Collision) -> tuple[Touch, Touch]:
    """Return who gives way to whom: what is launched never does, then the lower priority, fewer people, the later
    one."""

    def weight(touch: Touch) -> tuple[bool, int, int, bool]:
        return (not touch.launched, touch.priority, -board.size(touch), touch is pair.other)

    one, other = sorted((pair.one, pair.other), key=weight, reverse=True)
    return one, other


def _mergeable(pair: Collision) -> bool:
    one, other = pair.one, pair.other
    return (
        not one.launched
        and not other.launched
        and one.audience_id == other.audience_id
        and one.channel == other.channel
        and pair.days <= MERGE_DAYS
    )


def free_day(board: Board, touch: Touch, today: date) -> date | None:
    """Return the nearest day on which the touchpoint collides with nothing, later ones first; None if there is none
    near.

    From tomorrow on (its clock time may be over today), within its campaign's days.
    """
    if touch.day is None:
        return None
    blocked = board.blocked(touch, FURTHEST)
    for step in range(1, FURTHEST + 1):
        for day in (touch.day + timedelta(days=step), touch.day - timedelta(days=step)):
            late = touch.ends_on is not None and day > touch.ends_on
            early = day <= today or (touch.starts_on is not None and day < touch.starts_on)
            if not late and not early and day.toordinal() not in blocked:
                return day
    return None

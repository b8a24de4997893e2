"""Pure: what collides, and what can be done about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from gonfalon.planning.calendar.collisions.model import Collision, Fix, FixKind, Shared, Touch
from gonfalon.planning.calendar.model import CalendarSettings

FURTHEST = 45
"""Days that a touchpoint is moved by at most."""
MERGE_DAYS = 2
"""Touchpoints to the same audience at most so many days apart might as well be one."""


def collisions(touches: Sequence[Touch], shared: Shared, settings: CalendarSettings) -> list[Collision]:
    """Every pair that hits the same people too soon, those with most people first; without fixes."""
    found = [
        Collision(one, other, _apart(one, other), people)
        for one, other in _near(touches, settings)
        if (people := _people(one, other, shared))
    ]
    return sorted(found, key=lambda pair: (-pair.people, pair.days, str(pair.one.id), str(pair.other.id)))


def _near(touches: Sequence[Touch], settings: CalendarSettings) -> Iterator[tuple[Touch, Touch]]:
    """Pairs that are fewer days apart than they should be. Two that were both launched in the past are history."""
    dated = sorted((touch for touch in touches if touch.day and touch.at), key=lambda touch: (touch.at, str(touch.id)))
    widest = max([settings.days, *settings.pairs.values()])
    for number, one in enumerate(dated):
        for other in dated[number + 1 :]:
            days = _apart(one, other)
            if days >= widest:
                break
            if days < settings.apart(one.channel, other.channel) and not (one.launched and other.launched):
                yield one, other


def _apart(one: Touch, other: Touch) -> int:
    assert one.day is not None
    assert other.day is not None
    return abs((other.day - one.day).days)


def _people(one: Touch, other: Touch, shared: Shared) -> int:
    return shared.of(one.people, other.people) if one.people and other.people else 0


def of_touch(touch: Touch, touches: Iterable[Touch], shared: Shared, settings: CalendarSettings) -> list[Collision]:
    """What one touchpoint collides with."""
    others = [each for each in touches if each.id != touch.id]
    near = [
        (one, other) if (one.at, str(one.id)) <= (other.at, str(other.id)) else (other, one)
        for one, other in ((touch, each) for each in others if each.day and touch.day)
        if one.at and other.at and _apart(one, other) < settings.apart(one.channel, other.channel)
    ]
    return [
        Collision(one, other, _apart(one, other), people)
        for one, other in near
        if (people := _people(one, other, shared))
    ]


def with_fixes(
    found: Iterable[Collision], touches: Sequence[Touch], shared: Shared, settings: CalendarSettings, today: date
) -> list[Collision]:
    """The collisions with what can be done about each, the cheapest first: fewest people, then fewest days."""
    days: dict[UUID, date | None] = {}

    def free(touch: Touch) -> date | None:
        if touch.id not in days:
            days[touch.id] = free_day(touch, touches, shared, settings, today)
        return days[touch.id]

    fixed = []
    for pair in found:
        fixes: list[Fix] = []
        for touch, other in ((pair.one, pair.other), (pair.other, pair.one)):
            if touch.launched:
                continue
            day = free(touch)
            if day is not None and touch.day is not None:
                fixes.append(Fix(FixKind.MOVE, touch.id, other.id, 0, day, (day - touch.day).days))
        weaker, stronger = _ranked(pair, shared)
        if not weaker.launched:
            size = _size(weaker, shared)
            if pair.people < size:
                fixes.append(Fix(FixKind.TRIM, weaker.id, stronger.id, pair.people))
            fixes.append(Fix(FixKind.GIVE_WAY, weaker.id, stronger.id, size))
        if _mergeable(pair):
            fixes.append(Fix(FixKind.MERGE, pair.other.id, pair.one.id, 0))
        fixed.append(replace(pair, fixes=tuple(_cheapest(fixes))))
    return fixed


def _cheapest(fixes: list[Fix]) -> list[Fix]:
    """Of the two that could move only the shorter way is kept."""
    ranked = sorted(fixes, key=lambda fix: (fix.people, abs(fix.days), -fix.days, fix.kind is FixKind.MOVE))
    moves = [fix for fix in ranked if fix.kind is FixKind.MOVE]
    return [fix for fix in ranked if fix.kind is not FixKind.MOVE or fix is moves[0]]


def _ranked(pair: Collision, shared: Shared) -> tuple[Touch, Touch]:
    """Who gives way to whom: what is launched never does, then the lower priority, fewer people, the later one."""

    def weight(touch: Touch) -> tuple[bool, int, int, bool]:
        return (not touch.launched, touch.priority, -_size(touch, shared), touch is pair.other)

    one, other = sorted((pair.one, pair.other), key=weight, reverse=True)
    return one, other


def _size(touch: Touch, shared: Shared) -> int:
    return shared.sizes.get(touch.people, 0) if touch.people else 0


def _mergeable(pair: Collision) -> bool:
    one, other = pair.one, pair.other
    return (
        not one.launched
        and not other.launched
        and one.audience_id == other.audience_id
        and one.channel == other.channel
        and pair.days <= MERGE_DAYS
    )


def free_day(
    touch: Touch, touches: Iterable[Touch], shared: Shared, settings: CalendarSettings, today: date
) -> date | None:
    """The nearest day on which the touchpoint collides with nothing, later ones first; None if there is none near.

    From tomorrow on (its clock time may be over today), within its campaign's days.
    """
    if touch.day is None:
        return None
    taken = [
        (each.day, settings.apart(touch.channel, each.channel))
        for each in touches
        if each.id != touch.id and each.day is not None and _people(touch, each, shared)
    ]
    blocked = {day + timedelta(days=n) for day, apart in taken for n in range(1 - apart, apart)}
    for step in range(1, FURTHEST + 1):
        for day in (touch.day + timedelta(days=step), touch.day - timedelta(days=step)):
            late = touch.ends_on is not None and day > touch.ends_on
            early = day <= today or (touch.starts_on is not None and day < touch.starts_on)
            if not late and not early and day not in blocked:
                return day
    return None

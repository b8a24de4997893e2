"""Decide when the people of a persona are no longer those that were described."""

from __future__ import annotations

from collections.abc import Iterator

from .model import Drift, DriftOf, MemberFigures, PersonaMeasure, TraitShare

FEWEST = 30
"""Of fewer people no part is compared: one more or less would already be several points."""
GROWTH = 0.25
"""So much more or less of people, or of money per person, is a drift."""
POINTS = 0.10
"""So many points more or less of a part of the people are a drift."""
TRAIT_POINTS = 0.15
"""The same of a trait, which is one of many."""
MOST_TRAITS = 5


def drifts_of(before: PersonaMeasure | None, now: PersonaMeasure | None) -> tuple[Drift, ...]:
    """Return how the people differ from those of an earlier day, the number first; nothing where either is unknown."""
    if before is None or now is None:
        return ()
    found = list(_in_number(before.figures, now.figures))
    if min(before.figures.people, now.figures.people) >= FEWEST:
        found += _in_parts(before.figures, now.figures)
        found += _in_traits(before.traits, now.traits)
    return tuple(found)


def _in_number(before: MemberFigures, now: MemberFigures) -> Iterator[Drift]:
    if _grew(before.people, now.people):
        yield Drift(of=DriftOf.PEOPLE, before=before.people, after=now.people)


def _in_parts(before: MemberFigures, now: MemberFigures) -> Iterator[Drift]:
    for of in (DriftOf.ACTIVE, DriftOf.BOUGHT, DriftOf.CLICKED):
        then, present = (getattr(each, of.value) / each.people for each in (before, now))
        if _moved(then, present, POINTS):
            yield Drift(of=of, before=then, after=present)
    value, present_value = (each.value_minor / each.people for each in (before, now))
    if _grew(value, present_value):
        yield Drift(of=DriftOf.VALUE, before=value, after=present_value)


def _in_traits(before: list[TraitShare], now: list[TraitShare]) -> list[Drift]:
    """Return the greatest changes; a trait that is told of one day only says nothing, since both lists are cut."""
    then = {(each.kind, each.key, each.value): each.share for each in before}
    found = [
        Drift(of=DriftOf.TRAIT, before=then[name], after=each.share, kind=each.kind, key=each.key, value=each.value)
        for each in now
        if (name := (each.kind, each.key, each.value)) in then and _moved(then[name], each.share, TRAIT_POINTS)
    ]
    return sorted(found, key=lambda each: -abs(each.after - each.before))[:MOST_TRAITS]


def _grew(before: float, now: float) -> bool:
    return abs(now - before) >= GROWTH * before and now != before


def _moved(before: float, now: float, points: float) -> bool:
    return round(abs(now - before), 6) >= points

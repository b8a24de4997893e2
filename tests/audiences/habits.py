"""The slow evaluator of what people do in order, often, lately and where: it reads the conditions as documented."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any

from gonfalon.audiences.segments.language import (
    Active,
    Engagement,
    Family,
    Frequency,
    Intent,
    Lifecycle,
    Place,
    Preference,
    Rfm,
    Rule,
    Sequence,
    Step,
)

from . import comparing, world


def holds(rule: Rule, person: world.Person) -> bool:  # noqa: PLR0911 one a kind
    """Whether such a condition is true for one person."""
    match rule:
        case Sequence():
            return _in_order(rule, person)
        case Frequency():
            return _often(rule, person)
        case Intent():
            return _intends(rule, person)
        case Active():
            days = [at for at in _active_at(person) if world.in_period(rule, at)]
            if rule.not_within_days is not None:
                days = [at for at in days if _ago(at) > rule.not_within_days]
            return bool(days) is rule.did
        case Engagement():
            return _level(person) == rule.level
        case Lifecycle():
            return _stage(person) == rule.stage
        case Rfm():
            score = _score(rule.what, person)
            return score is not None and rule.at_least <= score <= rule.at_most
        case Preference():
            return (rule.channel in _preferred(person)) is rule.prefers
        case Place():
            return _near(rule, person) is rule.inside
    raise AssertionError(rule)


def _ago(at: datetime) -> int:
    return (comparing.day_of(comparing.NOW) - comparing.day_of(at)).days


def _times(name: str, where: Any, person: world.Person) -> list[datetime]:
    return [
        at
        for found, at, properties, _ in person.events
        if found == name and all(world.property_holds(each, properties) for each in where)
    ]


def _in_order(rule: Sequence, person: world.Person) -> bool:
    def times(step: Step) -> list[datetime]:
        return _times(step.name, step.where, person)

    limit = timedelta(hours=rule.within_hours) if rule.within_hours is not None else None
    for begun in times(rule.first):
        if not world.in_period(rule, begun):
            continue
        came = any(then > begun and (limit is None or then - begun <= limit) for then in times(rule.second))
        over = limit is None or comparing.NOW - begun >= limit
        if came if rule.followed else (over and not came):
            return True
    return False


def _often(rule: Frequency, person: world.Person) -> bool:
    weeks = [0] * rule.weeks
    for at in _times(rule.name, rule.where, person):
        ago = _ago(at)
        if 0 <= ago < 7 * rule.weeks:
            weeks[ago // 7] += 1
    if rule.how == "average":
        return sum(weeks) / rule.weeks >= rule.at_least
    return min(weeks) >= rule.at_least


def _of_family(family: Family, person: world.Person) -> list[tuple[datetime, int | None]]:
    names = world.CATALOGUE.families.get(family, frozenset())
    return [(at, amount) for name, at, _, amount in person.events if name in names]


def _intends(rule: Intent, person: world.Person) -> bool:
    count = sum(world.in_period(rule, at) for at, _ in _of_family(rule.family, person))
    if not rule.did:
        return count == 0
    if rule.at_most is not None and count > rule.at_most:
        return False
    return count >= ((1 if rule.at_most is None else 0) if rule.at_least is None else rule.at_least)


def _clicks(person: world.Person) -> list[tuple[str, datetime]]:
    return [
        (world.CATALOGUE.channels[touchpoint], at)
        for touchpoint, _, _, hits in person.messages
        for kind, verdict, at in hits
        if (kind, verdict) == ("click", "human")
    ]


def _active_at(person: world.Person) -> list[datetime]:
    return [at for _, at, *_ in person.events] + [at for _, at in _clicks(person)]


def _level(person: world.Person) -> str:
    if 0 <= _ago(person.created_at) <= 30:
        return "new"
    ages = [_ago(at) for at in _active_at(person)]
    if not any(age <= 90 for age in ages):
        return "dormant"
    lately, before = any(age <= 30 for age in ages), any(30 < age <= 120 for age in ages)
    return "returning" if lately and not before else "member"


def _stage(person: world.Person) -> str:
    ages = [_ago(at) for at, _ in _of_family(Family.PURCHASE, person)]
    if not ages:
        return "prospect"
    if min(ages) > 365:
        return "lapsed"
    if min(ages) > 180:
        return "lapsing"
    return "first" if len(ages) == 1 else "repeat"


def _score(what: str, person: world.Person) -> int | None:
    orders, fifths = _of_family(Family.PURCHASE, person), world.CATALOGUE.fifths
    if not orders or fifths is None:
        return None
    if what == "recency":
        return 1 + sum(max(at for at, _ in orders) > limit for limit in fifths.recency)
    if what == "frequency":
        return 1 + sum(len(orders) > limit for limit in fifths.frequency)
    return 1 + sum(sum(amount or 0 for _, amount in orders) > limit for limit in fifths.monetary)


def _preferred(person: world.Person) -> set[str]:
    counts: dict[str, int] = {}
    for channel, at in _clicks(person):
        if _ago(at) <= 365:
            counts[channel] = counts.get(channel, 0) + 1
    return {channel for channel, count in counts.items() if count == max(counts.values())}


def _near(rule: Place, person: world.Person) -> bool:
    latitude, longitude = person.attributes.get(rule.latitude_key), person.attributes.get(rule.longitude_key)
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return False
    here, there = _vector(latitude, longitude), _vector(rule.latitude, rule.longitude)
    cosine = math.fsum(a * b for a, b in zip(here, there, strict=True))
    return math.acos(max(-1.0, min(1.0, cosine))) * 6371.0088 <= rule.km


def _vector(latitude: float, longitude: float) -> tuple[float, float, float]:
    phi, theta = math.radians(latitude), math.radians(longitude)
    return math.cos(phi) * math.cos(theta), math.cos(phi) * math.sin(theta), math.sin(phi)

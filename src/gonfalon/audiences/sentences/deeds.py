"""What people did, in sentences: events, purchases, messages, one thing after another, how often a week."""

from __future__ import annotations

from functools import partial
from typing import Any

from ..segments.language import (
    Active,
    Event,
    Family,
    Frequency,
    Intent,
    Measure,
    Message,
    Property,
    Rule,
    Sequence,
    Step,
    ValueType,
)
from .compared import comparison, measured, property_comparison
from .reader import Reader
from .words import Expected

_DID = {"did": True, "did not": False, "didn't": False, "never did": False}
_THEN = {"then did": True, "and then did": True, "then did not": False, "and then did not": False}
_BOUGHT = {
    "bought": True,
    "ordered": True,
    "purchased": True,
    "did not buy": False,
    "didn't buy": False,
    "never bought": False,
    "never ordered": False,
}
_MESSAGES: dict[str, tuple[str, bool]] = {
    "was sent a message": ("sent", True),
    "was not sent a message": ("sent", False),
    "opened a message": ("opened", True),
    "did not open a message": ("opened", False),
    "clicked a link": ("clicked", True),
    "did not click a link": ("clicked", False),
}
_SHOWED = {"showed interest of": True, "showed no interest of": False}
_OF: dict[str, Any] = {"total of": "sum", "average of": "avg", "smallest": "min", "greatest": "max"}


def deed(r: Reader) -> Rule:
    """Return a condition on what somebody did."""
    readings = (_message, _bought, _spent, _showed, _active, _event)
    return r.either(*(partial(read, r) for read in readings))


def _message(r: Reader) -> Rule:
    what, did = r.one_of(_MESSAGES)
    found: dict[str, Any] = {"what": what, "did": did}
    if r.has("of campaign"):
        found["campaign"] = r.name("campaign", {name: id_ for id_, name in r.words.campaigns.items()})
    found |= r.period()
    if r.has("counting machines"):
        found["include_machines"] = True
    return Message(**found)


def _often_when(r: Reader) -> dict[str, Any]:
    """How often and when, in either order."""
    times, period = r.times(), r.period()
    return {**(times or r.times()), **period}


def _bought(r: Reader) -> Rule:
    return Intent(family=Family.PURCHASE, did=r.one_of(_BOUGHT), **_often_when(r))


def _showed(r: Reader) -> Rule:
    did = r.one_of(_SHOWED)
    return Intent(family=r.one_of({each.value: each for each in Family}), did=did, **_often_when(r))


def _spent(r: Reader) -> Rule:
    r.phrase("spent")
    if len(r.words.purchases) != 1:
        raise r.miss(Expected("purchase"))
    op, value = measured(r, ValueType.MONEY)
    measure = Measure(of="sum", property=None, op=op, value=value)
    return Event(name=r.words.purchases[0], measure=measure, **r.period())


def _active(r: Reader) -> Rule:
    found: dict[str, Any] = {"did": r.one_of({"was active": True, "was not active": False})}
    found |= r.period()
    if r.has("but for the last"):
        found["not_within_days"] = r.days()
    return Active(**found)


def _name(r: Reader) -> str:
    return r.name("event", {each: each for each in r.words.events}, lambda text: text)


def _event(r: Reader) -> Rule:
    did = r.one_of(_DID)
    name = _name(r)
    found: dict[str, Any] = {}
    where: list[Property] = []
    again = True
    while again:
        again = False
        frequency = r.maybe(lambda: _weekly(r)) if not found else None
        if frequency is not None:
            while (condition := r.maybe(lambda: _property(r))) is not None:
                where.append(condition)
            return Frequency(name=name, where=tuple(where), **frequency)
        for read in (_which, _measure, _worth, _times, _when):
            more = r.maybe(partial(read, r))
            if more and not more.keys() & found.keys():
                found |= more
                again = True
        condition = r.maybe(lambda: _property(r))
        if condition is not None:
            where.append(condition)
            again = True
    then = r.maybe(lambda: r.one_of(_THEN)) if did and not _numbers(found) else None
    if then is None:
        return Event(name=name, did=did, where=tuple(where), **found)
    return _sequence(r, Step(name=name, where=tuple(where)), then, found)


def _numbers(found: dict[str, Any]) -> bool:
    return bool(found.keys() & {"at_least", "at_most", "total_at_least", "measure", "which"})


def _sequence(r: Reader, first: Step, followed: bool, period: dict[str, Any]) -> Rule:
    name = _name(r)
    where: list[Property] = []
    while (condition := r.maybe(lambda: _property(r))) is not None:
        where.append(condition)
    hours = None
    if r.has("within"):
        number = r.whole(1, 5_000)
        hours = number * r.one_of({"hour": 1, "hours": 1, "day": 24, "days": 24, "week": 168, "weeks": 168})
    second = Step(name=name, where=tuple(where))
    return Sequence(first=first, second=second, followed=followed, within_hours=hours, **period)


def _weekly(r: Reader) -> dict[str, Any]:
    r.has("at least")
    number = r.either(lambda: r.one_of({"once": 1, "twice": 2}), lambda: _so_many_times(r))
    how = r.one_of({"in each of the last": "each", "a week on average over the last": "average"})
    weeks = r.whole(1, 52)
    r.one_of({"weeks": 0, "week": 0})
    return {"at_least": number, "how": how, "weeks": weeks}


def _so_many_times(r: Reader) -> int:
    number = r.whole(1, 1000)
    r.one_of({"times": 0, "time": 0})
    return number


def _which(r: Reader) -> dict[str, Any]:
    return {"which": r.one_of({"for the first time": "first", "for the last time": "last"})}


def _when(r: Reader) -> dict[str, Any]:
    return r.period()


def _times(r: Reader) -> dict[str, Any]:
    return r.times()


def _worth(r: Reader) -> dict[str, Any]:
    r.phrase("worth at least")
    start = r.at
    amount = r.money()
    if amount < 1:
        raise r.miss(Expected("number"), start)
    return {"total_at_least": amount}


def _measure(r: Reader) -> dict[str, Any]:
    r.phrase("with")
    of = r.one_of(_OF)
    name = None if r.has("amount") else _word(r)
    op, value = measured(r, ValueType.MONEY if name is None else ValueType.NUMBER)
    return {"measure": Measure(of=of, property=name, op=op, value=value)}


def _property(r: Reader) -> Property:
    r.phrase("with")
    typed = r.maybe(lambda: r.one_of({"number": ValueType.NUMBER, "flag": ValueType.BOOLEAN, "text": ValueType.TEXT}))
    name = _word(r)
    kind, op, value = property_comparison(r) if typed is None else comparison(r, typed)
    return Property(property=name, type=kind, op=op, value=value)


def _word(r: Reader) -> str:
    """The name of a property: one word, or anything in quotes."""
    token = r.token
    if token is None or token.kind not in ("word", "quoted") or not token.text:
        raise r.miss(Expected("property"))
    r.at += 1
    return token.text

"""Hypothesis strategies for rule trees over the world's vocabulary: every one passes ``check``."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from gonfalon.audiences.segments.language import (
    OPERATORS,
    Active,
    AllOf,
    AnyOf,
    Attribute,
    Calendar,
    Company,
    Consent,
    Created,
    Engagement,
    Event,
    Family,
    Frequency,
    Identity,
    Intent,
    Lifecycle,
    Measure,
    Member,
    Message,
    Not,
    Op,
    Place,
    Preference,
    Property,
    Rfm,
    Rule,
    Score,
    Sequence,
    Step,
    Tag,
    ValueType,
)

from . import world

_POOLS: dict[ValueType, list[Any]] = {
    ValueType.TEXT: [text for text in world.TEXTS if text],
    ValueType.CHOICE: world.CHOICES,
    ValueType.NUMBER: world.NUMBERS,
    ValueType.MONEY: world.MONEY,
    ValueType.DATE: world.DAYS,
    ValueType.BOOLEAN: [True, False],
}


@st.composite
def _comparison(draw: st.DrawFn, kind: ValueType, allowed: frozenset[Op] | None = None) -> tuple[Op, Any]:  # noqa: PLR0911
    op = draw(st.sampled_from(sorted(allowed or OPERATORS[kind])))
    one = st.sampled_from(_POOLS[kind])
    if op in (Op.KNOWN, Op.UNKNOWN, Op.IS_TRUE, Op.IS_FALSE):
        return op, None
    if op in (Op.ANY_OF, Op.NONE_OF):
        return op, tuple(draw(st.lists(one, min_size=1, max_size=4)))
    if op is Op.BETWEEN:
        return op, tuple(sorted(draw(st.tuples(one, one))))
    if op is Op.ANNIVERSARY_IN_DAYS:
        return op, draw(st.sampled_from([0, 1, 3, 40, 366]))
    if op in (Op.DURING, Op.ANNIVERSARY_DURING):
        return op, draw(st.sampled_from([each.value for each in Calendar]))
    if op in (Op.IN_LAST_DAYS, Op.NOT_IN_LAST_DAYS, Op.IN_NEXT_DAYS):
        return op, draw(st.sampled_from([0, 1, 2, 30, 366, 36_500]))
    return op, draw(one)


@st.composite
def _attribute(draw: st.DrawFn) -> Rule:
    key, kind = draw(st.sampled_from(sorted(world.CATALOGUE.attributes.items())))
    op, value = draw(_comparison(kind))
    return Attribute(key=key, op=op, value=value)


@st.composite
def _created(draw: st.DrawFn) -> Rule:
    allowed = frozenset({Op.BEFORE, Op.AFTER, Op.ON, Op.BETWEEN, Op.IN_LAST_DAYS, Op.NOT_IN_LAST_DAYS, Op.DURING})
    op, value = draw(_comparison(ValueType.DATE, allowed))
    return Created(op=op, value=value)


@st.composite
def _period(draw: st.DrawFn) -> dict[str, Any]:
    if draw(st.booleans()):
        return {"within_days": draw(st.sampled_from([None, 0, 1, 2, 30, 36_500]))}
    if draw(st.integers(0, 3)) == 0:
        return {"calendar": draw(st.sampled_from(list(Calendar)))}
    first, last = sorted(draw(st.tuples(*[st.sampled_from(world.DAYS).map(date.fromisoformat)] * 2)))
    return {"since": draw(st.sampled_from([None, first])), "until": draw(st.sampled_from([None, last]))}


@st.composite
def _property(draw: st.DrawFn) -> Property:
    kind = draw(st.sampled_from([ValueType.TEXT, ValueType.NUMBER, ValueType.BOOLEAN]))
    op, value = draw(_comparison(kind))
    return Property(property=draw(st.sampled_from(world.KEYS + world.ITEM_KEYS)), type=kind, op=op, value=value)


@st.composite
def _company(draw: st.DrawFn) -> Rule:
    found = draw(_property())
    name = draw(st.sampled_from(["", *world.KEYS]))
    if name or found.type == "text":
        return Company(property=name, type=found.type, op=found.op, value=found.value)
    return Company(op=Op.KNOWN)


@st.composite
def _event(draw: st.DrawFn) -> Rule:
    name, where = draw(st.sampled_from(world.EVENTS)), tuple(draw(st.lists(_property(), max_size=2)))
    period = draw(_period())
    if draw(st.booleans()):
        ever = all(each is None for each in period.values())
        which = "any" if ever else draw(st.sampled_from(["any", "first", "last"]))
        return Event(name=name, did=draw(st.booleans()), where=where, which=which, **period)
    numbers = st.sampled_from([None, 0, 1, 2, 3])
    least, most = draw(numbers), draw(numbers)
    if least is not None and most is not None and least > most:
        least, most = most, least
    total = draw(st.sampled_from([None, None, 1, 100, 2500]))
    return Event(
        name=name,
        at_least=least,
        at_most=most,
        total_at_least=total,
        measure=draw(st.none() | _measure()),
        where=where,
        **period,
    )


@st.composite
def _measure(draw: st.DrawFn) -> Measure:
    of = draw(st.sampled_from(["sum", "avg", "min", "max"]))
    prop = draw(st.sampled_from([None, *world.KEYS]))
    op = draw(st.sampled_from([Op.LT, Op.LE, Op.GT, Op.GE, Op.BETWEEN]))
    one = st.sampled_from(world.MONEY if prop is None else world.NUMBERS)
    value = tuple(sorted(draw(st.tuples(one, one)))) if op is Op.BETWEEN else draw(one)
    return Measure(of=of, property=prop, op=op, value=value)


@st.composite
def _where(draw: st.DrawFn) -> tuple[Property, ...]:
    return tuple(draw(st.lists(_property(), max_size=1)))


@st.composite
def habits(draw: st.DrawFn) -> Rule:
    """What people do in order, often, lately, and where."""
    name = st.sampled_from(world.EVENTS)
    steps = st.builds(Step, name=name, where=_where())
    period = draw(_period())
    least, most = sorted(draw(st.tuples(*[st.integers(1, 5)] * 2)))
    choices: list[st.SearchStrategy[Rule]] = [
        st.builds(
            Sequence,
            first=steps,
            second=steps,
            followed=st.booleans(),
            within_hours=st.sampled_from([None, 1, 6, 24, 72, 876_000]),
            **{key: st.just(value) for key, value in period.items()},
        ),
        st.builds(
            Frequency,
            name=name,
            at_least=st.integers(1, 2),
            weeks=st.sampled_from([1, 2, 5, 52]),
            how=st.sampled_from(["each", "average"]),
            where=_where(),
        ),
        st.just(Intent(family=draw(st.sampled_from(list(Family))), did=draw(st.booleans()), **period)),
        st.just(Intent(family=draw(st.sampled_from(list(Family))), at_least=least, at_most=most, **period)),
        st.just(Active(did=draw(st.booleans()), not_within_days=draw(st.sampled_from([None, 0, 2, 7])), **period)),
        st.builds(Engagement, level=st.sampled_from(["new", "member", "returning", "dormant"])),
        st.builds(Lifecycle, stage=st.sampled_from(["prospect", "first", "repeat", "lapsing", "lapsed"])),
        st.builds(
            Rfm,
            what=st.sampled_from(["recency", "frequency", "monetary"]),
            at_least=st.just(least),
            at_most=st.just(most),
        ),
        st.builds(Preference, channel=st.sampled_from(["email", "sms", "push"]), prefers=st.booleans()),
        st.builds(
            Place,
            latitude_key=st.just("lat"),
            longitude_key=st.just("lon"),
            latitude=st.sampled_from([45.764, -90, 46.5]),
            longitude=st.sampled_from([4.8357, -180, 5.1]),
            km=st.sampled_from([0.5, 40, 120.5, 5000, 20_100]),
            inside=st.booleans(),
        ),
    ]
    return draw(st.one_of(choices))


@st.composite
def often(draw: st.DrawFn) -> Rule:
    """How often somebody did something since a day, if at all: nothing that needs a look at the events' details."""
    numbers = st.sampled_from([None, *range(8)])
    least, most = draw(numbers), draw(numbers)
    if least is not None and most is not None and least > most:
        least, most = most, least
    since = draw(st.sampled_from([None, *world.DAYS]))
    period = (
        {"since": since} if draw(st.booleans()) else {"within_days": draw(st.sampled_from([None, 0, 2, 7, 36_500]))}
    )
    return Event.model_validate(
        {"name": draw(st.sampled_from(world.EVENTS)), "at_least": least, "at_most": most, **period}
    )


@st.composite
def _message(draw: st.DrawFn) -> Rule:
    return Message(
        what=draw(st.sampled_from(["sent", "opened", "clicked"])),
        did=draw(st.booleans()),
        campaign=draw(st.sampled_from([None, *world.CAMPAIGNS])),
        touchpoint=draw(st.sampled_from([None, *world.TOUCHPOINTS])),
        include_machines=draw(st.booleans()),
        **draw(_period()),
    )


@st.composite
def _score(draw: st.DrawFn) -> Rule:
    least, most = sorted(draw(st.tuples(st.integers(-15, 85), st.integers(-15, 85))))
    asked = draw(
        st.sampled_from(
            [
                {"at_least": least}, {"at_most": most}, {"at_least": least, "at_most": most}, {"stage": "Warm"},
                {"stage": "Cold", "at_least": least},
            ]
        )
    )  # fmt: skip
    return Score(score=draw(st.sampled_from(world.SCORES)), has=draw(st.booleans()), **asked)


_others = st.one_of(
    _score(),
    _company(),
    st.builds(Tag, tag=st.sampled_from(world.TAGS), has=st.booleans()),
    st.builds(Identity, identity=st.sampled_from(["email", "phone", "external_id"]), has=st.booleans()),
    st.builds(
        Consent,
        channel=st.sampled_from(["email", "sms"]),
        topic=st.sampled_from(sorted(world.CATALOGUE.topics)),
        state=st.sampled_from(["granted", "withdrawn", "none"]),
    ),
    st.builds(Member, audience=st.sampled_from(sorted(world.CATALOGUE.audiences)), member=st.booleans()),
)


def rules() -> st.SearchStrategy[Rule]:
    """Random trees, conditions of every kind at the leaves."""
    leaves = st.one_of(
        _attribute(), _attribute(), _event(), _event(), habits(), habits(), _created(), _message(), _others
    )
    groups = st.lists(leaves, min_size=1, max_size=3).map(tuple)
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4).map(lambda found: AllOf(rules=tuple(found))),
            st.lists(inner, min_size=1, max_size=4).map(lambda found: AnyOf(rules=tuple(found))),
            inner.map(lambda found: Not(rule=found)),
            groups.map(lambda found: AnyOf(rules=found)),
        ),
        max_leaves=8,
    )

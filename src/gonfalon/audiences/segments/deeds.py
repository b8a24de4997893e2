"""What people did, as conditions about the row ``p`` of people: events and messages, counted, measured, in order.

Each function takes the compiler of one question and a condition of its kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlglot import exp

from gonfalon.tracking.collector.model import STAGE_REACHED

from .language import (
    NEGATED,
    Active,
    Event,
    Family,
    Frequency,
    Intent,
    Measure,
    Message,
    Op,
    Preference,
    Property,
    Rfm,
    Sequence,
    Step,
    ValueType,
    items_of,
)
from .latest import answered_by_latest, at_least, bounds
from .truth import negation, signed

if TYPE_CHECKING:
    from .compile import Compiler

LARGEST = 1e15
"""Greater numbers in events are not measured: their sums are no longer exact."""
PREFERENCE_DAYS = 365
_AGGREGATES = {"sum": exp.Sum, "avg": exp.Avg, "min": exp.Min, "max": exp.Max}
_MEASURED: dict[Op, type[exp.Binary]] = {Op.LT: exp.LT, Op.LE: exp.LTE, Op.GT: exp.GT, Op.GE: exp.GTE}


def event(c: Compiler, rule: Event) -> exp.Expr:
    """Return how often something happened, what its numbers make, or when it did first or last."""
    least, most = bounds(rule)
    if answered_by_latest(rule, c.layout.latest_events):
        return _by_latest(c, rule, least, most)
    rows = those(c, c.layout.events(c.bind, rule.name), rule.where)
    at = exp.column("at", table="r")
    if rule.which != "any":
        edge = exp.Min(this=at) if rule.which == "first" else exp.Max(this=at)
        return signed(rule.did, c.among(_grouped(rows, [c.period(rule, edge)])))
    rows = rows.where(c.period(rule, at), copy=False)
    tests: list[exp.Expr] = []
    if rule.total_at_least is not None:
        amount = exp.Sum(this=exp.column("amount_minor", table="r"))
        tests.append(exp.GTE(this=amount, expression=c.bind.integer(rule.total_at_least)))
    if rule.measure is not None:
        tests.append(_measured(c, rule.measure))
    return _counted(c, rows, least, most, tests)


def intent(c: Compiler, rule: Intent) -> exp.Expr:
    """Return how often any event of a family happened."""
    least = rule.at_least if rule.at_least is not None else (1 if rule.at_most is None else 0)
    least, most = (least, rule.at_most) if rule.did else (0, 0)
    names = c.catalogue.families.get(rule.family)
    if not names:  # nobody did any of no events
        return exp.convert(least == 0)
    at = exp.column("at", table="r")
    return _counted(c, c.layout.events(c.bind, *names).where(c.period(rule, at), copy=False), least, most, [])


def active(c: Compiler, rule: Active) -> exp.Expr:
    """Return whether a person did anything here or clicked."""
    first, last = c.days(rule)
    if rule.not_within_days is not None:
        before = c.moment.days_ago(rule.not_within_days + 1)
        last = before if last is None else min(last, before)
    did = c.layout.events(c.bind).where(c.between(exp.column("at", table="r"), first, last), copy=False)
    theirs = exp.NEQ(this=exp.column("name", table="r"), expression=c.bind.text(STAGE_REACHED))
    did = did.where(theirs, copy=False)
    clicks, at = c.layout.messages(c.bind, "clicked", machines=False)
    clicked = c.among(clicks.where(c.between(at, first, last), copy=False))
    return signed(rule.did, exp.or_(c.among(did), clicked, copy=False))


def fifth(c: Compiler, rule: Rfm) -> exp.Expr:
    """Return between which limits of the workspace's customers a customer is."""
    names, fifths = c.catalogue.families.get(Family.PURCHASE), c.catalogue.fifths
    if not names or fifths is None:
        return exp.false()
    value: exp.Expr
    limits: tuple[datetime, ...] | tuple[int, ...]
    if rule.what == "recency":
        value, limits = exp.Max(this=exp.column("at", table="r")), fifths.recency
    elif rule.what == "frequency":
        value, limits = exp.Count(this=exp.Star()), fifths.frequency
    else:
        spent = exp.Sum(this=exp.column("amount_minor", table="r"))
        value, limits = exp.Coalesce(this=spent, expressions=[exp.Literal.number(0)]), fifths.monetary

    def bound(limit: datetime | int) -> exp.Expr:
        return c.bind.instant(limit, c.layout) if isinstance(limit, datetime) else c.bind.integer(limit)

    tests: list[exp.Expr] = []
    if rule.at_least > 1:
        tests.append(exp.GT(this=value, expression=bound(limits[rule.at_least - 2])))
    if rule.at_most < 5:
        tests.append(exp.LTE(this=value.copy(), expression=bound(limits[rule.at_most - 1])))
    return c.among(_grouped(c.layout.events(c.bind, *names), tests))


def sequence(c: Compiler, rule: Sequence) -> exp.Expr:
    """Return one event and then another, or not another in its time."""
    first = _step(c, rule.first).select(exp.column("id", table="r"), copy=False)
    first = first.where(c.period(rule, exp.column("at", table="r")), copy=False)
    then = _step(c, rule.second)
    if not rule.followed and rule.within_hours is not None:
        over = exp.LTE(this=exp.column("at", table="r"), expression=_hours_ago(c, rule.within_hours))
        first = first.where(over, copy=False)
    begun, came = exp.column("at", table="a"), exp.column("at", table="b")
    later: exp.Expr = exp.GT(this=came, expression=begun)
    if rule.within_hours is not None:
        time = exp.Interval(this=exp.Literal.string(str(rule.within_hours)), unit=exp.var("HOUR"))
        later = exp.and_(later, exp.LTE(this=came.copy(), expression=exp.Add(this=begun.copy(), expression=time)))
    person = exp.column("person_id", table="a")
    same = exp.EQ(this=person, expression=exp.column("person_id", table="b"))
    pairs = (
        exp.select(person.copy())
        .from_(first.subquery("a"))
        .join(then.subquery("b"), on=same, join_type="" if rule.followed else "left")
    )
    if rule.followed:
        pairs = pairs.where(later)
    else:
        one, none = exp.Literal.number(1), exp.Literal.number(0)
        count = exp.Sum(this=exp.Case(ifs=[exp.If(this=later, true=one)], default=none))
        pairs = pairs.group_by(person.copy(), exp.column("id", table="a")).having(exp.EQ(this=count, expression=none))
    return exp.column("id", table="p").isin(query=pairs, copy=False)


def frequency(c: Compiler, rule: Frequency) -> exp.Expr:
    """Return how often a week, in each of the last weeks or on average."""
    at = exp.column("at", table="r")
    starts = [c.moment.days_ago(7 * (week + 1) - 1) for week in range(rule.weeks)]
    rows = those(c, c.layout.events(c.bind, rule.name), rule.where)
    rows = rows.where(c.between(at, starts[-1], c.moment.today), copy=False)
    if rule.how == "average":
        return _counted(c, rows, rule.at_least * rule.weeks, None, [])
    one, none = exp.Literal.number(1), exp.Literal.number(0)
    tests: list[exp.Expr] = []
    for start in starts:
        within = c.between(at, start, start + timedelta(days=6))
        count = exp.Sum(this=exp.Case(ifs=[exp.If(this=within, true=one.copy())], default=none.copy()))
        tests.append(exp.GTE(this=count, expression=c.bind.integer(rule.at_least)))
    return c.among(_grouped(rows, tests))


def message(c: Compiler, rule: Message) -> exp.Expr:
    """Return whether a message was sent, opened or clicked."""
    rows, at = c.layout.messages(c.bind, rule.what, rule.include_machines)
    wanted = None if rule.touchpoint is None else {rule.touchpoint}
    if rule.campaign is not None:
        of_campaign = set(c.catalogue.touchpoints[rule.campaign])
        wanted = of_campaign if wanted is None else wanted & of_campaign
    if wanted is not None and not wanted:
        return exp.false()
    if wanted is not None:
        rows = rows.where(_of_touchpoints(c, wanted), copy=False)
    return c.among(rows.where(c.period(rule, at), copy=False))


def preference(c: Compiler, rule: Preference) -> exp.Expr:
    """Return whether nobody's clicks of another channel are more than a person's of this one."""
    by_channel: dict[str, set[UUID]] = {}
    for touchpoint, channel in c.catalogue.channels.items():
        by_channel.setdefault(channel, set()).add(touchpoint)
    if rule.channel not in by_channel:
        return exp.false()
    rows, at = c.layout.messages(c.bind, "clicked", machines=False)
    rows = rows.where(c.between(at, c.moment.days_ago(PREFERENCE_DAYS), None), copy=False)
    one, none = exp.Literal.number(1), exp.Literal.number(0)

    def clicks(channel: str) -> exp.Expr:
        case = exp.Case(
            ifs=[exp.If(this=_of_touchpoints(c, by_channel[channel]), true=one.copy())], default=none.copy()
        )
        return exp.Sum(this=case)

    tests: list[exp.Expr] = [exp.GT(this=clicks(rule.channel), expression=none)]
    others = sorted(by_channel.keys() - {rule.channel})
    tests += [exp.GTE(this=clicks(rule.channel), expression=clicks(other)) for other in others]
    return c.among(_grouped(rows, tests))


def _of_touchpoints(c: Compiler, wanted: Iterable[UUID]) -> exp.Expr:
    return exp.column("touchpoint_id", table="r").isin(*(c.bind.uuid(each) for each in sorted(wanted)))


def _hours_ago(c: Compiler, hours: int) -> exp.Expr:
    try:
        moment = c.moment.now - timedelta(hours=hours)
    except OverflowError:
        moment = datetime.min.replace(tzinfo=UTC)
    return c.bind.instant(max(moment, datetime(2, 1, 1, tzinfo=UTC)), c.layout)


def _step(c: Compiler, step: Step) -> exp.Select:
    """The events of one step, with who and when."""
    rows = c.of_those_left(those(c, c.layout.events(c.bind, step.name), step.where))
    return rows.select(exp.column("at", table="r"), copy=False)


def those(c: Compiler, rows: exp.Select, where: Iterable[Property]) -> exp.Select:
    """Return the events whose properties are as asked."""
    for each in where:
        rows = rows.where(_property(c, each, ValueType(each.type)), copy=False)
    return rows


def _counted(c: Compiler, rows: exp.Select, least: int, most: int | None, tests: list[exp.Expr]) -> exp.Expr:
    """People with so many rows for whom the tests hold; without tests, few may mean none."""
    often = exp.Count(this=exp.Star())
    if least == 0 and not tests:
        if most is None:
            return exp.true()
        if most:
            tests.append(exp.GT(this=often, expression=c.bind.integer(most)))
        return negation(c.among(_grouped(rows, tests)))
    if least > 1:
        tests.append(exp.GTE(this=often, expression=c.bind.integer(least)))
    if most is not None:
        tests.append(exp.LTE(this=often.copy(), expression=c.bind.integer(most)))
    return c.among(_grouped(rows, tests))


def _measured(c: Compiler, measure: Measure) -> exp.Expr:
    """What the events' numbers make of a person, compared; NULL where none is known."""
    value: exp.Expr
    if measure.property is None:
        value = exp.cast(exp.column("amount_minor", table="r"), "double")
    else:
        number = c.layout.property(c.bind, measure.property, ValueType.NUMBER, measure.op)
        small = exp.Between(this=number, low=c.bind.number(-LARGEST), high=c.bind.number(LARGEST))
        value = exp.Case(ifs=[exp.If(this=small, true=number.copy())])
    found: exp.Expr = _AGGREGATES[measure.of](this=value)
    exact = measure.of in ("min", "max")
    if not exact:
        found = c.layout.rounded(found)

    def bound(given: object) -> exp.Expr:
        assert isinstance(given, int | float)
        return c.bind.number(given if exact else round(float(given), 6))

    if isinstance(measure.value, tuple):
        low, high = measure.value
        return exp.Between(this=found, low=bound(low), high=bound(high))
    return _MEASURED[measure.op](this=found, expression=bound(measure.value))


def _by_latest(c: Compiler, rule: Event, least: int, most: int | None) -> exp.Expr:
    """An event condition by people's latest events: at least n since a day, and not n + 1."""
    tests: list[exp.Expr] = [exp.true()]
    if least:
        tests.append(_at_least(c, rule, least))
    if most is not None:
        tests.append(negation(_at_least(c, rule, most + 1)))
    return exp.and_(*tests, copy=False)


def _at_least(c: Compiler, rule: Event, times: int) -> exp.Expr:
    """Who did it that often since the day asked for (events to come belong to the period)."""
    first = rule.since if rule.within_days is None else c.moment.days_ago(rule.within_days)
    since = None if first is None else c.bind.instant(c.moment.start(first), c.layout)

    def fits(column: str) -> exp.Expr:
        at = exp.column(column, table="r")
        return exp.not_(at.is_(exp.null())) if since is None else exp.GTE(this=at, expression=since.copy())

    latest = c.of_those_left(c.layout.latest(c.bind, rule.name))
    new = c.of_those_left(c.layout.new_events(c.bind, rule.name))
    return exp.column("id", table="p").isin(query=at_least(times, latest, new, fits), copy=False)


def _property(c: Compiler, rule: Property, kind: ValueType) -> exp.Expr:
    items = items_of(rule)
    if items is None:
        column = c.layout.property(c.bind, rule.property, kind, rule.op)
        return c.compare(column, kind, rule.op, rule.value)
    held, member = items
    op = NEGATED.get(rule.op, rule.op)
    found = c.layout.any_item(c.bind, held, member, kind, op, lambda column: c.compare(column, kind, op, rule.value))
    return signed(op is rule.op, found)


def _grouped(rows: exp.Select, tests: list[exp.Expr]) -> exp.Select:
    """Rows counted per person if there is something to count, else left as they are."""
    if not tests:
        return rows
    return rows.group_by(exp.column("person_id", table="r"), copy=False).having(
        exp.and_(*tests, copy=False), copy=False
    )

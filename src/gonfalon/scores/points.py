"""Compile a score: a SELECT that gives every person the points of each rule, for PostgreSQL and the analytics copy.

A rule's points are whole: what decays is added up first, then held to the rule's most, then rounded half up. So they
add up to the total, whoever adds. Everything that happened counts at one fixed instant; what lies after it does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlglot import exp

from gonfalon.audiences.segments.check import expand
from gonfalon.audiences.segments.compile import Compiler, Question, asked, everybody
from gonfalon.audiences.segments.deeds import those
from gonfalon.audiences.segments.language import Catalogue, parse
from gonfalon.audiences.segments.layout import Layout
from gonfalon.audiences.segments.moment import Moment

from .definition import BehaviourRule, ConditionRule, ScoreCategory, ScoreRule

DAY_SECONDS = 86_400
SMALLEST_POWER = 1_000
"""Half to the power of more is nothing; PostgreSQL would call it an underflow."""
ALMOST = 1e-9
"""Added before rounding: engines add doubles up in different orders, and a half stays a half."""


def compile_points(
    rules: Sequence[ScoreRule],
    *,
    workspace: int,
    catalogue: Catalogue,
    moment: Moment,
    layout: Layout,
    at: datetime | None = None,
    people: Sequence[int] | None = None,
) -> Question:
    """Return the question what each rule gives each person: ``person_id`` and, by the rule's number, ``p0`` … (points).

    For behaviour also ``n0`` … and ``t0`` … (how often, and when last; NULL for never).
    The conditions must have passed ``check``. at: the instant at which behaviour counts, the moment's unless given.
    people: only these.
    """
    found = Compiler(workspace, catalogue, moment, layout, people)
    query = everybody(found).select(exp.column("id", table="p").as_("person_id"), append=False, copy=False)
    for number, rule in enumerate(rules):
        if isinstance(rule, ConditionRule):
            query = query.select(_condition(found, rule).as_(f"p{number}"), copy=False)
            continue
        table = f"b{number}"
        did = _behaviour(found, rule, at or moment.now).subquery(table)
        same = exp.EQ(this=exp.column("person_id", table=table), expression=exp.column("id", table="p"))
        query = query.join(did, on=same, join_type="left", copy=False)
        points = exp.Coalesce(this=exp.column("points", table=table), expressions=[exp.Literal.number(0)])
        query = query.select(
            points.as_(f"p{number}"),
            exp.column("times", table=table).as_(f"n{number}"),
            exp.column("last", table=table).as_(f"t{number}"),
            copy=False,
        )
    return asked(query, found)


def totalled(rules: Sequence[ScoreRule], question: Question) -> Question:
    """Return the points by category instead: ``person_id``, ``fit`` and ``engagement``, all 64-bit integers."""

    def summed(category: ScoreCategory) -> str:
        own = [f"p{number:d}" for number, rule in enumerate(rules) if rule.category is category]
        return f"cast({' + '.join(own) or '0'} as bigint) as {category.value}"

    columns = ", ".join(summed(category) for category in ScoreCategory)
    return Question(f"select person_id, {columns} from ({question.sql}) points", question.params)  # noqa: S608


def _condition(c: Compiler, rule: ConditionRule) -> exp.Expr:
    holds = c.condition(expand(parse(rule.when), c.catalogue))
    points, none = exp.Literal.number(rule.points), exp.Literal.number(0)
    return exp.Case(ifs=[exp.If(this=holds, true=points)], default=none)


def _behaviour(c: Compiler, rule: BehaviourRule, now: datetime) -> exp.Select:
    """Who did it: points, how often, and when last."""
    at: exp.Expr = exp.column("at", table="r")
    if rule.what == "event":
        rows = those(c, c.layout.events(c.bind, rule.name), rule.where)
    else:
        rows, at = c.layout.messages(c.bind, rule.what, machines=False)
    rows = c.of_those_left(rows)
    rows = rows.where(exp.LTE(this=at.copy(), expression=c.bind.instant(now, c.layout)), copy=False)
    weight = _weight(c, rule, at, now)
    times: exp.Expr = exp.Sum(this=weight) if rule.each else exp.Max(this=weight)
    size = exp.Mul(this=times, expression=c.bind.number(abs(rule.points)))
    held = _least(size, c.bind.number(rule.most))
    rounded = exp.Floor(this=exp.Add(this=held, expression=c.bind.number(0.5 + ALMOST)))
    points = exp.cast(rounded, "bigint")
    return rows.select(
        (exp.Neg(this=points) if rule.points < 0 else points).as_("points"),
        exp.Count(this=exp.Star()).as_("times"),
        exp.Max(this=at.copy()).as_("last"),
        copy=False,
    ).group_by(exp.column("person_id", table="r"), copy=False)


def _weight(c: Compiler, rule: BehaviourRule, at: exp.Expr, now: datetime) -> exp.Expr:
    """What one time is worth: one, or less the longer ago it was."""
    if rule.half_life is None:
        return exp.cast(exp.Literal.number(1), "double")
    age = exp.Sub(this=c.bind.number(now.timestamp()), expression=_epoch(c.layout, at.copy()))
    halves = exp.Div(this=exp.Paren(this=age), expression=c.bind.number(rule.half_life * DAY_SECONDS))
    held = _least(halves, c.bind.number(SMALLEST_POWER))
    return exp.Pow(this=c.bind.number(0.5), expression=held)


def _epoch(layout: Layout, column: exp.Expr) -> exp.Expr:
    """The seconds from 1970 to an instant, as a double."""
    if layout.dialect == "postgres":
        return exp.cast(exp.Extract(this=exp.var("epoch"), expression=column), "double")
    return exp.Anonymous(this="epoch", expressions=[column])


def _least(*of: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this="least", expressions=list(of))

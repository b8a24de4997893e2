"""Event conditions that a person's latest events answer, so that no event needs to be counted.

"At least n since a day" holds if the n-th latest event is one since that day; "at most n" is the
opposite of "at least n + 1". Sums, properties, an end of the period and greater numbers need the
events themselves.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from .language import Event


def bounds(rule: Event) -> tuple[int, int | None]:
    """Return how often, at least and at most (None: no limit). A condition without numbers means at least once."""
    if not rule.did:
        return 0, 0
    if rule.at_least is not None:
        return rule.at_least, rule.at_most
    summed = rule.at_most is not None or rule.total_at_least is not None or rule.measure is not None
    return (0 if summed else 1), rule.at_most


def answered_by_latest(rule: Event, kept: int) -> bool:
    """Return whether ``kept`` latest events of every person and name are enough to tell."""
    least, most = bounds(rule)
    counted = rule.where or rule.total_at_least is not None or rule.measure is not None
    counted = counted or rule.until is not None or rule.calendar is not None or rule.which != "any"
    return not counted and max(least, 0 if most is None else most + 1) <= kept


def at_least(times: int, latest: exp.Select, new: exp.Select, fits: Callable[[str], exp.Expr]) -> exp.Query:
    """Return the people with at least that many events in the period (1 or more); some may be named twice.

    ``latest`` has a row ``r`` a person, ``new`` one for every event that ``latest`` does not know yet;
    ``fits`` says whether an instant of ``r`` (NULL where there is none) is within the period.
    """
    known = latest.where(fits(f"latest_{times}"), copy=True)
    new = new.where(fits("at"), copy=False)
    return exp.union(known, new if times == 1 else _together(times, latest, new, fits), distinct=False, copy=False)


def _together(times: int, latest: exp.Select, new: exp.Select, fits: Callable[[str], exp.Expr]) -> exp.Select:
    """Those who reach the number by new events and the latest before them taken together."""
    counted = new.select(exp.Count(this=exp.Star()).as_("times"), copy=False).group_by(
        exp.column("person_id", table="r"), copy=False
    )
    total: exp.Expr = exp.column("times", table="n")
    for number in range(1, times):
        one = exp.Case(ifs=[exp.If(this=fits(f"latest_{number}"), true=exp.Literal.number(1))])
        total = exp.Add(this=total, expression=exp.Coalesce(this=one, expressions=[exp.Literal.number(0)]))
    person = exp.column("person_id", table="n")
    same = exp.EQ(this=exp.column("person_id", table="r"), expression=person.copy())
    where = latest.args.pop("where")
    return (
        exp.select(person)
        .from_(counted.subquery("n", copy=False), copy=False)
        .join(latest.args["from_"].this, on=exp.and_(same, where.this), join_type="left", copy=False)
        .where(exp.GTE(this=total, expression=exp.Literal.number(times)), copy=False)
    )

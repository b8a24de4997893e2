"""Pure arithmetic of money: exact integers, halves to even, parts that sum to the whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.kit.money import minor_digits
from gonfalon.planning.budget.model import (
    BudgetLine,
    Counts,
    EntryKind,
    LineAmounts,
    LineSums,
    Period,
    ResourceTotal,
    Spread,
)
from gonfalon.planning.model import CampaignState, Resource

LARGEST = 10**15
"""Minor units that one amount may have at most: JSON numbers are exact to nine times that."""
THRESHOLDS = (100, 110, 125, 150, 200)
"""Percent of a line's plan; going over each is told once."""
LONGEST_SPREAD = 3660
RECENT = timedelta(days=28)


def sum_up(lines: Sequence[BudgetLine | LineAmounts]) -> LineSums:
    """Return what the lines come to, in all and by kind of resource."""
    return LineSums(
        by_resource=tuple(
            ResourceTotal(resource, sum(each.planned_minor for each in mine), sum(each.spent_minor for each in mine))
            for resource in Resource
            if (mine := [line for line in lines if line.resource is resource])
        ),
        planned_minor=sum(line.planned_minor for line in lines),
        approved_minor=sum(line.approved_minor or 0 for line in lines),
        committed_minor=sum(line.committed_minor for line in lines),
        spent_minor=sum(line.spent_minor for line in lines),
    )


def half_even(numerator: int, denominator: int) -> int:
    """Return the nearest integer to a fraction with a positive denominator, halves to the even one."""
    quotient, rest = divmod(numerator, denominator)
    return quotient + (2 * rest > denominator or (2 * rest == denominator and quotient % 2 == 1))


def times(minor: int, factor: Decimal) -> int:
    """Return an amount times an exact factor, rounded once."""
    numerator, denominator = factor.as_integer_ratio()
    return half_even(minor * numerator, denominator)


def convert(minor: int, currency: str, home: str, rate: Decimal) -> int:
    """Return an amount in minor units of `home`; rate: how much of `home` one whole unit of `currency` is worth."""
    numerator, denominator = rate.as_integer_ratio()
    shift = minor_digits(home) - minor_digits(currency)
    return half_even(minor * numerator * 10 ** max(shift, 0), denominator * 10 ** max(-shift, 0))


def with_tax(net: int, tax_rate: Decimal) -> int:
    """Return the gross amount of a net one."""
    return net + times(net, tax_rate)


def without_tax(gross: int, tax_rate: Decimal) -> int:
    """Return the net amount of a gross one."""
    numerator, denominator = (1 + tax_rate).as_integer_ratio()
    return half_even(gross * denominator, numerator)


def check_amount(minor: int) -> int:
    """Return the amount itself; raises Invalid for one that is negative or beyond what can be kept exactly."""
    if minor < 0:
        raise Invalid("amount_negative", "An amount must not be negative.")
    if minor > LARGEST:
        raise Invalid(
            "amount_large", f"An amount can be at most {LARGEST:,} minor units; divide it among lines.", most=LARGEST
        )
    return minor


def counted(net: int, gross: int, counts: Counts) -> int:
    """Return the one of the two amounts that the workspace counts."""
    return net if counts is Counts.NET else gross


def check_period(spread: Spread, first: date | None, last: date | None) -> None:
    """Raise Invalid when a line has no sensible days."""
    if spread is not Spread.ONCE and (first is None or last is None):
        raise Invalid("line_days_missing", "Money that is spread over time needs a first and a last day.")
    if first is None and last is not None:
        raise Invalid("line_days_missing", "Give the line its first day too.")
    if first is not None and last is not None and last < first:
        raise Invalid("line_days", "The line ends before it begins; move one of the two days.")
    if first is not None and last is not None and (last - first).days > LONGEST_SPREAD:
        raise Invalid("line_days_many", "Money can be spread over ten years at most.")


def period_of(
    spread: Spread, first: date | None, last: date | None, campaign: tuple[date | None, date | None]
) -> Period | None:
    """Return when a line's money is planned for. Without a day: evenly over the campaign; None if that has no dates
    either.
    """
    if first is not None:
        if spread is Spread.ONCE:
            return Period(Spread.ONCE, first, first)
        return Period(spread, first, last or first)
    begins, ends = campaign
    return Period(Spread.DAILY, begins, ends) if begins and ends and begins <= ends else None


def parts_of(period: Period) -> int:
    """Return into how many equal parts its money is split."""
    match period.spread:
        case Spread.ONCE:
            return 1
        case Spread.DAILY:
            return (period.last - period.first).days + 1
        case Spread.MONTHLY:
            return _month(period.last) - _month(period.first) + 1


def parts_begun(period: Period, day: date) -> int:
    """Return how many of its parts are planned for `day` or before. A month's part is planned for the month's first
    day.
    """
    if day < period.first:
        return 0
    match period.spread:
        case Spread.ONCE:
            return 1
        case Spread.DAILY:
            begun = (day - period.first).days + 1
        case Spread.MONTHLY:
            begun = _month(day) - _month(period.first) + 1
    return min(begun, parts_of(period))


def _month(day: date) -> int:
    return day.year * 12 + day.month


def sum_of_parts(total: int, parts: int, first: int) -> int:
    """Return what the first of `parts` equal parts come to.

    Largest remainder: all parts are `total // parts`, and as many as are left over get one unit more, the first ones
    first. So every sum of consecutive parts is exact, and all of them are the total.
    """
    share, rest = divmod(total, parts)
    return share * first + min(first, rest)


def planned_until(total: int, period: Period | None, day: date) -> int:
    """Return how much of a line's plan is for `day` or before; all of it when nobody knows when."""
    return total if period is None else sum_of_parts(total, parts_of(period), parts_begun(period, day))


def crossed(planned: int, used: int) -> tuple[int, ...]:
    """Return the thresholds, in percent of the plan, that what is used has gone beyond."""
    return tuple(threshold for threshold in THRESHOLDS if used * 100 > planned * threshold)


@dataclass(frozen=True, slots=True)
class Money:
    """One line's money: its plan, what of it was planned by today, what is ordered and paid."""

    planned: int
    planned_until_today: int
    committed: int
    spent: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """What it will have cost in the end.

    by_plan: what is paid and ordered, and the rest of the plan. by_pace, low, high: if money goes on going as it has
    so far; None before any of the plan was due.
    """

    by_plan: int
    by_pace: int | None
    low: int | None
    high: int | None


def forecast(lines: Iterable[Money], recent_planned: int, recent_spent: int) -> Forecast:
    """Return the forecast at completion; recent_…: of the last four weeks (RECENT).

    Pace is what was spent of what was planned to be spent until today (the cost variance of earned value with time as
    the measure); the range lies between the pace of all the time and that of the last weeks, and always holds the
    forecast by plan's rest at pace one.
    """
    known = list(lines)
    spent = sum(line.spent for line in known)
    by_plan = sum(max(line.planned, line.spent + line.committed) for line in known)
    due = sum(line.planned_until_today for line in known)
    left = sum(line.planned - line.planned_until_today for line in known)
    if not due:
        return Forecast(by_plan, None, None, None)

    def at(pace: Fraction) -> int:
        rest = left * pace
        return max(spent + half_even(rest.numerator, rest.denominator), spent)

    paces = [Fraction(spent, due), Fraction(1)]
    if recent_planned:
        paces.append(Fraction(recent_spent, recent_planned))
    reached = [at(pace) for pace in paces]
    return Forecast(by_plan, reached[0], min(reached), max(reached))


def check_open(state: str, kind: EntryKind | None = None) -> None:
    """Raise Conflict for a campaign whose money is closed. Bills may still arrive after its end, orders may not."""
    if state == CampaignState.ARCHIVED.value:
        raise Conflict("campaign_archived", "The campaign is archived; restore it first.")
    if kind is EntryKind.COMMITMENT and state == CampaignState.ENDED.value:
        raise Conflict("campaign_ended", "The campaign is over, so nothing new is ordered for it; reopen it first.")

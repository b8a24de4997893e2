"""From campaigns' figures to goals above them, and from the past to what is realistic. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import median, quantiles
from uuid import UUID

from gonfalon.insights.goals.model import Part, Standing, ValueSpread
from gonfalon.insights.report.model import Figure, GoalProgress, Missing, Number
from gonfalon.insights.report.rules import progress, roi
from gonfalon.kit.numbers import read_decimal
from gonfalon.metrics.catalogue import GoalMetric
from gonfalon.metrics.model import RollUp
from gonfalon.planning.goals.rules import share_of_way
from gonfalon.planning.model import Goal

Figures = Mapping[str, Figure]
ENOUGH = 4
"""From this many campaigns on the middle half is told instead of everything."""


def standing(
    goal_id: UUID, goal: Goal, begins: date | None, today: date, figure: Figure, parts: tuple[Part, ...] = ()
) -> Standing:
    """Return where a goal stands by its measured figure."""
    found = progress(goal, figure, today, begins)
    return Standing(goal_id, found.now, found.missing, found.expected, found.share, found.reached, parts)


def rolled_up(metric: GoalMetric, campaigns: Sequence[Figures]) -> Figure:
    """Return one figure of several campaigns' figures, those with something launched.

    Sums where nothing is counted twice; ratios of money from the sums of what they are made of, so that a large
    campaign weighs more; nothing for what counts people, since the same person may be in two campaigns.
    """
    if not campaigns:
        return Figure(metric.value, None, missing=Missing.NOTHING_LAUNCHED)
    if metric.roll_up is RollUp.SUM:
        return Figure(metric.value, _sum(campaigns, metric.value))
    if metric is GoalMetric.ROI:
        return roi(Figure("revenue", _sum(campaigns, "revenue")), Figure("cost", _sum(campaigns, "cost")))
    if metric is GoalMetric.COST_PER_CONVERSION:
        cost, conversions = _sum(campaigns, "cost"), _sum(campaigns, "conversions")
        if not conversions:
            return Figure(metric.value, None, conversions, Missing.NO_CONVERSIONS)
        return Figure(metric.value, cost / conversions, conversions)
    return Figure(metric.value, None)


def _sum(campaigns: Iterable[Figures], key: str) -> Number:
    return sum((figures[key].value or 0) for figures in campaigns)


def per_person(metric: GoalMetric, figures: Figures) -> float | None:
    """Return how much of what is counted one reachable person brought: value ÷ people reached × share delivered.

    Reachable people are those whom a message was meant for and not withheld; people reached times that share's inverse
    estimates them, since messages are counted there and people here. None for rates, and where nothing was measured.
    """
    if not metric.accumulates:
        return None
    value, reached = figures[metric.value].value, figures["reached"].value
    delivered, meant = figures["delivered"].value, _meant(figures)
    if value is None or not reached or delivered is None or not meant:
        return None
    return float(value) / float(reached) * (float(delivered) / float(meant))


def steps(figures: Figures) -> dict[str, float]:
    """Return the shares on the way: delivered of those meant, clicked of those reached, conversions of those who
    clicked."""
    found: dict[str, float] = {}
    for key, part, base in (
        ("delivered", figures["delivered"].value, _meant(figures)),
        ("clicked", figures["clickers"].value, figures["reached"].value),
        ("converted", figures["conversions"].value, figures["clickers"].value),
    ):
        if part is not None and base:
            found[key] = float(part) / float(base)
    return found


def _meant(figures: Figures) -> Number:
    return (figures["audience"].value or 0) - (figures["withheld"].value or 0)


def spread(values: Iterable[float | None]) -> ValueSpread | None:
    """Return how values lie; None without any."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return None
    low, high = known[0], known[-1]
    if len(known) >= ENOUGH:
        low, _, high = quantiles(known, n=4, method="inclusive")
    return ValueSpread(low, median(known), high, len(known))


BEHIND = 0.1
"""A goal is behind when this share of its whole way is missing that should be done by today."""


def behind(progress: GoalProgress) -> tuple[float, float] | None:
    """Return which share of its way a goal has done and should have done by today, where it is behind; else None.

    None as well where either is not known: nobody is behind a plan that there is not.
    """
    if progress.share is None or progress.expected is None or progress.reached:
        return None
    due = share_of_way(progress.goal, read_decimal(progress.expected))
    if due is None or progress.share > float(due) - BEHIND:
        return None
    return progress.share, float(due)

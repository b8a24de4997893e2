"""From counts to figures. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from gonfalon.experiments.stats import difference_of_shares
from gonfalon.insights.metrics.catalogue import METRICS
from gonfalon.insights.metrics.model import Budget, Ratio
from gonfalon.insights.report.model import (
    CampaignPlan,
    Figure,
    GoalProgress,
    Group,
    Lift,
    Missing,
    Moment,
    Number,
    Side,
    Step,
)
from gonfalon.planning.goals.model import Goal
from gonfalon.planning.goals.rules import expected, share_of_way

_MISSING_BASE = {"reached": Missing.NOBODY_REACHED, "conversions": Missing.NO_CONVERSIONS}


RESPONSES = frozenset({"openers", "machine_opens", "clicks", "clickers", "machine_clicks", "unsubscribers"})
"""What only Gonfalon's own links and pixels can tell."""


def figures(
    counts: Mapping[str, int], costs: tuple[int, int] | None, *, launched: bool = True, tracked: bool = True
) -> dict[str, Figure]:
    """Every metric from what was counted in `facts`. `tracked`: Gonfalon sent it, so responses are known.

    costs: planned and spent, in minor units; None where costs are not known apart (a touchpoint, a bucket).
    What cannot be computed has no value but a reason; it is never 0.
    """
    found: dict[str, Figure] = {}
    for key, metric in METRICS.items():
        if isinstance(metric.how, Budget):
            found[key] = _cost(key, costs, metric.how.planned)
        elif key in RESPONSES and not tracked:
            found[key] = Figure(key, None, missing=Missing.NOT_MEASURED)
        elif key in counts:
            found[key] = Figure(key, counts[key])
    for key, metric in METRICS.items():
        if isinstance(metric.how, Ratio):
            found[key] = _ratio(key, found[metric.how.part], found[metric.how.base], launched)
        elif metric.how is None:
            found[key] = roi(counts["revenue"], costs[1] if costs else None)
    return {key: found[key] for key in METRICS}


def _cost(key: str, costs: tuple[int, int] | None, planned: bool) -> Figure:
    if costs is None:
        return Figure(key, None, missing=Missing.COST_NOT_SPLIT)
    return Figure(key, costs[0] if planned else costs[1])


def _ratio(key: str, part: Figure, base: Figure, launched: bool) -> Figure:
    if part.value is None:
        return Figure(key, None, base.value, part.missing)
    if not base.value:
        why = _MISSING_BASE.get(base.metric, Missing.NOTHING_LAUNCHED)
        return Figure(key, None, base.value, why if launched else Missing.NOTHING_LAUNCHED)
    return Figure(key, part.value / base.value, base.value)


def roi(revenue: int, cost: int | None) -> Figure:
    """(revenue − total cost) ÷ total cost, as a fraction of one; undefined without a cost."""
    if cost is None:
        return Figure("roi", None, missing=Missing.COST_NOT_SPLIT)
    if cost == 0:
        return Figure("roi", None, 0, Missing.NO_COST)
    return Figure("roi", (revenue - cost) / cost, cost)


def total(plan: CampaignPlan, counts: Mapping[str, int] | None) -> dict[str, Figure]:
    """Every figure of a campaign as a whole; without counts there is no message yet."""
    return figures(
        counts or dict.fromkeys(METRICS, 0),
        (plan.cost_planned, plan.cost),
        launched=bool(plan.launched),
        tracked=plan.tracked,
    )


def progress(goal: Goal, now: Figure, today: date, begins: date | None = None) -> GoalProgress:
    """How far the metric has come from its start to the target, whichever way is better, and where it should be.

    begins: the first day, from which `expected` is reckoned (planning/goals/rules.py has both formulas).
    """
    share: float | None = None
    reached = False
    if now.value is not None:
        value, target = now.value, float(goal.target)
        reached = value <= target if goal.metric.lower_is_better else value >= target
        way = share_of_way(goal, Decimal(str(value)))
        share = None if way is None else float(way)
    due = expected(goal, begins, today)
    return GoalProgress(
        goal,
        now.value,
        now.missing,
        share,
        reached,
        (goal.deadline - today).days,
        None if due is None else float(due),
    )


def by_step(moments: Iterable[Moment], step: Step, zone: ZoneInfo) -> tuple[Moment, ...]:
    """Moments of at most a quarter of an hour, in order, added up by the hours or days of a zone.

    A day is 23 to 25 hours long where clocks change. Minutes stay as they are.
    """
    found: dict[datetime, Moment] = {}
    for moment in moments:
        at = start_of(moment.at, step, zone)
        have = found.get(at, Moment(at, 0, 0, 0, 0))
        found[at] = Moment(
            at,
            have.sent + moment.sent,
            have.opens + moment.opens,
            have.clicks + moment.clicks,
            have.conversions + moment.conversions,
        )
    return tuple(found.values())


def start_of(at: datetime, step: Step, zone: ZoneInfo) -> datetime:
    """When the zone's minute, hour or day began that an instant is in, in UTC."""
    if step is Step.MINUTE:
        return at
    local = at.astimezone(zone)
    if step is Step.DAY:
        return datetime.combine(local.date(), time(), zone).astimezone(UTC)
    return local.replace(minute=0).astimezone(UTC)


def lifts(groups: Iterable[Group]) -> tuple[Lift, ...]:
    """Every touchpoint against people held out: its own, or else those of touchpoints that held out everybody.

    Only the same event is compared, and only where both sides have people.
    """
    listed = tuple(groups)
    sent = {group.touchpoint_id: group for group in listed if group.side is Side.SENT_TO}
    held = {group.touchpoint_id: group for group in listed if group.side is Side.HELD_OUT}
    pure = [group for group in held.values() if group.touchpoint_id not in sent]
    found = []
    for group in sent.values():
        control = held.get(group.touchpoint_id) or (pure[0] if len(pure) == 1 else None)
        if control is None or not control.people or not group.people:
            continue
        other = {rate.event: rate.people for rate in control.events}
        for rate in group.events:
            difference, low, high = difference_of_shares(
                rate.people, group.people, other.get(rate.event, 0), control.people
            )
            found.append(Lift(group.touchpoint_id, control.touchpoint_id, rate.event, difference, low, high))
    return tuple(found)


def shown_events(counted: Mapping[str, int], conversion: str, most: int = 8) -> tuple[str, ...]:
    """Which events a comparison shows: the conversion first, then those most people had."""
    others = sorted((name for name in counted if name != conversion), key=lambda name: (-counted[name], name))
    return (conversion, *others[: most - 1])


def per(part: Number, base: int) -> float | None:
    """A ratio, or None without a base."""
    return part / base if base else None

"""From counts to figures. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from gonfalon.experiments.stats import difference_of_shares
from gonfalon.insights.report.model import (
    Effect,
    Figure,
    GoalProgress,
    Lift,
    Missing,
    Number,
    ReportGroup,
    ReportMoment,
    Scope,
    Side,
    Step,
)
from gonfalon.insights.report.plan import CampaignPlan, TouchpointPlan
from gonfalon.kit.numbers import read_decimal
from gonfalon.metrics.catalogue import COUNTED, METRICS, PARTS
from gonfalon.metrics.model import Budget, Entered, Ratio
from gonfalon.planning.goals.rules import expected, share_of_way
from gonfalon.planning.model import Goal

_MISSING_BASE = {"reached": Missing.NOBODY_REACHED, "conversions": Missing.NO_CONVERSIONS}
RESPONSES = frozenset({"openers", "machine_opens", "clicks", "clickers", "machine_clicks", "unsubscribers"})
"""What only Gonfalon's own links and pixels can tell."""
MESSAGES = frozenset({"audience", "people", "waiting", "sent", "bounced", "delivered", "failed", "unknown", "withheld"})
MESSAGES |= {"reached", *RESPONSES, *PARTS}
"""What is known where there are messages."""
OF_CONTROL = frozenset({"audience", "people", "waiting", "withheld"})
"""What is told of a control group; the rest would be 0 of nobody."""


def figures(
    counts: Mapping[str, int], costs: tuple[int | None, int | None] | None, scope: Scope | None = None
) -> dict[str, Figure]:
    """Return every metric from what was counted in `facts`.

    costs: planned and spent, in minor units; None where costs are not known apart (a bucket).
    What cannot be computed or nobody knows has no value but a reason; it is never 0.
    """
    scope = scope or Scope()
    found: dict[str, Figure] = {}
    for key in COUNTED:
        why = _unknown(key, counts, scope)
        found[key] = Figure(key, counts.get(key, 0) if why is None else None, missing=why)
    for key, metric in METRICS.items():
        if isinstance(metric.how, Budget):
            found[key] = _cost(key, costs, scope, metric.how.planned)
        elif isinstance(metric.how, Entered):
            found[key] = _known(key, scope.reach)
    for key, metric in METRICS.items():
        if isinstance(metric.how, Ratio):
            found[key] = _ratio(key, found[metric.how.part], found[metric.how.base], scope.begun)
    found["roi"] = roi(found["revenue"], found["cost"])
    found |= _caused(scope, found["cost"])
    return {key: found[key] for key in METRICS}


def _unknown(key: str, counts: Mapping[str, int], scope: Scope) -> Missing | None:
    """Why what is counted is not known; None when it is."""
    reasons = (
        (not scope.begun, Missing.NOTHING_LAUNCHED),
        (key in MESSAGES and not scope.messages, Missing.ELSEWHERE),
        (scope.control and key not in OF_CONTROL, Missing.CONTROL),
        (key in RESPONSES and not scope.tracked, Missing.NOT_MEASURED),
        (key == "bounced" and not counts.get(key) and not scope.hears_back, Missing.BOUNCES_UNSEEN),
        (key == "visitors" and not scope.visits, Missing.NO_VISITS),
    )
    return next((why for applies, why in reasons if applies), None)


def _known(key: str, value: int | Missing) -> Figure:
    return Figure(key, None, missing=value) if isinstance(value, Missing) else Figure(key, value)


def _cost(key: str, costs: tuple[int | None, int | None] | None, scope: Scope, planned: bool) -> Figure:
    value = None if costs is None else costs[0] if planned else costs[1]
    if value is None:
        told = scope.begun and not scope.messages and not planned and costs is not None
        return Figure(key, None, missing=Missing.NOT_TOLD if told else Missing.COST_NOT_SPLIT)
    return Figure(key, value)


def _ratio(key: str, part: Figure, base: Figure, begun: bool) -> Figure:
    if part.value is None or base.value is None:
        return Figure(key, None, base.value, part.missing or base.missing)
    if not base.value:
        why = _MISSING_BASE.get(base.metric, Missing.NOTHING_LAUNCHED)
        return Figure(key, None, base.value, why if begun else Missing.NOTHING_LAUNCHED)
    return Figure(key, part.value / base.value, base.value)


def roi(revenue: Figure, cost: Figure, key: str = "roi") -> Figure:
    """Return (revenue − total cost) ÷ total cost, as a fraction of one; undefined without a cost."""
    if revenue.value is None or cost.value is None:
        return Figure(key, None, cost.value, revenue.missing or cost.missing)
    if not cost.value:
        return Figure(key, None, 0, Missing.NO_COST)

    def of(value: Number | None) -> float | None:
        return None if value is None or not cost.value else (value - cost.value) / cost.value

    return Figure(key, of(revenue.value), cost.value, None, of(revenue.low), of(revenue.high))


def _caused(scope: Scope, cost: Figure) -> dict[str, Figure]:
    effect = scope.effect if scope.begun else Missing.NOTHING_LAUNCHED
    if isinstance(effect, Missing):
        return {key: Figure(key, None, missing=effect) for key in _CAUSED}
    conversions, revenue = effect.conversions, effect.revenue
    gained = Figure("caused_revenue", revenue.value, effect.people, None, revenue.low, revenue.high)
    return {
        "caused_conversions": Figure(
            "caused_conversions", conversions.value, effect.people, None, conversions.low, conversions.high
        ),
        "caused_revenue": gained,
        "caused_roi": roi(gained, cost, "caused_roi"),
    }


_CAUSED = ("caused_conversions", "caused_revenue", "caused_roi")


def total(
    plan: CampaignPlan,
    counts: Mapping[str, int] | None,
    effect: Effect | Missing = Missing.NO_CONTROL,
    visits: bool = True,
) -> dict[str, Figure]:
    """Return every figure of a campaign as a whole; without counts there is no message yet."""
    scope = Scope(
        begun=bool(plan.begun) or bool(counts and (counts["conversions"] or counts["visitors"])),
        messages=bool(plan.launched),
        tracked=plan.tracked,
        hears_back=plan.hears_back,
        visits=visits,
        reach=told_reach(plan),
        effect=effect,
    )
    return figures(counts or {}, (plan.cost_planned, plan.cost), scope)


def of_touchpoint(
    touchpoint: TouchpointPlan,
    counts: Mapping[str, int] | None,
    effect: Effect | Missing,
    visits: bool,
    hears_back: bool = False,
) -> dict[str, Figure]:
    """Return every figure of one touchpoint."""
    counts = counts or {}
    reach: int | Missing = Missing.ELSEWHERE
    if not touchpoint.sent_here:
        reach = Missing.NOT_TOLD if touchpoint.told_reach is None else touchpoint.told_reach
    scope = Scope(
        begun=touchpoint.begun or bool(counts.get("conversions") or counts.get("visitors")),
        messages=touchpoint.sent_here,
        tracked=touchpoint.tracked,
        hears_back=hears_back,
        control=bool(counts) and counts["held_out"] == counts["audience"] > 0,
        visits=visits,
        reach=Missing.SENT_HERE if touchpoint.sent_here else reach,
        effect=effect,
    )
    return figures(counts, touchpoint.costs, scope)


def told_reach(plan: CampaignPlan) -> int | Missing:
    """Return how many people a campaign reached elsewhere, as typed in; the reach of several touchpoints is no sum."""
    elsewhere = [each for each in plan.touchpoints if each.done_on is not None]
    known = [each.told_reach for each in elsewhere if each.told_reach is not None]
    if not elsewhere:
        return Missing.SENT_HERE
    if not known:
        return Missing.NOT_TOLD
    return known[0] if len(elsewhere) == 1 else Missing.NOT_ADDED


def progress(goal: Goal, now: Figure, today: date, begins: date | None = None) -> GoalProgress:
    """Return how far the metric has come from its start to the target, whichever way is better, and where it should be.

    begins: the first day, from which `expected` is reckoned (planning/goals/rules.py has both formulas).
    """
    share: float | None = None
    reached = False
    if now.value is not None:
        value, target = now.value, float(goal.target)
        reached = value <= target if goal.metric.lower_is_better else value >= target
        way = share_of_way(goal, read_decimal(value))
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


def by_step(moments: Iterable[ReportMoment], step: Step, zone: ZoneInfo) -> tuple[ReportMoment, ...]:
    """Return moments of at most a quarter of an hour, in order, added up by the hours or days of a zone.

    A day is 23 to 25 hours long where clocks change. Minutes stay as they are.
    """
    found: dict[datetime, ReportMoment] = {}
    for moment in moments:
        at = start_of(moment.at, step, zone)
        have = found.get(at, ReportMoment(at, 0, 0, 0, 0))
        found[at] = ReportMoment(
            at,
            have.sent + moment.sent,
            have.opens + moment.opens,
            have.clicks + moment.clicks,
            have.conversions + moment.conversions,
        )
    return tuple(found.values())


def start_of(at: datetime, step: Step, zone: ZoneInfo) -> datetime:
    """Return when the zone's minute, hour or day began that an instant is in, in UTC."""
    if step is Step.MINUTE:
        return at
    local = at.astimezone(zone)
    if step is Step.DAY:
        return datetime.combine(local.date(), time(), zone).astimezone(UTC)
    return local.replace(minute=0).astimezone(UTC)


def compared(groups: Iterable[ReportGroup]) -> tuple[tuple[ReportGroup, ReportGroup], ...]:
    """Return every touchpoint with those it is compared with: its own people held out, or else those of the one
    touchpoint that held out everybody. With several of these nobody knows which was meant, so none is taken."""
    listed = [group for group in groups if group.people]
    sent = {group.touchpoint_id: group for group in listed if group.side is Side.SENT_TO}
    held = {group.touchpoint_id: group for group in listed if group.side is Side.HELD_OUT}
    pure = [group for group in held.values() if group.touchpoint_id not in sent]
    pairs = []
    for group in sent.values():
        control = held.get(group.touchpoint_id) or (pure[0] if len(pure) == 1 else None)
        if control is not None:
            pairs.append((group, control))
    return tuple(pairs)


def lifts(groups: Iterable[ReportGroup]) -> tuple[Lift, ...]:
    """Return by how much more of those sent to had an event than of those they are compared with. The same event
    only."""
    found = []
    for group, control in compared(groups):
        other = {rate.event: rate.people for rate in control.events}
        for rate in group.events:
            difference, low, high = difference_of_shares(
                rate.people, group.people, other.get(rate.event, 0), control.people
            )
            found.append(Lift(group.touchpoint_id, control.touchpoint_id, rate.event, difference, low, high))
    return tuple(found)


def shown_events(counted: Mapping[str, int], conversion: str, most: int = 8) -> tuple[str, ...]:
    """Return which events a comparison shows: the conversion first, then those most people had."""
    others = sorted((name for name in counted if name != conversion), key=lambda name: (-counted[name], name))
    return (conversion, *others[: most - 1])


def per(part: Number, base: int) -> float | None:
    """Return a ratio, or None without a base."""
    return part / base if base else None

"""Every metric of Gonfalon, defined once. What `facts` has a row for is said in report/sql/make_facts.sql."""

from __future__ import annotations

from enum import StrEnum

from gonfalon.metrics.model import (
    Better,
    Budget,
    Caused,
    Entered,
    Messages,
    Metric,
    People,
    Ratio,
    RollUp,
    Sum,
    Unit,
)

_HIGHER, _LOWER, _NEITHER = Better.HIGHER, Better.LOWER, Better.NEITHER

_ALL = (
    Metric("audience", Unit.COUNT, _NEITHER, Messages("f.id is not null")),
    Metric("people", Unit.COUNT, _NEITHER, People("f.id is not null")),
    Metric("waiting", Unit.COUNT, _NEITHER, Messages("state in ('queued', 'deferred')")),
    Metric("sent", Unit.COUNT, _HIGHER, Messages("state = 'accepted'")),
    Metric("bounced", Unit.COUNT, _LOWER, Messages("bounced")),
    Metric("delivered", Unit.COUNT, _HIGHER, Messages("delivered")),
    Metric("failed", Unit.COUNT, _LOWER, Messages("state = 'rejected'")),
    Metric("unknown", Unit.COUNT, _LOWER, Messages("state = 'unknown'")),
    Metric("withheld", Unit.COUNT, _NEITHER, Messages("state = 'withheld'")),
    Metric("reached", Unit.COUNT, _HIGHER, People("delivered")),
    Metric("openers", Unit.COUNT, _HIGHER, People("opens > 0 or clicks > 0")),
    Metric("machine_opens", Unit.COUNT, _NEITHER, Messages("machine_opens > 0")),
    Metric("open_rate", Unit.SHARE, _HIGHER, Ratio("openers", "reached")),
    Metric("clicks", Unit.COUNT, _HIGHER, Sum("clicks")),
    Metric("clickers", Unit.COUNT, _HIGHER, People("clicks > 0")),
    Metric("machine_clicks", Unit.COUNT, _NEITHER, Sum("machine_clicks")),
    Metric("click_rate", Unit.SHARE, _HIGHER, Ratio("clickers", "reached")),
    Metric("visitors", Unit.COUNT, _HIGHER, People("visits > 0")),
    Metric("told_reach", Unit.COUNT, _HIGHER, Entered()),
    Metric("unsubscribers", Unit.COUNT, _LOWER, People("unsubscribed")),
    Metric("unsubscribe_rate", Unit.SHARE, _LOWER, Ratio("unsubscribers", "reached")),
    Metric("conversions", Unit.COUNT, _HIGHER, Sum("conversions")),
    Metric("converters", Unit.COUNT, _HIGHER, People("conversions > 0")),
    Metric("conversion_rate", Unit.SHARE, _HIGHER, Ratio("message_converters", "reached")),
    Metric("reversed", Unit.COUNT, _LOWER, Sum("reversed")),
    Metric("revenue", Unit.MONEY, _HIGHER, Sum("revenue_minor")),
    Metric("returned", Unit.MONEY, _LOWER, Sum("returned_minor")),
    Metric("revenue_per_person", Unit.MONEY, _HIGHER, Ratio("message_revenue", "reached")),
    Metric("cost_planned", Unit.MONEY, _NEITHER, Budget(planned=True)),
    Metric("cost", Unit.MONEY, _LOWER, Budget(planned=False)),
    Metric("cost_per_conversion", Unit.MONEY, _LOWER, Ratio("cost", "conversions")),
    Metric("roi", Unit.SHARE, _HIGHER, None),
    Metric("caused_conversions", Unit.COUNT, _HIGHER, Caused()),
    Metric("caused_revenue", Unit.MONEY, _HIGHER, Caused()),
    Metric("caused_roi", Unit.SHARE, _HIGHER, Caused()),
)

METRICS: dict[str, Metric] = {metric.key: metric for metric in _ALL}
"""By key, in the order in which a reader meets them."""

PARTS: dict[str, Messages | People | Sum] = {
    "held_out": Messages("state = 'withheld' and reason = 'holdout'"),
    "message_converters": People("conversions > 0 and f.id is not null"),
    "message_revenue": Sum("case when f.id is not null then revenue_minor else 0 end"),
}
"""What figures are made of and nobody is shown; parts of rates are of those with a message, as their base is."""

COUNTED: dict[str, Messages | People | Sum] = {
    metric.key: metric.how for metric in _ALL if isinstance(metric.how, Messages | People | Sum)
} | PARTS
"""Those that are counted in `facts`; the others are computed from them."""


def behind(key: str) -> str | None:
    """Return the condition on `facts` of the people behind a metric; None where there are no people (money spent)."""
    how = PARTS[key] if key in PARTS else METRICS[key].how
    if isinstance(how, Ratio):
        return behind(how.part)
    if isinstance(how, Messages | People | Sum):
        return how.where
    return None


class GoalMetric(StrEnum):
    """Metrics that a goal may set a target for, by their keys."""

    CONVERSIONS = "conversions"
    CONVERSION_RATE = "conversion_rate"
    REVENUE = "revenue"
    ROI = "roi"
    COST_PER_CONVERSION = "cost_per_conversion"
    CLICKERS = "clickers"
    CLICK_RATE = "click_rate"
    OPEN_RATE = "open_rate"
    DELIVERED = "delivered"
    UNSUBSCRIBE_RATE = "unsubscribe_rate"

    @property
    def unit(self) -> Unit:
        """How its values are written."""
        return METRICS[self].unit

    @property
    def lower_is_better(self) -> bool:
        """Whether a smaller value is the better one."""
        return METRICS[self].better is Better.LOWER

    @property
    def accumulates(self) -> bool:
        """Whether it is counted from 0 and grows with time; the others are levels, known from the start."""
        return self in (GoalMetric.CONVERSIONS, GoalMetric.REVENUE, GoalMetric.CLICKERS, GoalMetric.DELIVERED)

    @property
    def roll_up(self) -> RollUp:
        """How the values of several campaigns make one."""
        return _ROLL_UPS.get(self, RollUp.PARTS)


_ROLL_UPS = {
    GoalMetric.CONVERSIONS: RollUp.SUM,  # an event is credited to one touch at most
    GoalMetric.REVENUE: RollUp.SUM,
    GoalMetric.DELIVERED: RollUp.SUM,  # messages, not people
    GoalMetric.ROI: RollUp.RATIO,
    GoalMetric.COST_PER_CONVERSION: RollUp.RATIO,
}

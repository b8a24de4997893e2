"""What a goal can be about. The metric catalogue of the insights room says how each is computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Unit(StrEnum):
    """How a metric's value is written. Money is in minor units, shares are fractions of one."""

    COUNT = "count"
    SHARE = "share"
    MONEY = "money"


class GoalMetric(StrEnum):
    """Metrics that a campaign's goal may set a target for."""

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
        return _UNITS.get(self, Unit.COUNT)

    @property
    def lower_is_better(self) -> bool:
        """Whether a smaller value is the better one."""
        return self in (GoalMetric.COST_PER_CONVERSION, GoalMetric.UNSUBSCRIBE_RATE)


_UNITS = {
    GoalMetric.CONVERSION_RATE: Unit.SHARE,
    GoalMetric.REVENUE: Unit.MONEY,
    GoalMetric.ROI: Unit.SHARE,
    GoalMetric.COST_PER_CONVERSION: Unit.MONEY,
    GoalMetric.CLICK_RATE: Unit.SHARE,
    GoalMetric.OPEN_RATE: Unit.SHARE,
    GoalMetric.UNSUBSCRIBE_RATE: Unit.SHARE,
}


@dataclass(frozen=True, slots=True)
class Goal:
    """A target to be reached by the end of the deadline's day. `baseline` is None where nobody knows it."""

    metric: GoalMetric
    target: Decimal
    deadline: date
    baseline: Decimal | None = None

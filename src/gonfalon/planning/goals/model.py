"""What a goal can be about. The metric catalogue of the insights room says how each is computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class Unit(StrEnum):
    """How a metric's value is written. Money is in minor units, shares are fractions of one."""

    COUNT = "count"
    SHARE = "share"
    MONEY = "money"


class RollUp(StrEnum):
    """How the values of several campaigns make one."""

    SUM = "sum"
    """They add up: nothing is counted in two campaigns."""
    RATIO = "ratio"
    """What it is computed from adds up, and it is computed from the sums."""
    PARTS = "parts"
    """They don't: the same person may be counted in several campaigns. Only the parts are shown."""


class GoalMetric(StrEnum):
    """Metrics that a goal may set a target for."""

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

    @property
    def accumulates(self) -> bool:
        """Whether it is counted from 0 and grows with time; the others are levels, known from the start."""
        return self in (GoalMetric.CONVERSIONS, GoalMetric.REVENUE, GoalMetric.CLICKERS, GoalMetric.DELIVERED)

    @property
    def roll_up(self) -> RollUp:
        """How the values of several campaigns make one."""
        return _ROLL_UPS.get(self, RollUp.PARTS)


_UNITS = {
    GoalMetric.CONVERSION_RATE: Unit.SHARE,
    GoalMetric.REVENUE: Unit.MONEY,
    GoalMetric.ROI: Unit.SHARE,
    GoalMetric.COST_PER_CONVERSION: Unit.MONEY,
    GoalMetric.CLICK_RATE: Unit.SHARE,
    GoalMetric.OPEN_RATE: Unit.SHARE,
    GoalMetric.UNSUBSCRIBE_RATE: Unit.SHARE,
}
_ROLL_UPS = {
    GoalMetric.CONVERSIONS: RollUp.SUM,  # an event is credited to one touch at most
    GoalMetric.REVENUE: RollUp.SUM,
    GoalMetric.DELIVERED: RollUp.SUM,  # messages, not people
    GoalMetric.ROI: RollUp.RATIO,
    GoalMetric.COST_PER_CONVERSION: RollUp.RATIO,
}


class PriorityKind(StrEnum):
    """What a priority of the year is after."""

    LEADS = "leads"
    PURCHASES = "purchases"
    LOYALTY = "loyalty"
    SPEND = "spend"
    AWARENESS = "awareness"
    NEW_AUDIENCE = "new_audience"

    @property
    def metrics(self) -> tuple[GoalMetric, ...]:
        """What its goals are usually about, the most usual first."""
        return _USUAL[self]


_USUAL = {
    PriorityKind.LEADS: (GoalMetric.CONVERSIONS, GoalMetric.CONVERSION_RATE, GoalMetric.COST_PER_CONVERSION),
    PriorityKind.PURCHASES: (GoalMetric.CONVERSIONS, GoalMetric.REVENUE, GoalMetric.ROI),
    PriorityKind.LOYALTY: (GoalMetric.CONVERSIONS, GoalMetric.UNSUBSCRIBE_RATE, GoalMetric.OPEN_RATE),
    PriorityKind.SPEND: (GoalMetric.REVENUE, GoalMetric.ROI),
    PriorityKind.AWARENESS: (GoalMetric.DELIVERED, GoalMetric.CLICKERS, GoalMetric.OPEN_RATE),
    PriorityKind.NEW_AUDIENCE: (GoalMetric.CLICKERS, GoalMetric.CONVERSIONS, GoalMetric.COST_PER_CONVERSION),
}


@dataclass(frozen=True, slots=True)
class Goal:
    """A target to be reached by the end of the deadline's day. `baseline` is None where nobody knows it."""

    metric: GoalMetric
    target: Decimal
    deadline: date
    baseline: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a goal stands among the others, and who answers for it.

    parent_id: the goal above that a campaign's goal serves. priority_id, starts_on: of a goal above only.
    """

    name: str = ""
    owner_id: UUID | None = None
    parent_id: UUID | None = None
    priority_id: UUID | None = None
    starts_on: date | None = None

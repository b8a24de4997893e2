"""Which goals make sense."""

from __future__ import annotations

from decimal import Decimal

from gonfalon.kit.errors import Invalid
from gonfalon.planning.goals.model import Goal, GoalMetric, Unit

_OPEN_ENDED = frozenset({GoalMetric.ROI})
LARGEST = Decimal(10) ** 15


def check_goal(goal: Goal) -> None:
    """Raises Invalid for a goal that cannot be reached or missed."""
    for name, value in (("target", goal.target), ("baseline", goal.baseline)):
        if value is None:
            continue
        if not value.is_finite() or abs(value) > LARGEST:
            raise Invalid("goal_value_invalid", f"The {name} is not a number that can be counted to.")
        if value < 0 and goal.metric not in _OPEN_ENDED:
            raise Invalid("goal_value_negative", f"The {name} must not be negative.")
        if goal.metric.unit is not Unit.SHARE and value != value.to_integral_value():
            raise Invalid("goal_value_fraction", f"The {name} must be a whole number; money is in minor units.")
        if goal.metric.unit is Unit.SHARE and goal.metric not in _OPEN_ENDED and value > 1:
            raise Invalid("goal_share_above_one", f"The {name} is a fraction of one: write 0.05 for 5 %.")
    if goal.baseline is not None and goal.baseline == goal.target:
        raise Invalid("goal_is_baseline", "The target is the same as the baseline; choose a number to be reached.")

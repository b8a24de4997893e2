"""Check which goals make sense, and where one should stand on a day. Pure."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from gonfalon.kit.errors import Invalid
from gonfalon.metrics.catalogue import GoalMetric
from gonfalon.metrics.model import Unit
from gonfalon.planning.model import Goal, start_of

_OPEN_ENDED = frozenset({GoalMetric.ROI})
LARGEST = Decimal(10) ** 15
LARGEST_RETURN = Decimal(1000)
"""A thousand times the money back."""
MOST_YEARS = 10


def check_goal(goal: Goal) -> None:
    """Raise Invalid for a goal that cannot be reached or missed."""
    for name, value in (("target", goal.target), ("baseline", goal.baseline)):
        if value is None:
            continue
        if not value.is_finite() or abs(value) > LARGEST:
            raise Invalid("goal_value_invalid", f"The {name} is not a number that can be counted to.", name=name)
        if value < 0 and goal.metric not in _OPEN_ENDED:
            raise Invalid("goal_value_negative", f"The {name} must not be negative.", name=name)
        if goal.metric.unit is not Unit.SHARE and value != value.to_integral_value():
            raise Invalid(
                "goal_value_fraction", f"The {name} must be a whole number; money is in minor units.", name=name
            )
        if goal.metric.unit is Unit.SHARE and goal.metric not in _OPEN_ENDED and value > 1:
            raise Invalid("goal_share_above_one", f"The {name} is a fraction of one: write 0.05 for 5 %.", name=name)
        if goal.metric in _OPEN_ENDED and abs(value) > LARGEST_RETURN:
            raise Invalid(
                "goal_beyond_reason",
                f"The {name} is more than a thousand times the money; check the number.",
                name=name,
            )
    if goal.baseline is not None and goal.baseline == goal.target:
        raise Invalid("goal_is_baseline", "The target is the same as the baseline; choose a number to be reached.")


def check_dates(deadline: date, today: date, begins: date | None, ends: date | None = None) -> None:
    """Raise Invalid for a deadline that cannot be met or planned for.

    begins, ends: the days of what the goal is for; the goal of something past may be written down afterwards.
    """
    if begins is not None and deadline < begins:
        raise Invalid(
            "goal_before_start",
            f"The deadline is before the first day, {begins.isoformat()}; move one of them.",
            day=begins.isoformat(),
        )
    recorded = begins is not None and ends is not None and ends < today and begins <= deadline
    if deadline < today and not recorded:
        raise Invalid("goal_deadline_past", "The deadline is over already; choose a day to come.")
    if deadline.year > today.year + MOST_YEARS:
        raise Invalid(
            "goal_deadline_far",
            f"The deadline is more than {MOST_YEARS} years away; choose a nearer day.",
            most=MOST_YEARS,
        )


def expected(goal: Goal, begins: date | None, today: date) -> Decimal | None:
    """Return where the number should stand at the beginning of `today`, on a straight line from the start to the
    target.

    expected = start + (target − start) × (today − begins) ÷ (deadline + 1 day − begins), in days. The start is 0 for
    what is counted up from the first day (conversions, revenue, clickers, delivered), and the baseline for rates and
    ratios, which stand somewhere from the beginning. From the day after the deadline it is the target. None without a
    first day, before it, or where the start is not known. Counts are rounded to whole numbers, money to whole hundreds
    of minor units: nobody expects cents.
    """
    start = Decimal(0) if goal.metric.accumulates else goal.baseline
    if begins is None or start is None or today < begins or goal.deadline < begins:
        return None
    if today > goal.deadline:
        return goal.target
    part = Decimal(1) * (today - begins).days / ((goal.deadline - begins).days + 1)
    value = start + (goal.target - start) * part
    if goal.metric.unit is Unit.SHARE:
        return value.quantize(Decimal("0.000001"), ROUND_HALF_EVEN)
    step = 100 if goal.metric.unit is Unit.MONEY else 1
    rounded = (value / step).to_integral_value(ROUND_HALF_EVEN) * step
    return min(rounded, goal.target) if goal.metric.accumulates else rounded


def share_of_way(goal: Goal, now: Decimal) -> Decimal | None:
    """Return how much of the way to the target is done: 0 at the start, 1 at the target, more beyond; below 0 going
    back.

    None where the start is not known.
    """
    start = start_of(goal)
    if start is None or start == goal.target:
        return None
    return (now - start) / (goal.target - start)

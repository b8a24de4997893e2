"""Which goals make sense, and where one should stand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonfalon.kit.errors import Invalid
from gonfalon.metrics.catalogue import GoalMetric
from gonfalon.planning.goals.rules import check_dates, check_goal, expected, share_of_way
from gonfalon.planning.model import Goal

TODAY = date(2026, 11, 22)
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


def goal(metric: str = "conversions", target: str = "300", baseline: str | None = None) -> Goal:
    return Goal(GoalMetric(metric), Decimal(target), LAST, None if baseline is None else Decimal(baseline))


@pytest.mark.parametrize(
    ("wanted", "day", "value"),
    [
        (goal(), FIRST, "0"),
        (goal(), date(2026, 11, 11), "100"),
        (goal(baseline="250"), date(2026, 11, 11), "100"),  # counted from 0, whatever it was last year
        (goal(), date(2026, 12, 1), "300"),
        (goal("revenue", "1000000"), date(2026, 11, 16), "500000"),
        (goal("click_rate", "0.05", "0.02"), FIRST, "0.02"),
        (goal("click_rate", "0.05", "0.02"), date(2026, 11, 16), "0.035"),
        (goal("unsubscribe_rate", "0.001", "0.003"), date(2026, 11, 16), "0.002"),
        (goal("roi", "2", "-0.2"), date(2026, 11, 16), "0.9"),
    ],
)
def test_a_goal_is_expected_to_come_on_evenly(wanted: Goal, day: date, value: str) -> None:
    assert expected(wanted, FIRST, day) == Decimal(value)


def test_nothing_is_expected_before_the_start_or_without_one() -> None:
    assert expected(goal(), FIRST, FIRST - timedelta(days=1)) is None
    assert expected(goal(), None, TODAY) is None
    assert expected(goal("click_rate", "0.05"), FIRST, TODAY) is None, "nobody knows where it began"


@given(st.integers(0, 40), st.integers(1, 10**9), st.sampled_from(["conversions", "revenue", "delivered"]))
def test_what_is_expected_only_grows_up_to_the_target(day: int, target: int, metric: str) -> None:
    wanted = goal(metric, str(target))
    now = expected(wanted, FIRST, FIRST + timedelta(days=day))
    later = expected(wanted, FIRST, FIRST + timedelta(days=day + 1))
    assert now is not None
    assert later is not None
    assert 0 <= now <= later <= target


@pytest.mark.parametrize(
    ("wanted", "now", "share"),
    [
        (goal(baseline="250"), "150", "0.5"),
        (goal("click_rate", "0.05", "0.03"), "0.04", "0.5"),
        (goal("click_rate", "0.05", "0.03"), "0.02", "-0.5"),
        (goal("click_rate", "0.05"), "0.025", "0.5"),
        (goal("unsubscribe_rate", "0.001", "0.003"), "0.001", "1"),
        (goal("unsubscribe_rate", "0.001"), "0.001", None),
        (goal("conversions", "0"), "3", None),
    ],
)
def test_the_share_of_the_way(wanted: Goal, now: str, share: str | None) -> None:
    assert share_of_way(wanted, Decimal(now)) == (None if share is None else Decimal(share))


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (goal(target="1e16"), "goal_value_invalid"),
        (goal(target="NaN"), "goal_value_invalid"),
        (goal(target="-1"), "goal_value_negative"),
        (goal(target="10.5"), "goal_value_fraction"),
        (goal("click_rate", "1.01"), "goal_share_above_one"),
        (goal("roi", "1000.01"), "goal_beyond_reason"),
        (goal(target="7", baseline="7"), "goal_is_baseline"),
    ],
)
def test_numbers_that_are_no_goals(wanted: Goal, code: str) -> None:
    with pytest.raises(Invalid) as error:
        check_goal(wanted)
    assert error.value.code == code


def test_deadlines_that_nobody_can_plan_for() -> None:
    def code(deadline: date, begins: date | None = None, ends: date | None = None) -> str:
        try:
            check_dates(deadline, TODAY, begins, ends)
        except Invalid as error:
            return error.code
        return ""

    assert code(TODAY) == ""
    assert code(TODAY - timedelta(days=1)) == "goal_deadline_past"
    assert code(TODAY, TODAY + timedelta(days=1)) == "goal_before_start"
    assert code(date(2037, 1, 1)) == "goal_deadline_far"
    assert code(date(2020, 3, 1), date(2020, 2, 1), date(2020, 3, 1)) == "", "what is past may be written down"
    assert code(date(2020, 3, 1), date(2020, 2, 1), date(2026, 12, 1)) == "goal_deadline_past"

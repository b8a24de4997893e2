"""The boundaries of the launch check, and when a launch's messages are written."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from gonfalon.delivery.launching import CLOCKS, begins
from gonfalon.kit.ids import new_id
from gonfalon.planning.launch.audience import planned
from gonfalon.planning.launch.model import AudienceFacts, ChannelFacts, LaunchFacts, LaunchReach
from gonfalon.planning.launch.rules import check

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
FACTS = LaunchFacts(
    touchpoint_id=new_id(),
    version=1,
    campaign_id=new_id(),
    now=NOW,
    today=NOW.date(),
    local_hour=12,
    launched=False,
    campaign_state="planned",
    starts_on=None,
    ends_on=None,
    has_goal=True,
    planned_minor=1,
    holdout_percent=0,
    channel=ChannelFacts("email", sent_here=True, quiet=(21, 8)),
)


def level(facts: LaunchFacts, question: str) -> tuple[str, str]:
    return next((each.code, each.level.value) for each in check(facts).answers if each.question == question)


@pytest.mark.parametrize(("hour", "night"), [(20, False), (21, True), (23, True), (0, True), (7, True), (8, False)])
def test_night_begins_at_nine_and_ends_at_eight(hour: int, night: bool) -> None:
    expected = ("time.night", "look") if night else ("time.now", "ok")
    assert level(replace(FACTS, local_hour=hour), "time") == expected


@pytest.mark.parametrize(("reachable", "expected"), [(6, "ok"), (5, "ok"), (4, "look"), (1, "look")])
def test_fewer_than_half_who_can_be_reached_are_worth_a_look(reachable: int, expected: str) -> None:
    audience = AudienceFacts(new_id(), "All", reach=LaunchReach(10, reachable, {"no_consent": 10 - reachable}))
    assert level(replace(FACTS, audience=audience), "audience") == ("audience.reach", expected)


def test_what_is_planned_leaves_out_who_is_held_out() -> None:
    assert planned(LaunchReach(10, 8, {}), 25) == 6
    assert planned(None, 25) is None


@pytest.mark.parametrize(
    ("state", "frozen", "wait", "expected"),
    [
        ("preparing", False, timedelta(hours=1), False),
        ("preparing", False, CLOCKS, True),
        ("preparing", False, timedelta(minutes=-5), True),
        ("preparing", True, timedelta(hours=1), True),
        ("paused", False, timedelta(minutes=-5), False),
        ("paused", True, timedelta(hours=1), True),
        ("paused", False, timedelta(minutes=-10), True),  # it has no time of its own: it began with the launch
        ("held", True, timedelta(minutes=-10), False),
        ("cancelled", True, timedelta(minutes=-10), False),
    ],
)
def test_when_a_launch_begins(state: str, frozen: bool, wait: timedelta, expected: bool) -> None:
    launched = NOW - timedelta(minutes=10)
    assert begins(state, frozen=frozen, launched=launched, due=NOW + wait, now=NOW) is expected

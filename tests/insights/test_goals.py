"""Goals above campaigns by what campaigns reached, and what the past says about a new goal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

import pytest
from sqlalchemy import update

from gonfalon.insights.goals.rules import behind, per_person, rolled_up, spread, steps
from gonfalon.insights.report.model import Figure, Missing
from gonfalon.insights.report.rules import figures, progress
from gonfalon.metrics.catalogue import METRICS, GoalMetric
from gonfalon.metrics.model import RollUp
from gonfalon.planning.model import Goal
from gonfalon.planning.tables.campaigns import campaigns
from tests.conftest import World
from tests.insights.history import write_history


def measured(cost: int = 0, **counts: int) -> Any:
    return figures(dict.fromkeys(METRICS, 0) | counts, (cost, cost))


SMALL = measured(
    audience=1_000, withheld=200, delivered=760, reached=760, clickers=38, conversions=4, revenue=40_000, cost=10_000
)
LARGE = measured(
    audience=9_000, withheld=0, delivered=9_000, reached=9_000, clickers=90, conversions=90, revenue=90_000, cost=90_000
)


def test_what_adds_up_is_added_and_what_does_not_is_left_in_parts() -> None:
    both = [SMALL, LARGE]
    assert rolled_up(GoalMetric.CONVERSIONS, both).value == 94
    assert rolled_up(GoalMetric.REVENUE, both).value == 130_000
    assert rolled_up(GoalMetric.ROI, both).value == pytest.approx((130_000 - 100_000) / 100_000)
    assert rolled_up(GoalMetric.COST_PER_CONVERSION, both).value == pytest.approx(100_000 / 94)
    for metric in GoalMetric:
        if metric.roll_up is RollUp.PARTS:
            assert (rolled_up(metric, both).value, rolled_up(metric, both).missing) == (None, None)


def test_nothing_is_never_zero() -> None:
    nothing = rolled_up(GoalMetric.CONVERSIONS, [])
    assert (nothing.value, nothing.missing) == (None, Missing.NOTHING_LAUNCHED)
    assert rolled_up(GoalMetric.ROI, [measured(conversions=1)]).missing is Missing.NO_COST
    assert rolled_up(GoalMetric.COST_PER_CONVERSION, [measured(cost=5)]).missing is Missing.NO_CONVERSIONS


def test_how_much_one_reachable_person_brings() -> None:
    assert per_person(GoalMetric.CONVERSIONS, SMALL) == pytest.approx(4 / 800)
    assert per_person(GoalMetric.REVENUE, LARGE) == pytest.approx(10)
    assert per_person(GoalMetric.CLICK_RATE, SMALL) is None
    assert per_person(GoalMetric.CONVERSIONS, measured()) is None
    assert steps(SMALL) == {"delivered": 0.95, "clicked": 0.05, "converted": pytest.approx(4 / 38)}


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([3.0], (3.0, 3.0, 3.0, 1)),
        ([1.0, 9.0, None], (1.0, 5.0, 9.0, 2)),
        ([1.0, 2.0, 3.0, 4.0, 100.0], (2.0, 3.0, 4.0, 5)),
    ],
)
def test_how_values_lie(values: list[float | None], shown: tuple[float, float, float, int]) -> None:
    found = spread(values)
    assert found is not None
    assert (found.low, found.usual, found.high, found.campaigns) == shown


def test_without_a_past_there_is_no_spread() -> None:
    assert spread([None, None]) is None


async def test_a_goal_above_is_what_its_campaigns_reached(world: World) -> None:
    history = await write_history(world, seed=5)
    above = {"metric": "conversions", "target": 1_000, "deadline": "2030-12-31", "name": "Orders"}
    goal = (await world.http.post(f"{world.path}/goals", json=above)).json()
    parts = {**above, "name": "Clicks", "metric": "clickers"}
    counted = (await world.http.post(f"{world.path}/goals", json=parts)).json()
    reports = {}
    for number, campaign in enumerate(history.campaigns):
        own = {"metric": "click_rate", "target": 0.5, "deadline": "2030-12-31"}
        own |= {"parent_id": (counted if number == 0 else goal)["id"]}
        answer = await world.http.put(f"{world.path}/campaigns/{campaign.id}/goal", json=own)
        assert answer.status_code == 200, answer.text
        reports[str(campaign.id)] = (await world.http.get(f"{world.path}/campaigns/{campaign.id}/report")).json()
    shown = {one["goal_id"]: one for one in (await world.http.get(f"{world.path}/reports/goals?year=2030")).json()}
    serving = [str(campaign.id) for campaign in history.campaigns[1:]]
    launched = [one for one in serving if any(t["launched_at"] for t in reports[one]["touchpoints"])]
    total = sum(reports[one]["total"]["conversions"]["value"] for one in launched)
    assert shown[goal["id"]]["now"] == total
    assert {part["campaign_id"] for part in shown[goal["id"]]["parts"]} == set(serving)
    assert shown[goal["id"]]["share"] == pytest.approx(total / 1_000)
    first = str(history.campaigns[0].id)
    assert shown[counted["id"]]["now"] is None, "the same people may click in two campaigns"
    assert [part["value"] for part in shown[counted["id"]]["parts"]] == [reports[first]["total"]["clickers"]["value"]]


@pytest.mark.parametrize(
    ("now", "way"),
    [(41, None), (40, (0.4, 0.5)), (0, (0.0, 0.5)), (100, None), (None, None)],
)
def test_a_goal_is_behind_when_a_tenth_of_its_way_is_missing(
    now: float | None, way: tuple[float, float] | None
) -> None:
    goal = Goal(metric=GoalMetric.CONVERSIONS, target=Decimal(100), baseline=None, deadline=date(2030, 1, 10))
    found = progress(goal, Figure("conversions", now), date(2030, 1, 6), date(2030, 1, 1))
    assert behind(found) == way


async def test_goals_that_are_behind_want_attention(world: World) -> None:
    history = await write_history(world, seed=5)
    ids = [str(campaign.id) for campaign in history.campaigns]
    for campaign_id in ids:
        async with world.services.db.transaction() as connection:
            days = {"state": "running", "starts_on": date(2020, 1, 1), "ends_on": date(2090, 1, 1)}
            await connection.execute(update(campaigns).where(campaigns.c.id == campaign_id).values(**days))
        goal = {"metric": "conversions", "target": 10**9, "deadline": f"{world.ctx.today.year + 1}-01-01"}
        assert (await world.http.put(f"{world.path}/campaigns/{campaign_id}/goal", json=goal)).status_code == 200
    reports = {one: (await world.http.get(f"{world.path}/campaigns/{one}/report")).json() for one in ids}
    known = {one for one, report in reports.items() if report["goal"]["now"] is not None}
    assert known
    everywhere = (await world.http.get(f"{world.path}/attention")).json()["items"]
    behind_ = [item for item in everywhere if item["code"] == "goal.behind"]
    assert {item["campaign_id"] for item in behind_} == known
    for one in ids:
        here = (await world.http.get(f"{world.path}/campaigns/{one}/attention")).json()
        whole = [item | {"campaign_id": one} for item in here]
        told = [item for item in everywhere if item["campaign_id"] == one]
        assert whole == [{key: item[key] for key in item if key != "campaign_name"} for item in told]


async def test_the_past_is_told_as_it_was(world: World) -> None:
    empty = (await world.http.get(f"{world.path}/reports/past?metric=conversions")).json()
    assert (empty["campaigns"], empty["values"], empty["per_person"], empty["steps"]) == ([], None, None, {})
    await write_history(world, seed=5)
    for metric in GoalMetric:
        past = (await world.http.get(f"{world.path}/reports/past?metric={metric.value}")).json()
        known = [one["value"] for one in past["campaigns"] if one["value"] is not None]
        for one in past["campaigns"]:
            report = (await world.http.get(f"{world.path}/campaigns/{one['id']}/report")).json()
            assert one["value"] == report["total"][metric.value]["value"]
        if known:
            assert past["values"]["usual"] == pytest.approx(median(known))
    some = past["campaigns"][0]["id"] if past["campaigns"] else None
    if some:
        but = (await world.http.get(f"{world.path}/reports/past?metric=conversions&but={some}")).json()
        assert some not in {one["id"] for one in but["campaigns"]}
    none = (await world.http.get(f"{world.path}/reports/past?metric=conversions&channel=sms")).json()
    assert none["campaigns"] == []

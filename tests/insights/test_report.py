"""The report equals the oracle on random histories, adds up, and opens the way to the people behind it."""

from __future__ import annotations

import csv
import io
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from gonfalon.audiences.copied import FOLLOWED
from gonfalon.delivery.tables import messages
from gonfalon.insights.report.model import Step
from gonfalon.insights.report.rules import start_of
from gonfalon.kit.db import plain_url
from gonfalon.kit.engine import Engine
from tests.conftest import World
from tests.insights import oracle
from tests.insights.history import TOLD, History, write_history


async def report_of(world: World, campaign: Any) -> dict[str, Any]:
    answer = await world.http.get(f"{world.path}/campaigns/{campaign.id}/report")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def assert_figures(shown: dict[str, Any], counts: dict[str, int], planned: int | None, spent: int | None) -> None:
    for key, value in counts.items():
        if key == "bounced" and not value:
            assert (shown[key]["value"], shown[key]["missing"]) == (None, "bounces_unseen")
        elif key in shown:
            assert shown[key]["value"] == value, key
    for key, rate in oracle.rates_of(counts, spent).items():
        if rate is None:
            assert shown[key]["value"] is None, key
            assert shown[key]["missing"], key
        else:
            assert shown[key]["value"] == pytest.approx(rate, abs=1e-12), key
    assert (shown["cost_planned"]["value"], shown["cost"]["value"]) == (planned, spent)


def assert_elsewhere(shown: dict[str, Any], counts: dict[str, int]) -> None:
    """What a touchpoint carried out elsewhere is known by stands beside those of emails; the rest has a reason."""
    for key in ("visitors", "conversions", "converters", "revenue", "returned", "reversed"):
        assert shown[key]["value"] == counts[key], key
    assert (shown["told_reach"]["value"], shown["cost"]["value"]) == (TOLD["reached"], TOLD["cost_minor"])
    assert shown["roi"]["value"] == pytest.approx((counts["revenue"] - TOLD["cost_minor"]) / TOLD["cost_minor"])
    for key in ("audience", "sent", "delivered", "reached", "click_rate", "conversion_rate"):
        assert (shown[key]["value"], shown[key]["missing"]) == (None, "elsewhere"), key


@pytest.mark.parametrize("seed", range(6))
async def test_every_figure_equals_the_oracle(make_world: Callable[[], Awaitable[World]], app: Any, seed: int) -> None:
    world = await make_world()
    history = await write_history(world, seed)
    credited: list[int] = []
    for campaign in history.campaigns:
        shown = await report_of(world, campaign)
        chosen = [m for touchpoint in campaign.touchpoints for m in oracle.of_touchpoint(history, touchpoint)]
        every = [*campaign.touchpoints, *([campaign.elsewhere] if campaign.elsewhere else [])]
        counts = oracle.counts_of(history, campaign, chosen, every)
        assert_figures(shown["total"], counts, campaign.planned, campaign.spent)
        assert sum(row["count"] for row in shown["reasons"]) == len(chosen)
        figures = {one["id"]: one["figures"] for one in shown["touchpoints"]}
        if campaign.elsewhere:
            assert_elsewhere(
                figures[str(campaign.elsewhere)], oracle.counts_of(history, campaign, [], [campaign.elsewhere])
            )
        for touchpoint, one in zip(campaign.touchpoints, shown["touchpoints"], strict=False):
            messages = oracle.of_touchpoint(history, touchpoint)
            assert_figures(one["figures"], oracle.counts_of(history, campaign, messages, [touchpoint]), None, None)
            states = {(row["state"], row["reason"]): row["count"] for row in one["reasons"]}
            assert states == {
                key: sum((m["state"], m["reason"]) == key for m in messages)
                for key in {(m["state"], m["reason"]) for m in messages}
            }
        for side in shown["groups"]:
            for rate in side["events"]:
                touchpoint = next(t for t in campaign.touchpoints if str(t) == side["touchpoint_id"])
                people, had, count, amount = oracle.group(
                    history, touchpoint, side["side"], rate["event"], campaign.days
                )
                assert (side["people"], rate["people"], rate["events"], rate["amount"]) == (people, had, count, amount)
        mine = [c for c in oracle.credits_of(history, campaign) if c["touchpoint"] in every]
        credited += [credit["event"]["id"] for credit in mine]
        for link in shown["links"]:
            its = [
                c
                for c in mine
                if c["link"] == link["number"] and str(c["touchpoint"]) == link["touchpoint_id"] and not c["void"]
            ]
            clicks = [
                h for h in history.hits
                if h["kind"] == "click" and h["verdict"] == "human" and h["link_number"] == link["number"]
                and any(m["id"] == h["message_id"] and str(m["touchpoint_id"]) == link["touchpoint_id"] for m in chosen)
            ]  # fmt: skip
            assert link["conversions"] == len(its)
            assert link["revenue"] == sum(c["revenue"] for c in its)
            assert link["clicks"] == len(clicks)
            assert link["clickers"] == len({h["message_id"] for h in clicks})
    assert len(credited) == len(set(credited)), "a conversion was credited twice"


@pytest.mark.parametrize("attribute", ["area", "spend", "born", "vip"])
async def test_breakdowns_add_up_and_lead_to_their_people(
    make_world: Callable[[], Awaitable[World]], app: Any, attribute: str
) -> None:
    world = await make_world()
    history = await write_history(world, seed=21)
    campaign = max(history.campaigns, key=lambda each: len(oracle.credits_of(history, each)))
    path = f"{world.path}/campaigns/{campaign.id}/report"
    total = (await report_of(world, campaign))["total"]
    answer = await world.http.get(f"{path}/breakdown", params={"attribute": attribute})
    rows = answer.json()
    assert len(rows) > 1, answer.text
    for key in ("audience", "delivered", "withheld", "clicks", "conversions", "revenue"):
        assert sum(row["figures"][key]["value"] for row in rows) == total[key]["value"], key
    for row in rows:
        bucket = {key: value for key, value in row["bucket"].items() if value not in (None, False)}
        query = {"metric": "delivered", "attribute": attribute} | bucket
        behind = (await world.http.get(f"{path}/people", params=query)).json()
        assert behind["total"] == row["figures"]["reached"]["value"], (bucket, behind)
        for person in behind["items"]:
            value = person["attributes"].get(attribute)
            if row["bucket"]["unknown"]:
                assert value is None
            elif attribute == "area":
                assert value == row["bucket"]["value"]
            elif attribute == "born" and row["bucket"]["value"]:
                assert value.startswith(row["bucket"]["value"])
    split = rows[0]["figures"]["roi"]
    assert (split["value"], split["missing"]) == (None, "cost_not_split")


async def test_there_are_people_behind_every_number(make_world: Callable[[], Awaitable[World]], app: Any) -> None:
    world = await make_world()
    history = await write_history(world, seed=7)
    metrics = (await world.http.get(f"{world.path}/metrics")).json()
    campaign = history.campaigns[0]
    shown = await report_of(world, campaign)
    path = f"{world.path}/campaigns/{campaign.id}/report/people"
    one = shown["touchpoints"][0]
    for metric in metrics:
        query = {"metric": metric["key"], "touchpoint_id": one["id"], "limit": 500}
        answer = await world.http.get(path, params=query)
        if not metric["people"]:
            assert answer.json()["code"] == "metric_without_people"
            continue
        behind = answer.json()
        ids = [person["id"] for person in behind["items"]]
        assert len(set(ids)) == behind["total"] == len(ids)
        cell = {"metric": metric["key"], "touchpoint_id": one["id"]}
        file = await world.http.post(path.replace("/people", "/exports"), json=cell)
        rows = csv.DictReader(io.StringIO(file.content.decode("utf-8-sig")))
        assert [int(row["person_id"]) for row in rows] == ids, metric["key"]
        counted = metric["unit"] == "count" and one["figures"][metric["key"]]["value"] is not None
        if counted and metric["key"] not in ("clicks", "conversions", "machine_clicks", "reversed"):
            assert behind["total"] == one["figures"][metric["key"]]["value"], metric["key"]
    clickers = next(metric for metric in metrics if metric["key"] == "clickers")
    assert clickers["people"]
    for side in shown["groups"]:
        for rate in side["events"]:
            query = {"touchpoint_id": side["touchpoint_id"], "side": side["side"], "event": rate["event"]}
            assert (await world.http.get(path, params=query)).json()["total"] == rate["people"]
    for row in one["reasons"]:
        if row["state"] == "withheld":
            query = {"metric": "withheld", "reason": row["reason"], "touchpoint_id": one["id"]}
            assert (await world.http.get(path, params=query)).json()["total"] == row["count"]
    for link in shown["links"]:
        query = {"metric": "clickers", "link": link["number"], "touchpoint_id": link["touchpoint_id"]}
        assert (await world.http.get(path, params=query)).json()["total"] == link["clickers"]


async def test_pages_of_people_join_without_gaps(make_world: Callable[[], Awaitable[World]], app: Any) -> None:
    world = await make_world()
    history = await write_history(world, seed=3)
    path = f"{world.path}/campaigns/{history.campaigns[1].id}/report/people"
    whole = (await world.http.get(path, params={"metric": "audience", "limit": 500})).json()
    seen: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        page = (await world.http.get(path, params={"metric": "audience", "limit": 7, "cursor": cursor})).json()
        assert page["total"] == whole["total"]
        seen += [person["id"] for person in page["items"]]
        cursor = page["next_cursor"]
    assert seen == [person["id"] for person in whole["items"]]
    assert len(seen) == whole["total"]


async def test_the_csv_is_exact_and_cannot_run_formulas(world: World) -> None:
    history = await write_history(world, seed=5)
    person = history.messages[7]["person_id"]
    from gonfalon.people.tables import people

    async with world.services.db.transaction() as connection:
        await connection.execute(
            update(people)
            .where(people.c.id == person)
            .values(
                external_id="=cmd|' /C calc'!A0", attributes=history.people[person] | {"area": '+1,"2"', "spend": 1205}
            )
        )
    campaign = next(
        c
        for c in history.campaigns
        if any(m["person_id"] == person for t in c.touchpoints for m in oracle.of_touchpoint(history, t))
    )
    path = f"{world.path}/campaigns/{campaign.id}/report/people"
    exports = path.replace("/people", "/exports")
    answer = await world.http.post(exports, json={"metric": "audience"})
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == (await world.http.get(path, params={"metric": "audience"})).json()["total"]
    mine = next(row for row in rows if row["person_id"] == str(person))
    assert mine["external_id"] == "'=cmd|' /C calc'!A0"
    assert mine["area"] == '\'+1,"2"'
    assert mine["spend"] == "12.05"
    audit = (await world.http.get(f"{world.path}/audit")).json()["items"][0]
    assert (audit["action"], audit["details"]["people"]) == ("report.people_exported", len(rows))


async def test_the_series_counts_everything_once(make_world: Callable[[], Awaitable[World]], app: Any) -> None:
    world = await make_world()
    history: History = await write_history(world, seed=11)
    campaign = history.campaigns[0]
    report = await report_of(world, campaign)
    total = report["total"]
    usual = await world.http.get(f"{world.path}/campaigns/{campaign.id}/report/series", params={"step": "day"})
    assert (report["step"], report["series"]) == ("day", usual.json())
    for step in ("minute", "hour", "day"):
        query = {"step": step, "since": "2026-02-01T00:00:00Z"}
        answer = await world.http.get(f"{world.path}/campaigns/{campaign.id}/report/series", params=query)
        moments = answer.json()
        assert [m["at"] for m in moments] == sorted({m["at"] for m in moments})
        for key in ("sent", "clicks", "conversions"):
            assert sum(m[key] for m in moments) == total[key]["value"], (step, key)


async def test_the_series_of_its_touchpoints_add_up_to_that_of_the_campaign(world: World) -> None:
    history = await write_history(world, seed=11)
    campaign = history.campaigns[0]
    report = await report_of(world, campaign)
    for touchpoint in report["touchpoints"]:
        query = {"step": "day", "since": "2026-02-01T00:00:00Z", "touchpoint_id": touchpoint["id"]}
        answer = await world.http.get(f"{world.path}/campaigns/{campaign.id}/report/series", params=query)
        for key in ("sent", "clicks", "conversions"):
            total = touchpoint["figures"][key]["value"] or 0
            assert sum(m[key] for m in answer.json()) == total, (touchpoint["name"], key)


async def test_a_day_is_the_workspaces_day(world: World, app: Any) -> None:
    """Sent at 23:30 in Stockholm, which is another day in UTC; and on the day on which the clocks go back."""
    assert world.workspace.time_zone == "Europe/Stockholm"
    history = await write_history(world, seed=11)
    campaign = history.campaigns[0]
    touchpoint = campaign.touchpoints[0]
    moments = [
        datetime(2026, 6, 10, 21, 30, tzinfo=UTC),  # 10 June, 23:30
        datetime(2026, 6, 10, 22, 30, tzinfo=UTC),  # 11 June, 00:30
        datetime(2026, 10, 24, 22, 15, tzinfo=UTC),  # 25 October, 00:15, before the clocks go back
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # 02:30 for the first time
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),  # 02:30 for the second time
        datetime(2026, 10, 25, 22, 45, tzinfo=UTC),  # 23:45, after it: the day has 25 hours
    ]
    ids = [m["id"] for m in history.messages if m["touchpoint_id"] == touchpoint][: len(moments)]
    async with world.services.db.transaction() as connection:
        for message, at in zip(ids, moments, strict=True):
            await connection.execute(
                update(messages).where(messages.c.id == message).values(state="accepted", reason="", ended_at=at)
            )
    path = f"{world.path}/campaigns/{campaign.id}/report/series"
    query = {"since": "2026-06-01T00:00:00Z", "touchpoint_id": str(touchpoint)}
    days = (await world.http.get(path, params=query | {"step": "day"})).json()
    assert [(day["at"], day["sent"]) for day in days if day["sent"]] == [
        ("2026-06-09T22:00:00Z", 1),
        ("2026-06-10T22:00:00Z", 1),
        ("2026-10-24T22:00:00Z", 4),
    ]
    hours = (await world.http.get(path, params=query | {"step": "hour"})).json()
    assert [hour["at"] for hour in hours if hour["at"] > "2026-10-25"] == [
        "2026-10-25T00:00:00Z",
        "2026-10-25T01:00:00Z",
        "2026-10-25T22:00:00Z",
    ]


@pytest.mark.parametrize(
    ("zone", "at", "step", "begins"),
    [
        ("Asia/Kolkata", "2026-06-10T18:45:00Z", Step.DAY, "2026-06-10T18:30:00Z"),
        ("Asia/Kolkata", "2026-06-10T18:45:00Z", Step.HOUR, "2026-06-10T18:30:00Z"),
        ("America/New_York", "2026-03-08T15:00:00Z", Step.DAY, "2026-03-08T05:00:00Z"),
        ("America/New_York", "2026-03-09T15:00:00Z", Step.DAY, "2026-03-09T04:00:00Z"),
        ("America/Santiago", "2026-09-06T12:00:00Z", Step.DAY, "2026-09-06T04:00:00Z"),  # its midnight does not exist
        ("Asia/Kolkata", "2026-06-10T18:44:00Z", Step.MINUTE, "2026-06-10T18:44:00Z"),
    ],
)
def test_steps_begin_by_the_clock_of_the_zone(zone: str, at: str, step: Step, begins: str) -> None:
    assert start_of(datetime.fromisoformat(at), step, ZoneInfo(zone)) == datetime.fromisoformat(begins)


async def test_the_list_of_reports_equals_each_report(make_world: Callable[[], Awaitable[World]], app: Any) -> None:
    world = await make_world()
    history = await write_history(world, seed=17)
    idea = (await world.http.post(f"{world.path}/campaigns", json={"name": "Idea", "category": "engagement"})).json()
    goal = {"metric": "conversions", "target": 50, "baseline": 5, "deadline": "2027-01-01"}
    await world.http.put(f"{world.path}/campaigns/{history.campaigns[1].id}/goal", json=goal)
    asked = [*(str(campaign.id) for campaign in history.campaigns), idea["id"]]
    answer = await world.http.get(f"{world.path}/reports", params={"campaign": asked})
    shown = {item["campaign_id"]: item for item in answer.json()["items"]}
    assert set(shown) == set(asked)
    for one in asked:
        report = (await world.http.get(f"{world.path}/campaigns/{one}/report")).json()
        assert shown[one]["figures"] == report["total"]
        for key in ("goal", "name", "state", "currency"):
            assert shown[one][key] == report[key]
    assert sum(item["figures"]["conversions"]["value"] or 0 for item in shown.values()) > 0
    launched = [campaign for campaign in reversed(asked) if campaign != idea["id"]]
    paged: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = (await world.http.get(f"{world.path}/reports", params={"limit": 2, "cursor": cursor})).json()
        paged += [item["campaign_id"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert paged == sorted(launched, reverse=True)
    named = (await world.http.get(f"{world.path}/reports", params={"q": "campaign 1"})).json()["items"]
    assert [item["name"] for item in named] == ["Campaign 1"]
    assert (await world.http.get(f"{world.path}/reports", params={"cursor": "WyJ4Il0"})).status_code == 422


async def test_while_the_copy_is_built_reports_say_how_far_it_is(world: World, tmp_path: Path) -> None:
    history = await write_history(world, seed=4, size=5)
    services = world.services
    built, beginning = services.get(Engine), Engine(tmp_path, plain_url(services.db.url), FOLLOWED)
    services.put(Engine, beginning)
    try:
        for path in (f"campaigns/{history.campaigns[0].id}/report", "reports"):
            answer = await world.http.get(f"{world.path}/{path}")
            problem = answer.json()
            assert (answer.status_code, problem["code"]) == (503, "engine_away")
            assert (problem["done"], problem["total"]) == (0, 0)
        rule = {"kind": "all", "rules": []}
        counted = await world.http.post(f"{world.path}/audiences/count", json={"rule": rule})
        assert (counted.json()["total"], counted.json()["engine"]) == (5, "postgresql")
    finally:
        services.put(Engine, built)


async def test_nothing_launched_is_a_dash_and_never_zero(world: World) -> None:
    made = (await world.http.post(f"{world.path}/campaigns", json={"name": "Idea", "category": "engagement"})).json()
    await world.http.put(
        f"{world.path}/campaigns/{made['id']}/goal",
        json={"metric": "conversion_rate", "target": 0.1, "deadline": "2030-01-01"},
    )
    shown = (await world.http.get(f"{world.path}/campaigns/{made['id']}/report")).json()
    for key in ("audience", "sent", "bounced", "delivered", "reached", "click_rate", "conversions", "revenue", "roi"):
        assert (shown["total"][key]["value"], shown["total"][key]["missing"]) == (None, "nothing_launched"), key
    assert (shown["total"]["cost"]["value"], shown["total"]["told_reach"]["missing"]) == (0, "sent_here")
    assert (shown["goal"]["now"], shown["goal"]["missing"], shown["goal"]["share"]) == (None, "nothing_launched", None)

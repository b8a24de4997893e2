"""The range read: what stands on which day, for whom, and refusals."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gonfalon.accounts.model import Role
from gonfalon.planning.calendar.rules import Clock, instant_of, occurrences
from tests.conftest import World
from tests.planning.calendar.factory import ZONE, ahead, campaign, got, launched, local, made, touchpoint


async def month(world: World, **query: Any) -> dict[str, Any]:
    found: dict[str, Any] = await got(
        world, "/calendar", **{"from": ahead(-10).isoformat(), "to": ahead(40).isoformat()}, **query
    )
    return found


def names(found: dict[str, Any], part: str = "items") -> list[str]:
    return [each["name"] for each in found[part]]


async def test_everything_of_the_days_is_there(world: World) -> None:
    plan = await campaign(world, starts_on=str(ahead(-30)), ends_on=str(ahead(0)))
    await campaign(world, "Long gone", starts_on=str(ahead(-90)), ends_on=str(ahead(-60)))
    await campaign(world, "Without days")
    await touchpoint(world, plan["id"], "Planned", send_at=local(ahead(3), "23:30"))
    await touchpoint(world, plan["id"], "Draft")
    sent = await touchpoint(world, plan["id"], "Sent")
    await touchpoint(world, plan["id"], "Far", send_at=local(ahead(60)))
    await made(world, f"/campaigns/{plan['id']}/tasks", name="Poster", kind="deliverable", not_before=str(ahead(2)))
    await launched(world, sent["id"], world.ctx.now, [])
    found = await month(world)
    assert [each["name"] for each in found["campaigns"] if each["shown"]] == ["Spring"]
    assert names(found, "undated") == ["Draft"]
    items = {each["name"]: each for each in found["items"]}
    assert set(items) == {"Planned", "Sent", "Poster"}
    assert items["Planned"]["starts_on"] == str(ahead(3))
    assert items["Planned"]["movable"]
    assert not items["Sent"]["movable"]
    assert items["Sent"]["starts_on"] == str(ahead(0))
    assert items["Poster"]["kind"] == "deliverable"
    assert found["today"] == str(ahead(0))


async def test_what_was_carried_out_elsewhere_stands_on_its_day_and_still_counts(world: World) -> None:
    plan = await campaign(world)
    audience = await made(world, "/audiences", kind="segment", name="All", rule={"kind": "all", "rules": []})
    async with world.services.db.transaction() as connection:
        await connection.exec_driver_sql(
            "insert into people (workspace_id, attributes) values (%s, '{}')", (world.workspace.id,)
        )
    poster = await touchpoint(world, plan["id"], "Poster", channel="print", audience_id=audience["id"])
    mail = await touchpoint(world, plan["id"], "Mail", send_at=local(ahead(3)), audience_id=audience["id"])
    body = {"on": str(ahead(-1)), "version": 1}
    assert (await world.http.put(f"{world.path}/touchpoints/{poster['id']}/done", json=body)).status_code == 200
    found = await month(world)
    [done] = [each for each in found["items"] if each["name"] == "Poster"]
    assert (done["starts_on"], done["movable"], done["state"]) == (str(ahead(-1)), False, "done")
    assert names(found, "undated") == []
    while True:
        answer = await got(world, "/calendar/collisions")
        if not answer["computing"]:
            break
    [pair] = answer["collisions"]
    assert (pair["one"]["id"], pair["other"]["id"], pair["days"], pair["people"]) == (poster["id"], mail["id"], 4, 1)
    assert {fix["id"] for fix in pair["fixes"]} == {mail["id"]}


async def test_filters_narrow_it_down(world: World) -> None:
    one, other = await campaign(world, "One"), await campaign(world, "Other")
    audience = await made(world, "/audiences", kind="segment", name="All", rule={"kind": "all", "rules": []})
    await touchpoint(world, one["id"], "A", send_at=local(ahead(1)), audience_id=audience["id"])
    await touchpoint(world, other["id"], "B", send_at=local(ahead(1)))
    await made(world, f"/campaigns/{other['id']}/tasks", name="Task", not_before=str(ahead(1)))
    assert sorted(names(await month(world))) == ["A", "B", "Task"]
    assert names(await month(world, campaign=one["id"])) == ["A"]
    assert names(await month(world, audience=audience["id"])) == ["A"]
    assert names(await month(world, kinds=["task"])) == ["Task"]
    assert sorted(names(await month(world, channel="email"))) == ["A", "B"]
    assert names(await month(world, channel="print")) == []
    assert sorted(names(await month(world, owner=world.ctx.actor.id))) == ["A", "B"]


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("2030-02-01", "2030-01-01", "range_backwards"),
        ("2030-01-01", "2080-01-01", "range_long"),
        ("1900-01-01", "1900-02-01", "day_out_of_range"),
        ("2030-02-30", "2030-03-01", "request_invalid"),
    ],
)
async def test_a_range_without_sense_is_refused(world: World, first: str, last: str, code: str) -> None:
    answer = await world.http.get(f"{world.path}/calendar", params={"from": first, "to": last})
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_two_years_are_shown(world: World) -> None:
    await got(world, "/calendar", **{"from": "2030-01-01", "to": "2031-12-31"})


async def test_a_guest_sees_their_campaigns_only(world: World) -> None:
    mine, hidden = await campaign(world, "Mine"), await campaign(world, "Hidden", starts_on=str(ahead(1)))
    for each in (mine, hidden):
        await touchpoint(world, each["id"], f"Mail of {each['name']}", send_at=local(ahead(1)))
        await touchpoint(world, each["id"], f"Draft of {each['name']}")
        await made(world, f"/campaigns/{each['id']}/tasks", name=f"Task of {each['name']}", not_before=str(ahead(1)))
    guest = await world.member(Role.GUEST)
    me = (await guest.get("/api/v1/me")).json()["id"]
    await world.http.put(f"{world.path}/campaigns/{mine['id']}/members/{me}", json={"part": "does"})
    answer = await guest.get(f"{world.path}/calendar", params={"from": str(ahead(-5)), "to": str(ahead(40))})
    assert answer.status_code == 200
    assert "Hidden" not in answer.text
    assert sorted(names(answer.json())) == ["Mail of Mine", "Task of Mine"]


async def test_moments_come_again_and_holidays_are_the_working_calendars(world: World) -> None:
    moment = await made(
        world,
        "/calendar/moments",
        kind="sale",
        name="Leap sale",
        starts_on="2028-02-29",
        ends_on="2028-03-01",
        yearly=True,
    )
    await made(world, "/calendar/moments", kind="company", name="Party", starts_on="2029-06-01", ends_on="2029-06-01")
    body = {"weekdays": [0, 1, 2, 3, 4], "hours_per_day": 8, "country": "SE", "region": "", "days_off": []}
    assert (await world.http.put(f"{world.path}/work-calendar", json=body)).status_code == 200
    settings = {"days": 7, "pairs": [], "places": [{"country": "DE", "region": "BY"}]}
    saved = await world.http.put(f"{world.path}/calendar/settings", json=settings)
    assert saved.json()["own"] == {"country": "SE", "region": ""}
    found = await got(world, "/calendar", **{"from": "2029-01-01", "to": "2030-12-31"})
    days = [(each["name"], each["starts_on"], each["ends_on"]) for each in found["moments"]]
    assert days == [
        ("Leap sale", "2029-02-28", "2029-03-01"),
        ("Party", "2029-06-01", "2029-06-01"),
        ("Leap sale", "2030-02-28", "2030-03-01"),
    ]
    places = {(each["day"], each["place"]) for each in found["holidays"]}
    assert ("2029-06-06", "SE") in places
    assert ("2029-01-06", "DE-BY") in places
    assert (
        names(await got(world, "/calendar", **{"from": "2029-01-01", "to": "2029-12-31", "kinds": "task"}), "moments")
        == []
    )

    stale = {**{key: moment[key] for key in ("kind", "name", "starts_on", "ends_on")}, "version": 1}
    path = f"{world.path}/calendar/moments/{moment['id']}"
    assert (await world.http.put(path, json=stale)).json()["yearly"] is False
    assert (await world.http.put(path, json=stale)).json()["code"] == "changed_meanwhile"
    assert (await world.http.delete(path)).status_code == 204
    assert (await world.http.delete(path)).status_code == 404
    wrong = {**stale, "starts_on": "2028-03-02"}
    assert (await world.http.post(f"{world.path}/calendar/moments", json=wrong)).json()["code"] == "moment_days"
    settings["places"] = [{"country": "XX", "region": ""}]
    refused = await world.http.put(f"{world.path}/calendar/settings", json=settings)
    assert refused.json()["code"] == "country_unknown"


def test_a_moment_over_new_year_touches_both_years() -> None:
    found = list(occurrences(date(2028, 12, 30), date(2029, 1, 2), True, date(2030, 1, 1), date(2030, 1, 31)))
    assert found == [(date(2029, 12, 30), date(2030, 1, 2))]


def test_local_times_where_clocks_change() -> None:
    from datetime import UTC, datetime, time

    assert instant_of(date(2028, 3, 26), time(2, 30), ZONE) == (datetime(2028, 3, 26, 1, 30, tzinfo=UTC), Clock.GAP)
    assert instant_of(date(2028, 10, 29), time(2, 30), ZONE) == (datetime(2028, 10, 29, 0, 30, tzinfo=UTC), Clock.TWICE)
    assert instant_of(date(2028, 10, 29), time(9), ZONE) == (datetime(2028, 10, 29, 8, tzinfo=UTC), Clock.PLAIN)


async def test_the_countrys_holidays_are_there_from_the_start(make_world: Any) -> None:
    for zone, day in (
        ("Europe/Stockholm", "2029-06-06"),
        ("America/New_York", "2029-07-04"),
        ("Asia/Shanghai", "2029-10-01"),
    ):
        there = await make_world(time_zone=zone)
        found = await got(there, "/calendar", **{"from": "2029-01-01", "to": "2029-12-31"})
        assert day in {each["day"] for each in found["holidays"]}, zone
    nowhere = await make_world(time_zone="UTC")
    empty = await got(nowhere, "/calendar", **{"from": "2029-01-01", "to": "2029-12-31"})
    assert (empty["weekdays"], empty["days_off"]) == ([0, 1, 2, 3, 4], [])
    assert (await got(nowhere, "/calendar", **{"from": "2029-01-01", "to": "2029-12-31"}))["holidays"] == []
    body = {"weekdays": [0, 1, 2, 3, 4], "hours_per_day": 8, "country": "", "region": "", "days_off": []}
    assert (await there.http.put(f"{there.path}/work-calendar", json=body)).status_code == 200
    found = await got(there, "/calendar", **{"from": "2029-01-01", "to": "2029-12-31"})
    assert found["holidays"] == [], "whoever chose no country sees none"


async def test_holidays_are_free_everywhere_before_and_after_a_working_calendar_is_set(world: World) -> None:
    """The calendar, the working calendar and capacity follow one rule: 6 June 2029, a Wednesday, is Sweden's."""
    me = str(world.ctx.actor.id)

    async def free_and_hours() -> tuple[list[str], list[int], float]:
        days = await got(world, "/calendar", **{"from": "2029-06-04", "to": "2029-06-10"})
        capacity = await got(world, "/capacity", **{"from": "2029-06-04", "to": "2029-06-04"})
        [week] = next(person for person in capacity["people"] if person["id"] == me)["weeks"]
        return days["days_off"], days["weekdays"], week["capacity"]

    assert (await got(world, "/work-calendar"))["country"] == "SE"
    assert await free_and_hours() == (["2029-06-06"], [0, 1, 2, 3, 4], 32.0)
    week = {"weekdays": [0, 1, 2, 3], "hours_per_day": 8, "country": "DE", "region": "", "days_off": ["2029-06-04"]}
    assert (await world.http.put(f"{world.path}/work-calendar", json=week)).status_code == 200
    assert await free_and_hours() == (["2029-06-04"], [0, 1, 2, 3], 24.0)
